using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Cambist.App.Notifications.Channels.Email;

/// <summary>What the library's exceptions mean for a mail. Of what a server said only the codes are kept: its words repeat addresses.</summary>
internal static partial class EmailFaults
{
    /// <summary>The fault while connecting or logging in; null where the exception is none of these.</summary>
    public static EmailFaultException? Connecting(Exception exception, EmailOptions options) => exception switch
    {
        SslHandshakeException => Of(EmailFault.NotSecure, $"No TLS with {options.Place}: its certificate is not trusted or not for this name, or it speaks none there."),
        NotSupportedException => Of(EmailFault.NotSecure, $"{options.Place} offers no STARTTLS."),
        SmtpCommandException { ErrorCode: not SmtpErrorCode.UnexpectedStatusCode } refused => Sending(refused, options),
        SmtpCommandException refused => Of(EmailFault.Unreachable, $"{options.Place} does not serve us: {Codes(refused)}."),
        _ => Lost(exception, options),
    };

    /// <summary>The fault while logging in; null where the exception is none of these.</summary>
    public static EmailFaultException? LoggingIn(Exception exception, EmailOptions options) => exception switch
    {
        AuthenticationException { InnerException: SmtpCommandException inner } => LoggingIn(inner, options),
        AuthenticationException => Of(EmailFault.LoginRefused, $"{options.Place} refuses the user or the password."),
        SmtpCommandException { StatusCode: not SmtpStatusCode.ServiceNotAvailable } refused => Of(EmailFault.LoginRefused, $"{options.Place} refuses the user or the password: {Codes(refused)}."),
        NotSupportedException => Of(EmailFault.LoginRefused, $"{options.Place} offers no way to log in that is known here."),
        _ => Connecting(exception, options),
    };

    /// <summary>The fault while sending; null where the exception is none of these.</summary>
    public static EmailFaultException? Sending(Exception exception, EmailOptions options) => exception switch
    {
        SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable } refused => Of(EmailFault.Unreachable, $"{options.Place} closes: {Codes(refused)}."),
        ServiceNotAuthenticatedException => Of(EmailFault.LoginRefused, $"{options.Place} wants a user and a password: 530."),
        SmtpCommandException refused when (int)refused.StatusCode is >= 400 and < 500 => Of(EmailFault.Later, $"{options.Place} takes it later: {Codes(refused)}."),
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refused => Of(EmailFault.AddressRefused, $"{options.Place} refuses the address: {Codes(refused)}."),
        SmtpCommandException refused => Of(EmailFault.Refused, $"{options.Place} refuses the mail: {Codes(refused)}."),
        _ => Lost(exception, options),
    };

    /// <summary>The server does not know of letters beyond ASCII in names.</summary>
    public static EmailFaultException NoUnicode(EmailOptions options) => Of(EmailFault.AddressRefused, $"{options.Place} does not write to addresses with letters beyond ASCII before the '@' (RFC 6531, SMTPUTF8).");

    private static EmailFaultException? Lost(Exception exception, EmailOptions options) => exception switch
    {
        SocketException fault => Of(EmailFault.Unreachable, $"No connection to {options.Place}: {fault.SocketErrorCode}."),
        OperationCanceledException or TimeoutException => Of(EmailFault.Unreachable, $"{options.Place} did not answer within {options.Timeout.TotalSeconds:0} s."),
        SmtpProtocolException { InnerException: null } fault when !fault.Message.Contains("disconnected", StringComparison.Ordinal) => Of(EmailFault.NotUnderstood, $"What answers at {options.Place} speaks no SMTP."),
        ProtocolException or IOException or ServiceNotConnectedException => Of(EmailFault.Unreachable, $"{options.Place} broke the connection."),
        _ => null,
    };

    // RFC 3463: the second code says what the first does not, and no more.
    private static string Codes(SmtpCommandException refused)
    {
        var second = Enhanced.Match(refused.Message).Value;
        return second.Length > 0 ? $"{(int)refused.StatusCode} {second}" : $"{(int)refused.StatusCode}";
    }

    private static EmailFaultException Of(EmailFault kind, string message) => new(kind, message);

    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}\b")]
    private static partial Regex Enhanced { get; }
}
