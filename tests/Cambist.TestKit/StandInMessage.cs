using System.Text;
using MimeKit;

namespace Cambist.TestKit;

/// <summary>A mail that a <see cref="StandInMail"/> took.</summary>
public sealed class StandInMessage
{
    private readonly MimeMessage _message;

    internal StandInMessage(string sender, IReadOnlyList<string> recipients, byte[] bytes)
    {
        (Sender, Recipients) = (sender, recipients);
        Source = Encoding.UTF8.GetString(bytes);
        using var stream = new MemoryStream(bytes);
        _message = MimeMessage.Load(stream);
    }

    /// <summary>What MAIL FROM named.</summary>
    public string Sender { get; }

    /// <summary>What RCPT TO named.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>All of it, as it came, without the dots that SMTP doubles.</summary>
    public string Source { get; }

    /// <summary>The names of its headers, in order.</summary>
    public IReadOnlyList<string> HeaderNames => [.. _message.Headers.Concat(_message.Body!.Headers).Select(header => header.Field)];

    /// <summary>What the mail is about, in the words of a program; empty where it does not say.</summary>
    public string Kind => Header("Cambist-Kind");

    /// <summary>Its subject.</summary>
    public string Subject => _message.Subject ?? "";

    /// <summary>Its plain text, with line feeds.</summary>
    public string Text => (_message.TextBody ?? "").ReplaceLineEndings("\n");

    /// <summary>Its id, without brackets.</summary>
    public string Id => _message.MessageId ?? "";

    /// <summary>When it was written.</summary>
    public DateTimeOffset Date => _message.Date;

    /// <summary>The value of a header; empty where there is none.</summary>
    public string Header(string name) => _message.Headers[name] ?? _message.Body!.Headers[name] ?? "";
}
