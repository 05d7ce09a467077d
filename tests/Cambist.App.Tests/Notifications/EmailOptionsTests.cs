using Cambist.App.Notifications.Channels.Email;
using Cambist.App.Storage;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Cambist.App.Tests.Notifications;

public sealed class EmailOptionsTests
{
    private const string Secret = "planted-s3cret";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_a_host_mail_is_off(string? host)
    {
        var options = Read(("Host", host), ("From", null));

        Assert.False(options.IsOn);
        Assert.Equal("nowhere", options.Place);
    }

    [Theory]
    [InlineData(null, 587, EmailSecurity.StartTls)]
    [InlineData("starttls", 587, EmailSecurity.StartTls)]
    [InlineData("TLS", 465, EmailSecurity.Tls)]
    public void The_port_follows_from_the_security(string? security, int port, EmailSecurity expected)
    {
        var options = Read(("Security", security));

        Assert.Equal((port, expected, true), (options.Port, options.Security, options.IsOn));
        Assert.Equal(2525, Read(("Security", security), ("Port", "2525")).Port);
    }

    [Theory]
    [InlineData("localhost", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("relay.example.org", "true")]
    public void Only_this_machine_or_one_that_is_allowed_is_spoken_to_in_the_clear(string host, string? allowed) =>
        Assert.Equal((25, EmailSecurity.None), Read(("Host", host), ("Security", "none"), ("AllowInsecure", allowed)) is var read ? (read.Port, read.Security) : default);

    [Theory]
    [InlineData("Host", "mail.example.org:587")]
    [InlineData("Host", "smtp://mail.example.org")]
    [InlineData("Host", "mail.example.org\r\nx")]
    [InlineData("Security", "ssl")]
    [InlineData("Security", "none")]
    [InlineData("Port", "0")]
    [InlineData("Port", "65536")]
    [InlineData("Port", "smtp")]
    [InlineData("From", null)]
    [InlineData("From", "Cambist")]
    [InlineData("From", "cambist@localhost")]
    [InlineData("From", "a@example.org, b@example.org")]
    [InlineData("From", "Cambist <a@example.org>\r\nBcc: <b@example.org>")]
    [InlineData("From", "kürs@example.org")]
    [InlineData("User", "cambist")]
    [InlineData("Password", Secret, "User")]
    [InlineData("PasswordFile", "/run/" + Secret, "User")]
    [InlineData("TimeoutSeconds", "0")]
    [InlineData("Attempts", "21")]
    [InlineData("QueueSize", "-1")]
    [InlineData("AuthorityFile", "/no/such/" + Secret)]
    public void A_wrong_value_is_told_by_its_key_and_no_secret_repeated(string key, string? value, string? named = null)
    {
        var fault = Assert.Throws<WrongSettingException>(() => Read((key, value)));

        Assert.Equal("Notifications:Channels:email:" + (named ?? key), fault.Key);
        Assert.Contains("found", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_given_once_without_control_characters_and_never_goes_over_a_wire_in_the_clear()
    {
        Assert.EndsWith(":Password", Fault(("User", "u"), ("Password", Secret), ("PasswordFile", "/run/p")), StringComparison.Ordinal);
        Assert.EndsWith(":Password", Fault(("User", "u"), ("Password", Secret + "\r\nQUIT")), StringComparison.Ordinal);
        Assert.EndsWith(":Security", Fault(("User", "u"), ("Password", Secret), ("Security", "none"), ("AllowInsecure", "true")), StringComparison.Ordinal);
        Assert.Equal("mail.example.org:587 (STARTTLS)", Read(("User", "u"), ("Password", Secret)).ToString());
    }

    [Fact]
    public void A_file_without_certificates_is_no_file_of_authorities()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("authority.pem"), "none");

        Assert.EndsWith(":AuthorityFile", Fault(("AuthorityFile", folder.File("authority.pem"))), StringComparison.Ordinal);
    }

    private static string Fault(params (string, string?)[] settings) => Assert.Throws<WrongSettingException>(() => Read(settings)).Key;

    private static EmailOptions Read(params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Notifications:Channels:email:Host"] = "mail.example.org", ["Notifications:Channels:email:From"] = "Cambist <alerts@example.org>" };
        foreach (var (key, value) in settings)
        {
            all[$"Notifications:Channels:email:{key}"] = value;
        }

        return EmailOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
