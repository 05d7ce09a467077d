namespace Cambist.App.Notifications.Channels.Email;

/// <summary>Why a mail was not taken.</summary>
public enum EmailFault
{
    /// <summary>No connection, none in time, it broke, or the server closes (421): what was sent is perhaps taken.</summary>
    Unreachable,

    /// <summary>The server cannot or does not speak TLS as it is configured, or its certificate is not trusted.</summary>
    NotSecure,

    /// <summary>The user or password is wrong, or one is wanted and there is none.</summary>
    LoginRefused,

    /// <summary>What answers speaks no SMTP.</summary>
    NotUnderstood,

    /// <summary>The server takes this mail later: it is busy, makes strangers wait, or the mailbox is full (4xx).</summary>
    Later,

    /// <summary>The server does not take this mail, or nothing from this sender (5xx).</summary>
    Refused,

    /// <summary>The server knows no such address, or cannot write to it (5xx to RCPT).</summary>
    AddressRefused,
}

/// <summary>A mail was not taken.</summary>
/// <param name="kind">Why.</param>
/// <param name="message">What was expected and found. Of the server's words it has the codes only: servers repeat addresses in theirs, which is also why no other exception is inside.</param>
public sealed class EmailFaultException(EmailFault kind, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public EmailFault Kind { get; } = kind;

    /// <summary>Whether the same mail may be taken later.</summary>
    public bool MayPass => Kind is not (EmailFault.Refused or EmailFault.AddressRefused);

    /// <summary>Whether it is the server's or the configuration's fault: any other mail would have met the same.</summary>
    public bool IsOfServer => Kind is EmailFault.Unreachable or EmailFault.NotSecure or EmailFault.LoginRefused or EmailFault.NotUnderstood;
}
