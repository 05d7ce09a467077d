using Cambist.App.Accounts;
using Cambist.App.Edge;
using Cambist.App.Privacy;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Accounts.Pages;
using Cambist.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Xunit;

namespace Cambist.App.Tests.Edge;

/// <summary>What the log tells of requests that were refused.</summary>
public sealed class RefusalLogTests
{
    private readonly FakeLogCollector _log = new();

    [Fact]
    public async Task Who_is_refused_is_told_with_route_account_and_a_token_of_the_client()
    {
        await using var house = await StartAsync();
        var token = await house.EnterAsync();

        await house.GetAsync("/me");
        await house.PostAsync("/models/none/promote", token: token.AccessToken);
        await house.SendAsync(HttpMethod.Delete, "/me/sessions/line%0D%0Aend");

        var client = house.Cambist.Service<PersonalDataHash>().Of("log", "127.0.0.1")[..12];
        Assert.Equal(
            [
                (LogLevel.Information, "GET", "/api/v1/me", "401", "nobody", client),
                (LogLevel.Warning, "POST", "/api/v1/models/{id}/promote", "403", token.UserId, client),
                (LogLevel.Information, "DELETE", "/api/v1/me/sessions/{id}", "401", "nobody", client),
            ],
            Told().Select(one => (one.Level, Of(one, "Method"), Of(one, "Route").TrimEnd('/'), Of(one, "Status"), Of(one, "Account"), Of(one, "Client"))));
    }

    [Fact]
    public async Task A_form_of_another_site_and_a_wrong_password_on_a_page_are_told()
    {
        await using var house = await StartAsync();
        await house.AddAsync();
        using var browser = new Browser(house);

        await browser.LogInAsync(AccountHouse.Email, "a wrong password");
        await browser.PostAsync("/account/login", new Dictionary<string, string> { ["email"] = AccountHouse.Email });

        Assert.Equal([("/account/login", "422"), ("/account/login", "400")], Told().Select(one => (Of(one, "Route"), Of(one, "Status"))));
    }

    [Fact]
    public async Task What_is_answered_or_merely_wrong_is_no_refusal()
    {
        await using var house = await StartAsync();
        var token = (await house.EnterAsync()).AccessToken;

        await house.GetAsync("/me", token);
        await house.GetAsync("/nowhere", token);
        await house.SendAsync(HttpMethod.Patch, "/me", new MeChange(TimeZone: "Nowhere/At all"), token);

        Assert.Empty(Told());
    }

    [Fact]
    public async Task A_flood_of_refusals_is_no_flood_of_lines_and_its_size_is_told()
    {
        await using var house = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => house.GetAsync("/me")));
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        await house.GetAsync("/me");

        Assert.Equal(21, Told().Count());
        Assert.Equal("30", Assert.Single(Of<RefusalLog>(), one => one.GetStructuredStateValue("Count") is not null).GetStructuredStateValue("Count"));
    }

    [Fact]
    public async Task Why_a_log_in_was_refused_is_told_to_the_log_alone()
    {
        await using var house = await StartAsync(new Dictionary<string, string?> { ["Auth:MostFailures"] = "1" });
        var account = await house.AddAsync();

        foreach (var email in (string[])["nobody@example.org", AccountHouse.Email, AccountHouse.Email])
        {
            Assert.Equal("wrong_credentials", (await house.PostAsync("/auth/login", new LoginRequest(email, "a wrong password"))).Code);
        }

        Assert.Equal([null, account.Id], Of<Login>().Select(one => one.GetStructuredStateValue("Account")));
    }

    [Fact]
    public async Task Lines_begin_with_their_instant_in_UTC()
    {
        await using var house = await StartAsync();

        var console = house.Cambist.Service<IOptionsMonitor<SimpleConsoleFormatterOptions>>().CurrentValue;

        Assert.True(console.UseUtcTimestamp);
        Assert.Equal("2026-03-18T12:00:00.000Z ", AccountHouse.Start.UtcDateTime.ToString(console.TimestampFormat!, System.Globalization.CultureInfo.InvariantCulture));
    }

    private Task<AccountHouse> StartAsync(IReadOnlyDictionary<string, string?>? settings = null) =>
        AccountHouse.StartAsync(settings, services: services => services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(_log))));

    private IEnumerable<FakeLogRecord> Told() => Of<RefusalLog>().Where(one => one.GetStructuredStateValue("Route") is not null);

    private IEnumerable<FakeLogRecord> Of<T>() => _log.GetSnapshot().Where(one => one.Category == typeof(T).FullName);

    private static string Of(FakeLogRecord one, string name) => one.GetStructuredStateValue(name) ?? "";
}
