using System.Net.WebSockets;
using System.Text.Json;
using Cambist.App.Streaming;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Accounts.Pages;
using Cambist.Client;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>The stream of an account with the tokens and pages of the running service, from the log-in to the end of the session.</summary>
public sealed class AccountStreamTests : IAsyncLifetime
{
    private const string Eve = "eve@example.org";
    private const string AnotherPassword = "four other words instead";
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private AccountHouse _house = null!;

    public static TheoryData<string> Ways => ["header", "sub-protocol", "first message"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Own => _house.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    // Pings go by the real time, and no test is to end because somebody who was busy answered none.
    public async ValueTask InitializeAsync() => _house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Streams:PingSeconds"] = "3600", ["Cors:Origins"] = "https://my.bank.example" });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_logged_in_opens_the_own_stream(string way)
    {
        var ann = await _house.EnterAsync();
        using var listener = await OpenAsync(ann.UserId, ann.AccessToken, way);

        Assert.Equal($$"""{"type":"authenticated","user_id":"{{ann.UserId}}","expires_at":"2026-03-18T12:15:00Z","sequence":0}""", await listener.NextAsync());
        Assert.Equal(way == "sub-protocol" ? "cambist.v1" : null, listener.SubProtocol);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Nobody_opens_the_stream_of_another_and_none_learns_whether_there_is_one(string way)
    {
        var ann = await _house.EnterAsync();
        var eve = await _house.EnterAsync(Eve);

        await AssertRefusedAsync(ann.UserId, eve.AccessToken, way, 403, "stream_forbidden", 4403);
        await AssertRefusedAsync(Guid.NewGuid().ToString(), eve.AccessToken, way, 403, "stream_forbidden", 4403);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_token_that_has_ended_opens_nothing(string way)
    {
        var ann = await _house.EnterAsync();
        _house.Clock.Advance(TimeSpan.FromMinutes(15));

        await AssertRefusedAsync(ann.UserId, ann.AccessToken, way, 401, "token_invalid", 4401);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_token_of_a_session_that_has_ended_opens_nothing(string way)
    {
        var ann = await _house.EnterAsync();
        await _house.PostAsync("/auth/logout", new LogoutRequest(ann.RefreshToken));

        await AssertRefusedAsync(ann.UserId, ann.AccessToken, way, 401, "token_invalid", 4401);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_forged_token_opens_nothing(string way)
    {
        var ann = await _house.EnterAsync();
        var forged = ann.AccessToken[..^4] + (ann.AccessToken.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");

        await AssertRefusedAsync(ann.UserId, forged, way, 401, "token_invalid", 4401);
    }

    [Fact]
    public async Task The_stream_ends_with_its_token_and_a_refreshed_one_in_time_carries_it_on()
    {
        var ann = await _house.EnterAsync();
        using var listener = await OpenAsync(ann.UserId, ann.AccessToken, "header");
        await listener.NextAsync();
        _house.Clock.Advance(TimeSpan.FromMinutes(10));
        var newer = await _house.PostAsync("/auth/refresh", new RefreshRequest(ann.RefreshToken));
        await listener.SayAsync(JsonSerializer.Serialize(new { type = "authenticate", token = newer["access_token"] }));
        Assert.Contains("12:25:00Z", await listener.NextPastHeartbeatsAsync(), StringComparison.Ordinal);

        _house.Clock.Advance(TimeSpan.FromMinutes(10));
        await listener.SayAsync("""{"type":"ping"}""");
        Assert.Contains("pong", await listener.NextPastHeartbeatsAsync(), StringComparison.Ordinal);
        _house.Clock.Advance(TimeSpan.FromMinutes(5));

        await AssertEndsAsync(listener, "token_expired", 4401);
    }

    [Theory]
    [InlineData("log out")]
    [InlineData("log out by the refresh token")]
    [InlineData("log out everywhere, elsewhere")]
    [InlineData("change the password, elsewhere")]
    [InlineData("show a used refresh token")]
    [InlineData("erase the account, elsewhere")]
    public async Task What_ends_the_session_ends_its_open_stream_at_once(string deed)
    {
        var ann = await _house.EnterAsync();
        var elsewhere = await _house.LoginAsync();
        using var listener = await OpenAsync(ann.UserId, ann.AccessToken, "sub-protocol");
        await listener.NextAsync();

        var done = deed switch
        {
            "log out" => await _house.PostAsync("/auth/logout", new LogoutRequest(), ann.AccessToken),
            "log out by the refresh token" => await _house.PostAsync("/auth/logout", new LogoutRequest(ann.RefreshToken)),
            "log out everywhere, elsewhere" => await _house.PostAsync("/auth/logout", new LogoutRequest(elsewhere.RefreshToken, Everywhere: true)),
            "change the password, elsewhere" => await _house.PostAsync("/me/password", new ChangePasswordRequest(AccountHouse.Password, AnotherPassword), elsewhere.AccessToken),
            "show a used refresh token" => await TwiceAsync(ann.RefreshToken),
            _ => await _house.SendAsync(HttpMethod.Delete, "/me", token: elsewhere.AccessToken),
        };
        Assert.InRange(done.Status, 200, 204);
        _house.Clock.Advance(Tick);

        await AssertEndsAsync(listener, "session_ended", 4401);
    }

    [Fact]
    public async Task What_ends_another_session_or_one_of_another_account_leaves_the_stream_open()
    {
        var ann = await _house.EnterAsync();
        var elsewhere = await _house.LoginAsync();
        var eve = await _house.EnterAsync(Eve);
        using var listener = await OpenAsync(ann.UserId, ann.AccessToken, "header");
        await listener.NextAsync();
        await _house.PostAsync("/auth/logout", new LogoutRequest(elsewhere.RefreshToken));
        await _house.PostAsync("/auth/logout", new LogoutRequest(eve.RefreshToken, Everywhere: true));
        _house.Clock.Advance(Tick);

        await listener.SayAsync("""{"type":"ping"}""");
        Assert.Contains("pong", await listener.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_of_a_page_opens_the_stream_of_its_account_until_the_page_logs_out()
    {
        var ann = await _house.AddAsync();
        using var browser = await Browser.LoggedInAsync(_house);
        using var listener = await Listener.ConnectAsync(_house.Cambist, Own, $"/ws/{ann.Id}", Cookie(browser));
        Assert.Equal($$"""{"type":"authenticated","user_id":"{{ann.Id}}","sequence":0}""", await listener.NextAsync());

        await browser.GetAsync("/account");
        Assert.Equal(303, (await browser.SubmitAsync("/account/logout")).Status);
        _house.Clock.Advance(Tick);

        await AssertEndsAsync(listener, "session_ended", 4401);
    }

    [Fact]
    public async Task The_cookie_of_a_page_opens_no_stream_of_another_and_none_for_a_page_of_another_host()
    {
        var ann = await _house.AddAsync();
        var eve = await _house.AddAsync(Eve);
        using var browser = await Browser.LoggedInAsync(_house);
        var cookie = ("Cookie", Cookie(browser));

        Assert.Equal((403, "stream_forbidden"), await Handshakes.AskAsync(_house.Cambist, $"/ws/{eve.Id}", cookie, ("Origin", Own)));
        Assert.Equal((403, "origin_refused"), await Handshakes.AskAsync(_house.Cambist, $"/ws/{ann.Id}", cookie, ("Origin", "https://evil.example")));
        Assert.Equal((403, "origin_refused"), await Handshakes.AskAsync(_house.Cambist, $"/ws/{ann.Id}", cookie, ("Origin", "null")));

        // Of another host that may, and of a program: they show a token.
        foreach (var origin in new[] { "https://my.bank.example", null })
        {
            using var listener = await Listener.ConnectAsync(_house.Cambist, origin, $"/ws/{ann.Id}", cookie.Item2);
            await listener.SayAsync("""{"type":"ping"}""");
            await AssertEndsAsync(listener, "token_missing", 4401);
        }
    }

    [Fact]
    public async Task A_token_in_the_address_is_refused_even_where_it_is_good()
    {
        var ann = await _house.EnterAsync();

        Assert.Equal((400, "token_in_address"), await Handshakes.AskAsync(_house.Cambist, $"/ws/{ann.UserId}?token={ann.AccessToken}"));
        Assert.Equal((400, "token_in_address"), await Handshakes.AskAsync(_house.Cambist, $"/ws/{ann.UserId}?access_token={ann.AccessToken}"));
    }

    [Fact]
    public async Task A_client_that_is_gone_without_a_word_is_let_go_when_it_answers_no_ping()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Streams:PingSeconds"] = "3" });
        var ann = await house.EnterAsync();
        using var silent = await Handshakes.OpenAsync(house.Cambist, $"/ws/{ann.UserId}", ("Authorization", $"Bearer {ann.AccessToken}"));
        var listeners = house.Cambist.Service<PersonalListeners>();
        var hub = house.Cambist.Service<StreamHub>();

        await Eventually.TrueAsync(() => listeners.Accounts == 1, Patience);

        // It reads nothing and closes nothing; time does not pass but for the pings.
        await Eventually.TrueAsync(() => listeners.Accounts == 0 && hub.Clients == 0, Patience);
    }

    [Fact]
    public async Task Who_never_shows_a_token_is_told_so_and_closed_after_ten_seconds()
    {
        var ann = await _house.EnterAsync();
        using var listener = await OpenAsync(ann.UserId, token: null, "header");
        var hub = _house.Cambist.Service<StreamHub>();
        await Eventually.TrueAsync(() => hub.Clients == 1, Patience);
        _house.Clock.Advance(TimeSpan.FromSeconds(9));
        var next = listener.NextCodeAsync();
        Assert.False(next.IsCompleted);
        _house.Clock.Advance(Tick);

        Assert.Equal("token_missing", await next);
        Assert.Null(await listener.NextAsync());
        Assert.Equal((WebSocketCloseStatus)4401, listener.CloseStatus);
    }

    [Fact]
    public async Task Who_shows_no_token_and_does_not_answer_the_close_is_cut_off()
    {
        var hub = _house.Cambist.Service<StreamHub>();
        using var silent = await Handshakes.OpenAsync(_house.Cambist, $"/ws/{Guid.NewGuid()}");
        await Eventually.TrueAsync(() => hub.Clients == 1, Patience);

        // Ten seconds for the token and five for the close; each tick goes on when the last one was seen.
        for (var second = 0; second < 17; second++)
        {
            _house.Clock.Advance(Tick);
        }

        await Eventually.TrueAsync(() => hub.Clients == 0, Patience);
    }

    private static string Cookie(Browser browser) => browser.Cookies.GetCookieHeader(new Uri(browser.Origin));

    private static async Task AssertEndsAsync(Listener listener, string code, int close)
    {
        Assert.Contains($"\"code\":\"{code}\"", await listener.NextPastHeartbeatsAsync(), StringComparison.Ordinal);
        Assert.Null(await listener.NextAsync());
        Assert.Equal(((WebSocketCloseStatus)close, code), (listener.CloseStatus, listener.CloseReason));
    }

    private async Task<Answer> TwiceAsync(string refreshToken)
    {
        var first = await _house.PostAsync("/auth/refresh", new RefreshRequest(refreshToken));
        Assert.Equal(401, (await _house.PostAsync("/auth/refresh", new RefreshRequest(refreshToken))).Status);
        return first;
    }

    private async Task<Listener> OpenAsync(string account, string? token, string way)
    {
        var listener = way switch
        {
            "header" => await Listener.OpenAsync(_house.Cambist, account, token),
            "sub-protocol" => await Listener.OpenAsync(_house.Cambist, account, null, "cambist.v1", $"bearer.{token}"),
            _ => await Listener.OpenAsync(_house.Cambist, account, null),
        };
        if (way == "first message")
        {
            await listener.SayAsync(JsonSerializer.Serialize(new { type = "authenticate", token }));
        }

        return listener;
    }

    // Before it opens where the request shows the token, else by the first answer.
    private async Task AssertRefusedAsync(string account, string token, string way, int status, string code, int close)
    {
        if (way == "first message")
        {
            using var listener = await OpenAsync(account, token, way);
            await AssertEndsAsync(listener, code, close);
            return;
        }

        var shown = way == "header" ? ("Authorization", $"Bearer {token}") : ("Sec-WebSocket-Protocol", $"cambist.v1, bearer.{token}");
        Assert.Equal((status, code), await Handshakes.AskAsync(_house.Cambist, $"/ws/{account}", shown));
    }
}
