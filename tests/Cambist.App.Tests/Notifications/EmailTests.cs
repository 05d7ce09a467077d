using Cambist.App.Notifications.Channels.Email;
using Xunit;

namespace Cambist.App.Tests.Notifications;

public sealed class EmailTests
{
    [Theory]
    [InlineData("confirm\r\nBcc: eve@example.org", "ann@example.org", "Subject")]
    [InlineData("Confirm", "ann@example.org", "Subject")]
    [InlineData("", "ann@example.org", "Subject")]
    [InlineData("confirm", "ann@example.org\r\nBcc: eve@example.org", "Subject")]
    [InlineData("confirm", "ann@example.org\n", "Subject")]
    [InlineData("confirm", "ann@example.org, eve@example.org", "Subject")]
    [InlineData("confirm", "ann@example.org> SIZE=1 <eve@example.org", "Subject")]
    [InlineData("confirm", "Ann <ann@example.org>", "Subject")]
    [InlineData("confirm", "\"ann@example.org\nRCPT TO:<eve@example.org>\"@example.org", "Subject")]
    [InlineData("confirm", "ann@еxample.org", "Subject")]
    [InlineData("confirm", "ann", "Subject")]
    [InlineData("confirm", "ann@example.org", "Subject\r\nBcc: eve@example.org")]
    [InlineData("confirm", "ann@example.org", "Subject\n")]
    [InlineData("confirm", "ann@example.org", "Subject\r")]
    [InlineData("confirm", "ann@example.org", "Subject\u0085Bcc: eve@example.org")]
    [InlineData("confirm", "ann@example.org", "Subject\u2028Bcc: eve@example.org")]
    [InlineData("confirm", "ann@example.org", "Subject\0")]
    [InlineData("confirm", "ann@example.org", "")]
    public void What_could_become_a_second_header_or_recipient_makes_no_mail_and_is_not_repeated(string kind, string to, string subject)
    {
        var fault = Assert.Throws<ArgumentException>(() => new Email(kind, to, subject, "Text"));
        Assert.DoesNotContain("eve", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_mail_is_looked_at_again()
    {
        var mail = new Email("confirm", "ann@example.org", "Subject", "Text");

        Assert.Throws<ArgumentException>(() => mail with { Subject = "Subject\r\nBcc: eve@example.org" });
        Assert.Throws<ArgumentException>(() => mail with { To = "ann@example.org\r\nBcc: eve@example.org" });
        Assert.Throws<ArgumentException>(() => mail with { Kind = "Confirm" });
        Assert.Throws<ArgumentException>(() => mail with { Text = new string('x', 200_001) });
        Assert.Equal("ben@example.org", (mail with { To = "ben@example.org" }).To);
    }

    [Fact]
    public void Its_text_form_holds_no_address_subject_or_text() =>
        Assert.Equal("mail confirm", new Email("confirm", "ann@example.org", "Subject", "https://example.org/?token=secret").ToString());
}
