using System.Text;
using Cambist.App.Notifications.Channels.Email;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Notifications;

/// <summary>One mail after the other to a server that speaks SMTP, in order and out of it.</summary>
public sealed class EmailSenderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_arrives_as_it_was_written_with_what_machines_want_to_know()
    {
        await using var server = StandInMail.Start();
        await using var sender = Sender(server);

        await sender.SendAsync(Mails.Some(subject: "Zürich: 1 € = 0,94 Fr. 💱", text: "Grüße, £ and 円\n.\n..\nFrom here on\n"), Token);

        var mail = await server.NextAsync("confirm_address", Token);
        Assert.Equal(("alerts@cambist.example.org", Mails.Address), (mail.Sender, Assert.Single(mail.Recipients)));
        Assert.Equal(("Zürich: 1 € = 0,94 Fr. 💱", "Grüße, £ and 円\n.\n..\nFrom here on\n"), (mail.Subject, mail.Text));
        Assert.Equal(("auto-generated", "confirm_address", "Cambist <alerts@cambist.example.org>", Mails.Address), (mail.Header("Auto-Submitted"), mail.Kind, mail.Header("From"), mail.Header("To")));
        Assert.Equal(Mails.Start, mail.Date);
        Assert.Matches("^[0-9a-f]{32}@cambist\\.example\\.org\\z", mail.Id);
        Assert.Equal(["Auto-Submitted", "Cambist-Kind", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"], mail.HeaderNames.Order(StringComparer.Ordinal));
        Assert.All(mail.Source, letter => Assert.True(char.IsAscii(letter)));
        Assert.Contains("EHLO cambist.example.org", server.Commands);
    }

    [Theory]
    [InlineData("a\r.\r\nMAIL FROM:<eve@example.org>\r\nb")]
    [InlineData("a\n.\nMAIL FROM:<eve@example.org>\nb")]
    [InlineData("a\r\n.\r\nMAIL FROM:<eve@example.org>\r\nb")]
    [InlineData("a\n.\r\nMAIL FROM:<eve@example.org>\r\nb\0")]
    public async Task No_text_ends_a_mail_early_and_begins_another(string text)
    {
        await using var server = StandInMail.Start();
        await using var sender = Sender(server);

        await sender.SendAsync(Mails.Some(text: text), Token);

        Assert.Equal(text.ReplaceLineEndings("\n"), (await server.NextAsync(Mails.Address, Token)).Text);
        Assert.Single(server.Messages);
        Assert.Single(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Messages[0].Source.Replace("\r\n", "", StringComparison.Ordinal), letter => letter is '\r' or '\n' or '\0');
    }

    [Fact]
    public async Task A_huge_text_on_one_line_arrives_whole_and_no_line_is_longer_than_the_wire_allows()
    {
        await using var server = StandInMail.Start();
        await using var sender = Sender(server);
        var text = new StringBuilder().Insert(0, "€uro ", 40_000).ToString();

        await sender.SendAsync(Mails.Some(text: text), Token);

        var mail = await server.NextAsync(Mails.Address, Token);
        Assert.Equal(text, mail.Text);
        Assert.All(mail.Source.Split("\r\n"), line => Assert.True(line.Length <= 998));
    }

    [Fact]
    public async Task Half_a_letter_is_replaced_and_nothing_breaks()
    {
        await using var server = StandInMail.Start();
        await using var sender = Sender(server);

        await sender.SendAsync(Mails.Some(subject: "half \ud83d of it", text: "\udcb1"), Token);

        Assert.Equal("\ufffd", (await server.NextAsync(Mails.Address, Token)).Text);
    }

    [Theory]
    [InlineData("ann@münchen.example", "ann@xn--mnchen-3ya.example", false)]
    [InlineData("Ann@例え.テスト", "Ann@xn--r8jz45g.xn--zckzah", false)]
    [InlineData("ann＠example．org", "ann@example.org", false)]
    [InlineData("jürgen@münchen.example", "jürgen@münchen.example", true)]
    [InlineData("почта@пример.example", "почта@пример.example", true)]
    public async Task A_domain_goes_in_ASCII_and_a_name_beyond_it_with_SMTPUTF8(string to, string recipient, bool isInternational)
    {
        await using var server = StandInMail.Start();
        await using var sender = Sender(server);

        await sender.SendAsync(Mails.Some(to: to), Token);

        var mail = await server.NextAsync(recipient, Token);
        Assert.StartsWith(recipient[..recipient.IndexOf('@', StringComparison.Ordinal)], mail.Header("To"), StringComparison.Ordinal);
        Assert.Equal(isInternational, server.Commands.Any(command => command.Contains("SMTPUTF8", StringComparison.Ordinal)));
        Assert.Equal(isInternational, !mail.Source.All(char.IsAscii));
    }

    [Fact]
    public async Task Names_in_ASCII_and_beyond_it_may_follow_each_other()
    {
        await using var server = StandInMail.Start();
        await using var sender = Sender(server);

        foreach (var to in new[] { "ann@münchen.example", "jürgen@münchen.example", "jürgen@münchen.example", "ben@münchen.example" })
        {
            await sender.SendAsync(Mails.Some(to: to), Token);
        }

        Assert.Equal(["ann@xn--mnchen-3ya.example", "jürgen@münchen.example", "jürgen@münchen.example", "ben@xn--mnchen-3ya.example"], server.Messages.Select(mail => mail.Recipients[0]));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_server_without_SMTPUTF8_refuses_for_good_a_name_beyond_ASCII_and_takes_the_next_mail()
    {
        await using var server = StandInMail.Start();
        server.Extensions = ["8BITMIME"];
        await using var sender = Sender(server);

        Assert.Equal((EmailFault.AddressRefused, false), Facts(await Fault(sender, Mails.Some(to: "jürgen@example.org"))));
        await sender.SendAsync(Mails.Some(), Token);

        Assert.Equal(Mails.Address, Assert.Single(server.Messages).Recipients[0]);
    }

    [Theory]
    [InlineData(StandInMailSecurity.StartTls, "PLAIN")]
    [InlineData(StandInMailSecurity.StartTls, "LOGIN")]
    [InlineData(StandInMailSecurity.Tls, "PLAIN")]
    [InlineData(StandInMailSecurity.None, "LOGIN")]
    public async Task It_logs_in_after_the_connection_is_secret(StandInMailSecurity security, string login)
    {
        await using var server = StandInMail.Start(security);
        (server.Logins, server.WantsLogin) = ([login], true);
        await using var sender = Sender(server);

        await sender.SendAsync(Mails.Some(), Token);

        Assert.Single(server.Messages);
        var commands = server.Commands.Select(command => command.Split(' ')[0]).ToList();
        Assert.Equal(security == StandInMailSecurity.StartTls ? ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"] : ["EHLO", "AUTH", "MAIL", "RCPT", "DATA"], commands);
    }

    [Fact]
    public async Task The_passwords_file_is_read_anew_for_each_connection()
    {
        using var folder = new TemporaryFolder();
        await using var server = StandInMail.Start(StandInMailSecurity.Tls);
        server.Logins = ["PLAIN"];
        await using var sender = new EmailSender(Mails.Options(server, ("Password", null), ("PasswordFile", folder.File("password"))), new ArmedClock(Mails.Start));
        Assert.Equal(EmailFault.LoginRefused, (await Fault(sender)).Kind);

        await File.WriteAllTextAsync(folder.File("password"), "an old one", Token);
        Assert.Equal(EmailFault.LoginRefused, (await Fault(sender)).Kind);

        await File.WriteAllTextAsync(folder.File("password"), StandInMail.Password + "\n", Token);
        await sender.SendAsync(Mails.Some(), Token);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task Nothing_is_said_in_the_clear_where_STARTTLS_is_wanted_and_not_offered()
    {
        await using var server = StandInMail.Start();
        server.Logins = ["PLAIN"];
        await using var sender = new EmailSender(Mails.Options(server, ("Security", "starttls")), new ArmedClock(Mails.Start));

        Assert.Equal((EmailFault.NotSecure, true), Facts(await Fault(sender)));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StandInMailSecurity.Tls)]
    [InlineData(StandInMailSecurity.StartTls)]
    public async Task A_certificate_that_nobody_trusts_or_that_is_for_another_name_is_refused(StandInMailSecurity security)
    {
        await using var server = StandInMail.Start(security);
        await using var another = StandInMail.Start();
        await using var untrusting = new EmailSender(Mails.Options(server, ("AuthorityFile", null)), new ArmedClock(Mails.Start));
        await using var trustingOthers = new EmailSender(Mails.Options(server, ("AuthorityFile", another.AuthorityFile)), new ArmedClock(Mails.Start));
        await using var misnamed = new EmailSender(Mails.Options(server, ("Host", "127.0.0.1")), new ArmedClock(Mails.Start));

        foreach (var sender in new[] { untrusting, trustingOthers, misnamed })
        {
            Assert.Equal((EmailFault.NotSecure, true), Facts(await Fault(sender)));
        }

        Assert.Empty(server.Messages);
    }

    [Theory]
    [InlineData("MAIL", "451 4.3.0 planted words", EmailFault.Later)]
    [InlineData("MAIL", "452 4.3.1 planted words", EmailFault.Later)]
    [InlineData("MAIL", "530 5.7.0 planted words", EmailFault.LoginRefused)]
    [InlineData("MAIL", "550 5.7.1 planted words", EmailFault.Refused)]
    [InlineData("MAIL", "552 5.3.4 planted words", EmailFault.Refused)]
    [InlineData("RCPT", "450 4.7.1 planted words", EmailFault.Later)]
    [InlineData("RCPT", "452 4.2.2 planted words", EmailFault.Later)]
    [InlineData("RCPT", "550 5.1.1 planted words", EmailFault.AddressRefused)]
    [InlineData("RCPT", "553 planted words", EmailFault.AddressRefused)]
    [InlineData("RCPT", "421 4.4.5 planted words", EmailFault.Unreachable)]
    [InlineData("DATA", "451 planted words", EmailFault.Later)]
    [InlineData("DATA", "554 5.5.1 planted words", EmailFault.Refused)]
    [InlineData(StandInFault.AtEndOfData, "451 4.7.0 planted words", EmailFault.Later)]
    [InlineData(StandInFault.AtEndOfData, "552 5.3.4 planted words", EmailFault.Refused)]
    [InlineData(StandInFault.AtEndOfData, "554 5.7.26 planted words", EmailFault.Refused)]
    [InlineData(StandInFault.AtEndOfData, "421 4.3.2 planted words", EmailFault.Unreachable)]
    [InlineData("AUTH", "535 5.7.8 planted words", EmailFault.LoginRefused)]
    [InlineData("AUTH", "454 4.7.0 planted words", EmailFault.LoginRefused)]
    [InlineData("AUTH", "421 4.7.0 planted words", EmailFault.Unreachable)]
    [InlineData(StandInFault.AtConnection, "554 planted words", EmailFault.Unreachable)]
    [InlineData(StandInFault.AtConnection, "421 planted words", EmailFault.Unreachable)]
    [InlineData(StandInFault.AtConnection, "SSH-2.0-planted_words", EmailFault.NotUnderstood)]
    [InlineData(StandInFault.AtConnection, "HTTP/1.1 400 Bad Request planted words", EmailFault.NotUnderstood)]
    [InlineData("RCPT", "planted words", EmailFault.NotUnderstood)]
    public async Task What_a_server_refuses_is_told_by_what_may_be_done_and_its_words_are_not_repeated(string at, string answer, EmailFault kind)
    {
        await using var server = StandInMail.Start();
        server.Logins = ["PLAIN"];
        server.Fails(at, StandInFault.Says(answer));
        await using var sender = Sender(server);

        var fault = await Fault(sender);

        Assert.Equal((kind, kind is not (EmailFault.Refused or EmailFault.AddressRefused)), Facts(fault));
        Assert.DoesNotContain("planted", fault.ToString(), StringComparison.Ordinal);
        if (char.IsAsciiDigit(answer[0]) && answer[..3] != "530")
        {
            Assert.Contains(answer.Replace(" planted words", "", StringComparison.Ordinal), fault.Message, StringComparison.Ordinal);
        }

        await sender.SendAsync(Mails.Some(), Token);
        Assert.Single(server.Messages);
    }

    [Theory]
    [InlineData(StandInFault.AtConnection)]
    [InlineData("EHLO")]
    [InlineData("AUTH")]
    [InlineData("MAIL")]
    [InlineData("RCPT")]
    [InlineData("DATA")]
    [InlineData(StandInFault.AtEndOfData)]
    public async Task A_connection_that_breaks_is_made_anew_for_the_next_mail(string at)
    {
        await using var server = StandInMail.Start();
        server.Logins = ["PLAIN"];
        server.Fails(at, StandInFault.ClosesTheConnection());
        await using var sender = Sender(server);

        Assert.Equal((EmailFault.Unreachable, true), Facts(await Fault(sender)));
        await sender.SendAsync(Mails.Some(), Token);

        Assert.Equal((1, 2), (server.Messages.Count, server.Connections));
    }

    [Theory]
    [InlineData(StandInFault.AtConnection)]
    [InlineData("EHLO")]
    [InlineData("STARTTLS")]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    [InlineData(StandInFault.AtEndOfData)]
    public async Task A_silent_server_is_waited_for_as_long_as_configured(string at)
    {
        await using var server = StandInMail.Start(StandInMailSecurity.StartTls);
        var silence = server.Fails(at, StandInFault.FallsSilent());
        var clock = new ArmedClock(Mails.Start);
        await using var sender = new EmailSender(Mails.Options(server), clock);

        var fault = Fault(sender);
        await silence.Happened.WaitAsync(Token);
        clock.Advance(Mails.Patience - TimeSpan.FromSeconds(1));
        Assert.False(fault.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((EmailFault.Unreachable, true), Facts(await fault));
        Assert.Contains("within 7 s", (await fault).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_is_told()
    {
        await using var server = StandInMail.Start();
        await using var sender = new EmailSender(Mails.Options(server, ("Port", "9")), new ArmedClock(Mails.Start));

        Assert.Equal((EmailFault.Unreachable, true), Facts(await Fault(sender)));
    }

    [Fact]
    public async Task A_larger_mail_than_the_server_takes_is_refused_for_good()
    {
        await using var server = StandInMail.Start();
        server.Extensions = ["SIZE 20000"];
        server.Fails("MAIL", StandInFault.Says("552 5.3.4 too large"));
        await using var sender = Sender(server);

        Assert.Equal((EmailFault.Refused, false), Facts(await Fault(sender, Mails.Some(text: new string('x', 100_000)))));
    }

    [Fact]
    public async Task Mails_in_a_row_go_over_one_connection_also_after_a_refusal()
    {
        await using var server = StandInMail.Start(StandInMailSecurity.Tls);
        await using var sender = Sender(server);

        await sender.SendAsync(Mails.Some(), Token);
        server.Fails("RCPT", StandInFault.Says("550 5.1.1 no such user"));
        Assert.Equal(EmailFault.AddressRefused, (await Fault(sender)).Kind);
        await sender.SendAsync(Mails.Some("reset_password"), Token);

        Assert.Equal((1, 2), (server.Connections, server.Messages.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_the_server_gave_up_meanwhile_costs_no_mail(bool isTold)
    {
        await using var server = StandInMail.Start();
        await using var sender = Sender(server);
        await sender.SendAsync(Mails.Some(), Token);
        server.Fails("NOOP", isTold ? StandInFault.SaysAndHangsUp("421 4.4.2 idle for too long") : StandInFault.ClosesTheConnection());

        await sender.SendAsync(Mails.Some(), Token);

        Assert.Equal((2, 2), (server.Connections, server.Messages.Count));
    }

    [Fact]
    public async Task A_mail_that_is_given_up_leaves_no_half_of_it_on_the_connection()
    {
        await using var server = StandInMail.Start();
        var silence = server.Fails("DATA", StandInFault.FallsSilent());
        await using var sender = Sender(server);
        using var enough = new CancellationTokenSource();

        var sending = sender.SendAsync(Mails.Some(), enough.Token);
        await silence.Happened.WaitAsync(Token);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await sender.SendAsync(Mails.Some("reset_password"), Token);

        Assert.Equal("reset_password", Assert.Single(server.Messages).Kind);
    }

    private static EmailSender Sender(StandInMail server) => new(Mails.Options(server), new ArmedClock(Mails.Start));

    private static (EmailFault, bool) Facts(EmailFaultException fault) => (fault.Kind, fault.MayPass);

    private static async Task<EmailFaultException> Fault(EmailSender sender, Email? mail = null) =>
        await Assert.ThrowsAsync<EmailFaultException>(() => sender.SendAsync(mail ?? Mails.Some(), Token));
}
