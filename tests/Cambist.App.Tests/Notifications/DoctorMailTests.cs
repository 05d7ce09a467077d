using System.Text.Json;
using Cambist.App.Notifications.Channels.Email;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cambist.App.Tests.Notifications;

/// <summary>What an operator is told of mail, and the whole service that sends one.</summary>
public sealed class DoctorMailTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_doctor_connects_logs_in_and_sends_nothing()
    {
        await using var server = StandInMail.Start(StandInMailSecurity.StartTls);
        (server.Logins, server.WantsLogin) = (["PLAIN", "LOGIN"], true);

        var mail = await MailAsync(server.Settings);

        Assert.Equal("ok", mail.GetProperty("status").GetString());
        Assert.EndsWith("TLS13, logged in", mail.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["STARTTLS", "AUTH PLAIN", "QUIT"], server.Commands.Where(command => !command.StartsWith("EHLO", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Password", "planted-wr0ng", "User and Password")]
    [InlineData("AuthorityFile", null, "AuthorityFile")]
    [InlineData("Security", "tls", "Security")]
    [InlineData("Port", "9", "Host and Port")]
    public async Task The_doctor_says_how_to_mend_what_is_wrong_and_no_secret(string key, string? value, string mend)
    {
        await using var server = StandInMail.Start(StandInMailSecurity.StartTls);
        server.Logins = ["PLAIN"];
        var settings = server.Settings;
        settings[$"{EmailOptions.Section}:{key}"] = value;

        var mail = await MailAsync(settings);

        Assert.Equal("failed", mail.GetProperty("status").GetString());
        Assert.Contains(mend, mail.GetProperty("mend").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("planted", mail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_says_that_mail_is_off_and_what_turns_it_on()
    {
        Assert.Equal(("off", "In the environment: Notifications__Channels__email__Host"), Facts(await MailAsync([])));
        Assert.Equal("warning", Facts(await MailAsync(new() { [$"{EmailOptions.Section}:From"] = "a@example.org" })).Status);
    }

    [Theory]
    [InlineData("Notifications:Channels:email:Hosst", "Did you mean Notifications:Channels:email:Host?", "warning")]
    [InlineData("Notifications:Channels:mail:Host", "Did you mean Notifications:Channels:email?", "warning")]
    [InlineData("Notifications:Chanels:email:Host", "Did you mean Notifications:Channels?", "warning")]
    [InlineData("Notifications:Channels:email:Host", "Notifications:Channels:email:From", "failed")]
    public async Task The_doctor_knows_the_keys(string key, string told, string status)
    {
        var checks = await ChecksAsync(new() { [key] = "mail.example.org" });

        Assert.Contains(checks, check => check.GetProperty("name").GetString() == "configuration" && check.GetProperty("status").GetString() == status && check.ToString().Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_service_sends_what_is_posted()
    {
        await using var server = StandInMail.Start(StandInMailSecurity.Tls);
        var app = await RunningCambist.StartAsync(MarketMode.Replay, settings: server.Settings);

        Assert.True(app.Service<OutgoingMail>().Post(Mails.Some()));

        Assert.Contains("token=planted-t0ken", (await server.NextAsync("confirm_address", TestContext.Current.CancellationToken)).Text, StringComparison.Ordinal);
        await app.DisposeAsync();
        Assert.Equal("QUIT", server.Commands[^1]);
    }

    private static (string? Status, string? Mend) Facts(JsonElement check) => (check.GetProperty("status").GetString(), check.GetProperty("mend").GetString());

    private async Task<JsonElement> MailAsync(Dictionary<string, string?> settings) => (await ChecksAsync(settings)).Single(check => check.GetProperty("name").GetString() == "mail");

    private async Task<IReadOnlyList<JsonElement>> ChecksAsync(Dictionary<string, string?> settings)
    {
        var environment = settings.Where(setting => setting.Value is not null).ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);
        var run = await CommandLine.RunAsync(environment, "doctor", "--json", "--data", _data.Path);
        return [.. run.Json().GetProperty("checks").EnumerateArray()];
    }
}
