using Cambist.App.Privacy;
using MimeKit;
using MimeKit.Text;

namespace Cambist.App.Notifications.Channels.Email;

/// <summary>A mail as it goes over the wire (RFC 5322).</summary>
/// <param name="Content">What it says, and to whom.</param>
/// <param name="Id">Its Message-Id without brackets. It stays the same when the mail is tried again: a connection may break after the server took it, and then readers see that both are one.</param>
/// <param name="WrittenAt">When it was written.</param>
internal sealed record EmailLetter(Email Content, string Id, DateTimeOffset WrittenAt)
{
    /// <summary>A mail of now.</summary>
    public static EmailLetter Of(Email content, MailboxAddress from, DateTimeOffset now) => new(content, $"{Guid.NewGuid():N}@{from.Domain}", now);

    /// <summary>An address whose domain is in ASCII (RFC 5891), as every server takes it. What is before the '@' stays as it was given: only its server may say which spellings are the same.</summary>
    public static MailboxAddress Mailbox(string text, string? name = null)
    {
        if (!EmailAddress.TryRead(text, out var address, out var fault))
        {
            throw new ArgumentException(fault, nameof(text));
        }

        var given = string.Concat(address.Given.Select(EmailScripts.Narrow));
        return new MailboxAddress(name, given[..given.IndexOf('@', StringComparison.Ordinal)] + address.Canonical[address.Canonical.IndexOf('@', StringComparison.Ordinal)..]);
    }

    /// <summary>The message that is sent.</summary>
    public MimeMessage Message(MailboxAddress from)
    {
        var message = new MimeMessage
        {
            Date = WrittenAt,
            MessageId = Id,
            Subject = Content.Subject,
            Body = Plain(Content.Text),
        };
        message.From.Add(from);
        message.To.Add(Mailbox(Content.To));
        // RFC 3834: no machine answers it, and nobody is told that its reader is on holiday.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("Cambist-Kind", Content.Kind);
        return message;
    }

    // Quoted-printable whatever it holds: then no line is too long (RFC 5321: 998), and none ends in another way than the server expects, which is how a second mail is smuggled into one.
    private static TextPart Plain(string text) => new(TextFormat.Plain)
    {
        ContentTransferEncoding = ContentEncoding.QuotedPrintable,
        Text = text.ReplaceLineEndings("\r\n"),
    };
}
