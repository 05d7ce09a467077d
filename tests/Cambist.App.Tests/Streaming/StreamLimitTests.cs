using System.Net.WebSockets;
using System.Text.Json;
using Cambist.App.Storage;
using Cambist.App.Streaming;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Accounts.Pages;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>How many streams there may be, how often one may ask for one, and how long a page's goes on.</summary>
public sealed class StreamLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Rates = "/ws/rates";
    private const string Ping = """{"type":"ping"}""";
    private static readonly (string, string) Stranger = ("X-Forwarded-For", "192.0.2.1");
    private static readonly (string, string) Guess = ("Authorization", "Bearer a.guessed.token");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_sits_at_the_machine_has_as_many_streams_as_there_are_but_who_is_forwarded_has_those_of_an_address()
    {
        await using var house = await StartAsync(("Streams:MostClientsPerAddress", "1"), ("Streams:MostClients", "4"));
        using var first = await Handshakes.OpenAsync(house.Cambist, Rates);
        using var second = await Handshakes.OpenAsync(house.Cambist, Rates);
        using var stranger = await Handshakes.OpenAsync(house.Cambist, Rates, Stranger);

        Assert.Equal((429, "too_many_streams"), await Handshakes.AskAsync(house.Cambist, Rates, Stranger));
        Assert.Equal((429, "too_many_streams"), await Handshakes.AskAsync(house.Cambist, Rates, ("Forwarded", "for=192.0.2.1")));
        using var fourth = await Handshakes.OpenAsync(house.Cambist, Rates);
        Assert.Equal((429, "too_many_streams"), await Handshakes.AskAsync(house.Cambist, Rates));
    }

    [Fact]
    public async Task Where_the_machine_is_counted_it_has_the_streams_of_an_address()
    {
        await using var house = await StartAsync(("Streams:MostClientsPerAddress", "1"), ("RateLimits:CountLoopback", "true"));
        using var first = await Handshakes.OpenAsync(house.Cambist, Rates);

        Assert.Equal((429, "too_many_streams"), await Handshakes.AskAsync(house.Cambist, Rates));
    }

    [Fact]
    public async Task An_account_has_so_many_streams_however_it_shows_its_token_and_a_place_that_is_left_is_free()
    {
        await using var house = await StartAsync(("Streams:MostClientsPerAccount", "2"));
        var ann = await house.EnterAsync();
        var eve = await house.EnterAsync("eve@example.org");
        var shown = ("Authorization", $"Bearer {ann.AccessToken}");
        using var first = await Listener.OpenAsync(house.Cambist, ann.UserId, ann.AccessToken);
        await first.NextAsync();
        using var second = await Listener.OpenAsync(house.Cambist, ann.UserId, null);
        await second.SayAsync(Authenticate(ann.AccessToken));
        await second.NextAsync();

        Assert.Equal((429, "too_many_streams"), await Handshakes.AskAsync(house.Cambist, $"/ws/{ann.UserId}", shown));
        using var late = await Listener.OpenAsync(house.Cambist, ann.UserId, null);
        await late.SayAsync(Authenticate(ann.AccessToken));
        Assert.Equal("too_many_streams", await late.NextCodeAsync());
        Assert.Null(await late.NextAsync());
        Assert.Equal(((WebSocketCloseStatus)4429, "too_many_streams"), (late.CloseStatus, late.CloseReason));
        Assert.Equal((101, null), await Handshakes.AskAsync(house.Cambist, $"/ws/{eve.UserId}", ("Authorization", $"Bearer {eve.AccessToken}")));

        await first.CloseAsync();
        await Eventually.TrueAsync(async () => (await Handshakes.AskAsync(house.Cambist, $"/ws/{ann.UserId}", shown)).Status == 101, Patience);
    }

    [Fact]
    public async Task A_stream_counts_once_however_often_it_shows_a_token_and_not_before()
    {
        await using var house = await StartAsync(("Streams:MostClientsPerAccount", "2"));
        var ann = await house.EnterAsync();
        using var silent = await Listener.OpenAsync(house.Cambist, ann.UserId, null);
        using var other = await Listener.OpenAsync(house.Cambist, ann.UserId, null);
        using var first = await Listener.OpenAsync(house.Cambist, ann.UserId, ann.AccessToken);
        for (var turn = 0; turn < 3; turn++)
        {
            await first.SayAsync(Authenticate(ann.AccessToken));
            Assert.Contains("authenticated", await first.NextAsync(), StringComparison.Ordinal);
        }

        using var second = await Listener.OpenAsync(house.Cambist, ann.UserId, ann.AccessToken);
        Assert.Contains("authenticated", await second.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_tokens_costs_requests_and_so_does_opening_streams()
    {
        await using var house = await StartAsync(("RateLimits:Anonymous", "3"));
        var account = $"/ws/{Guid.NewGuid()}";

        Assert.Equal((401, "token_invalid"), await Handshakes.AskAsync(house.Cambist, account, Stranger, Guess));
        Assert.Equal((401, "token_invalid"), await Handshakes.AskAsync(house.Cambist, account, Stranger, ("Sec-WebSocket-Protocol", "cambist.v1, bearer.guess")));
        Assert.Equal((101, null), await Handshakes.AskAsync(house.Cambist, Rates, Stranger));
        Assert.Equal((429, "rate_limited"), await Handshakes.AskAsync(house.Cambist, account, Stranger, Guess));
        Assert.Equal((429, "rate_limited"), await Handshakes.AskAsync(house.Cambist, Rates, Stranger));

        for (var turn = 0; turn < 4; turn++)
        {
            Assert.Equal((401, "token_invalid"), await Handshakes.AskAsync(house.Cambist, account, Guess));
        }
    }

    [Fact]
    public async Task A_user_opens_as_many_streams_a_minute_as_there_are_requests_of_a_user()
    {
        await using var house = await StartAsync(("RateLimits:PerUser", "2"));
        var ann = await house.EnterAsync();
        var shown = ("Authorization", $"Bearer {ann.AccessToken}");

        Assert.Equal((101, null), await Handshakes.AskAsync(house.Cambist, $"/ws/{ann.UserId}", shown));
        Assert.Equal((101, null), await Handshakes.AskAsync(house.Cambist, Rates, shown));
        Assert.Equal((429, "rate_limited"), await Handshakes.AskAsync(house.Cambist, $"/ws/{ann.UserId}", shown));
    }

    [Fact]
    public async Task A_page_that_nobody_uses_loses_its_stream_with_its_session_and_an_open_stream_is_no_use()
    {
        await using var house = await StartAsync(("Auth:SessionIdleHours", "1"));
        var (browser, listener) = await PageAsync(house);
        using (browser)
        using (listener)
        {
            var login = house.Cambist.Service<StreamHub>().Logins.Single();
            Assert.Equal(AccountHouse.Start.AddHours(1), login.EndsAt);

            // Used after fifty minutes, and looked at again: it goes on from there.
            house.Clock.Advance(TimeSpan.FromMinutes(50));
            await browser.GetAsync("/account");
            house.Clock.Advance(TimeSpan.FromMinutes(5));
            await Eventually.TrueAsync(() => login.EndsAt == AccountHouse.Start.AddMinutes(110), Patience);
            house.Clock.Advance(TimeSpan.FromMinutes(54));
            await listener.SayAsync(Ping);
            Assert.Contains("pong", await listener.NextPastHeartbeatsAsync(), StringComparison.Ordinal);

            house.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Contains("session_ended", await listener.NextPastHeartbeatsAsync(), StringComparison.Ordinal);
            Assert.Null(await listener.NextAsync());
            Assert.Equal((WebSocketCloseStatus)4401, listener.CloseStatus);
        }
    }

    [Fact]
    public async Task A_session_whose_end_this_node_never_heard_of_ends_its_streams_when_it_is_looked_at()
    {
        await using var house = await StartAsync();
        var (browser, listener) = await PageAsync(house);
        using (browser)
        using (listener)
        {
            using (var connection = house.Cambist.Store.Connect())
            {
                // So long ago that the list of ended sessions does not go back there.
                connection.Execute("UPDATE account_session SET ended_at = @at;", ("at", house.Cambist.Store.Stored(AccountHouse.Start.AddHours(-1))));
            }

            var login = house.Cambist.Service<StreamHub>().Logins.Single();
            house.Clock.Advance(TimeSpan.FromMinutes(5));
            await Eventually.TrueAsync(() => login.EndsAt == DateTimeOffset.MinValue, Patience);
            house.Clock.Advance(TimeSpan.FromSeconds(1));

            Assert.Contains("session_ended", await listener.NextPastHeartbeatsAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("MostClientsPerAccount", "0")]
    [InlineData("MostClientsPerAccount", "many")]
    public void A_value_that_is_not_allowed_is_named_by_its_key(string key, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [$"Streams:{key}"] = value }).Build();

        var fault = Assert.Throws<WrongSettingException>(() => StreamOptions.Read(settings));

        Assert.Equal($"Streams:{key}", fault.Key);
        Assert.Contains($"'{value}'", fault.Message, StringComparison.Ordinal);
        Assert.Equal(20, new StreamOptions().MostClientsPerAccount);
    }

    private static string Authenticate(string token) => JsonSerializer.Serialize(new { type = "authenticate", token });

    private static async Task<(Browser Browser, Listener Listener)> PageAsync(AccountHouse house)
    {
        var ann = await house.AddAsync();
        var browser = await Browser.LoggedInAsync(house);
        var own = new Uri(browser.Origin);
        var listener = await Listener.ConnectAsync(house.Cambist, browser.Origin, $"/ws/{ann.Id}", browser.Cookies.GetCookieHeader(own));
        Assert.Contains("authenticated", await listener.NextAsync(), StringComparison.Ordinal);
        return (browser, listener);
    }

    private static Task<AccountHouse> StartAsync(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["RateLimits:Anonymous"] = "0", ["RateLimits:PerUser"] = "0" };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return AccountHouse.StartAsync(all);
    }
}
