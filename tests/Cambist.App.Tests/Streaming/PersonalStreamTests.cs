using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Json;
using Cambist.App.Rates;
using Cambist.App.Streaming;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>The stream of one account, from who may open it to what it tells.</summary>
public sealed class PersonalStreamTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly MadeUpAccounts _accounts = new();
    private RunningCambist _cambist = null!;

    private PersonalStream Personal => _cambist.Service<PersonalStream>();

    public async ValueTask InitializeAsync()
    {
        _accounts.Give("token-of-ann", "ann", Now.AddMinutes(15));
        _accounts.Give("newer-of-ann", "ann", Now.AddMinutes(25));
        _accounts.Give("token-of-bob", "bob", Now.AddMinutes(15), session: "s2");
        _accounts.Give("past-of-ann", "ann", Now);
        _accounts.End("s9");
        _accounts.Give("ended-of-ann", "ann", Now.AddMinutes(15), session: "s9");
        _cambist = await RunningCambist.StartAsync(
            MarketMode.Replay,
            _clock,
            settings: new Dictionary<string, string?> { ["Cors:Origins"] = "https://my.bank.example" },
            services: services => services.Replace(ServiceDescriptor.Singleton(_accounts.Known)).AddSingleton<IStartupFilter, CookieOfAnn>());
    }

    public ValueTask DisposeAsync() => _cambist.DisposeAsync();

    [Fact]
    public async Task A_token_in_the_header_opens_the_stream_of_its_account()
    {
        using var ann = await Listener.OpenAsync(_cambist, "ann", "token-of-ann");

        Assert.Equal("""{"type":"authenticated","user_id":"ann","expires_at":"2026-03-18T12:15:00Z","sequence":0}""", await ann.NextAsync());
        Assert.Null(ann.SubProtocol);
    }

    [Fact]
    public async Task A_token_may_come_as_a_sub_protocol_and_is_not_sent_back()
    {
        using var ann = await Listener.OpenAsync(_cambist, "ann", null, "cambist.v1", "bearer.token-of-ann");

        Assert.Contains("authenticated", await ann.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("cambist.v1", ann.SubProtocol);
    }

    [Fact]
    public async Task A_token_may_come_in_the_first_message()
    {
        using var ann = await Listener.OpenAsync(_cambist, "ann", null);
        Publish("ann", 1);
        await ann.SayAsync("""{"type":"authenticate","token":"token-of-ann"}""");
        Assert.Contains("authenticated", await ann.NextAsync(), StringComparison.Ordinal);

        Publish("ann", 2);
        Assert.Equal("""{"type":"alert","payload":{"number":2},"timestamp":"2026-03-18T12:00:00Z","sequence":1}""", await ann.NextAsync());
    }

    [Fact]
    public async Task Rates_and_personal_messages_are_numbered_together_and_come_to_every_client_of_the_account_alone()
    {
        Rate(1.08m, 0);
        using var one = await Listener.OpenAsync(_cambist, "ann", "token-of-ann");
        using var other = await Listener.OpenAsync(_cambist, "ann", "token-of-ann");
        using var bob = await Listener.OpenAsync(_cambist, "bob", "token-of-bob");
        foreach (var listener in new[] { one, other, bob })
        {
            await listener.NextAsync();
            await listener.SubscribeAsync("EUR/USD");
            Assert.Contains("snapshot", await listener.NextAsync(), StringComparison.Ordinal);
        }

        Personal.Publish("ann", PersonalMessage.RecommendationChange, Json("""{"pair":"EUR/USD"}"""));
        Personal.Publish("ann", PersonalMessage.GoalProgress, Json("{}"));
        foreach (var listener in new[] { one, other })
        {
            Assert.Equal("""{"type":"recommendation_change","payload":{"pair":"EUR/USD"},"timestamp":"2026-03-18T12:00:00Z","sequence":2}""", await listener.NextAsync());
            Assert.Equal("""{"type":"goal_progress","payload":{},"timestamp":"2026-03-18T12:00:00Z","sequence":3}""", await listener.NextAsync());
        }

        Rate(1.09m, 1);
        Assert.EndsWith("\"sequence\":4}", await one.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"type":"rate_update","currency_pair":"EUR/USD","rate":"1.09","timestamp":"2026-03-18T12:00:01Z","sequence":2}""", await bob.NextAsync());
    }

    [Theory]
    [InlineData("/ws/ann?token=token-of-ann", null, null, 400)]
    [InlineData("/ws/ann?access_token=x", "token-of-ann", null, 400)]
    [InlineData("/ws/ann", "token-of-nobody", null, 401)]
    [InlineData("/ws/ann", "past-of-ann", null, 401)]
    [InlineData("/ws/ann", "ended-of-ann", null, 401)]
    [InlineData("/ws/ann", "token-of-bob", null, 403)]
    [InlineData("/ws/nobody", "token-of-bob", null, 403)]
    [InlineData("/ws/ANN", "token-of-ann", null, 403)]
    [InlineData("/ws/ann", "token-of-ann", "https://evil.example", 403)]
    [InlineData("/ws/ann", "token-of-ann", "https://my.bank.example", 101)]
    [InlineData("/ws/ann", "token-of-ann", null, 101)]
    public async Task Who_shows_a_wrong_token_is_refused_before_a_stream_is_open(string path, string? token, string? origin, int status)
    {
        using var request = Handshake(path, origin);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        Assert.Equal(status, await StatusAsync(request));
    }

    [Fact]
    public async Task The_refusal_of_another_account_is_the_same_whether_there_is_one()
    {
        var told = new List<string>();
        foreach (var account in new[] { "bob", "nobody" })
        {
            using var request = Handshake($"/ws/{account}", null);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer token-of-ann");
            request.Headers.TryAddWithoutValidation("X-Correlation-Id", "same");
            using var answer = await _cambist.Http.SendAsync(request, TestContext.Current.CancellationToken);
            told.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Contains("stream_forbidden", told[0], StringComparison.Ordinal);
        Assert.Equal(told[0], told[1]);
    }

    [Theory]
    [InlineData("""{"type":"authenticate","token":"token-of-nobody"}""", "token_invalid", 4401)]
    [InlineData("""{"type":"authenticate","token":"past-of-ann"}""", "token_invalid", 4401)]
    [InlineData("""{"type":"authenticate","token":"ended-of-ann"}""", "session_ended", 4401)]
    [InlineData("""{"type":"authenticate","token":"token-of-bob"}""", "stream_forbidden", 4403)]
    [InlineData("""{"type":"authenticate","token":""}""", "token_missing", 4401)]
    [InlineData("""{"type":"authenticate","token":7}""", "token_missing", 4401)]
    [InlineData("""{"type":"subscribe","pairs":["EUR/USD"]}""", "token_missing", 4401)]
    [InlineData("""{"type":"ping"}""", "token_missing", 4401)]
    [InlineData("no json", "token_missing", 4401)]
    public async Task A_first_message_that_shows_no_good_token_ends_the_stream(string message, string code, int close)
    {
        using var listener = await Listener.OpenAsync(_cambist, "ann", null);
        await listener.SayAsync(message);

        await EndsAsync(listener, code, close);
    }

    [Fact]
    public async Task A_first_message_that_is_too_large_ends_the_stream()
    {
        using var listener = await Listener.OpenAsync(_cambist, "ann", null);
        await listener.SayAsync($$"""{"type":"authenticate","token":"{{new string('x', 5000)}}"}""");

        await EndsAsync(listener, "message_too_large", 1009);
    }

    [Fact]
    public async Task A_flood_of_tokens_ends_the_stream()
    {
        using var listener = await Listener.OpenAsync(_cambist, "ann", "token-of-ann");
        Assert.Contains("authenticated", await listener.NextAsync(), StringComparison.Ordinal);
        for (var count = 0; count < 21; count++)
        {
            await listener.SayAsync("""{"type":"authenticate","token":"token-of-nobody"}""");
        }

        for (var count = 0; count < 20; count++)
        {
            Assert.Equal("token_invalid", await listener.NextCodeAsync());
        }

        await EndsAsync(listener, "too_many_messages", 1008);
    }

    [Fact]
    public async Task Who_says_nothing_is_let_go_after_ten_seconds_and_told_nothing_before()
    {
        using var listener = await Listener.OpenAsync(_cambist, "ann", null);
        while (_cambist.Service<StreamHub>().Clients == 0)
        {
            // The answer comes before the client is looked at.
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Advance(TimeSpan.FromSeconds(8));
        var next = listener.NextCodeAsync();
        Assert.False(next.IsCompleted);
        Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("token_missing", await next);
        Assert.Null(await listener.NextAsync());
        Assert.Equal((WebSocketCloseStatus)4401, listener.CloseStatus);
    }

    [Fact]
    public async Task A_token_that_ends_ends_the_stream()
    {
        using var listener = await Listener.OpenAsync(_cambist, "ann", "token-of-ann");
        await listener.NextAsync();
        await EndsAfterAsync(listener, TimeSpan.FromMinutes(15), "token_expired");
    }

    [Fact]
    public async Task A_newer_token_in_time_keeps_the_stream_and_a_bad_one_changes_nothing()
    {
        using var listener = await Listener.OpenAsync(_cambist, "ann", "token-of-ann");
        await listener.NextAsync();
        await listener.SayAsync("""{"type":"authenticate","token":"token-of-nobody"}""");
        Assert.Equal("token_invalid", await listener.NextCodeAsync());
        await listener.SayAsync("""{"type":"authenticate","token":"newer-of-ann"}""");
        Assert.Contains("12:25:00Z", await listener.NextAsync(), StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromMinutes(20));
        await listener.SayAsync("""{"type":"ping"}""");
        while (!(await listener.NextAsync())!.Contains("pong", StringComparison.Ordinal))
        {
        }

        Publish("ann", 1);
        while (!(await listener.NextAsync())!.Contains("alert", StringComparison.Ordinal))
        {
        }

        await EndsAfterAsync(listener, TimeSpan.FromMinutes(5), "token_expired");
    }

    [Fact]
    public async Task The_token_of_another_account_ends_a_stream_that_is_open()
    {
        using var listener = await Listener.OpenAsync(_cambist, "ann", "token-of-ann");
        await listener.NextAsync();
        await listener.SayAsync("""{"type":"authenticate","token":"token-of-bob"}""");

        await EndsAsync(listener, "stream_forbidden", 4403);
    }

    [Fact]
    public async Task A_message_that_comes_once_for_each_client_comes_once_after_two_tokens()
    {
        using var listener = await Listener.OpenAsync(_cambist, "ann", "token-of-ann");
        await listener.NextAsync();
        await listener.SayAsync("""{"type":"authenticate","token":"token-of-ann"}""");
        await listener.NextAsync();

        Publish("ann", 1);
        Publish("ann", 2);
        Assert.Contains("\"number\":1", await listener.NextAsync(), StringComparison.Ordinal);
        Assert.Contains("\"number\":2", await listener.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_session_ends_the_stream_does()
    {
        using var listener = await Listener.OpenAsync(_cambist, "ann", "token-of-ann");
        await listener.NextAsync();
        _accounts.End("s1");

        await EndsAfterAsync(listener, TimeSpan.FromSeconds(1), "session_ended");
    }

    [Theory]
    [InlineData(null, "ann", "token_missing")]
    [InlineData("https://my.bank.example", "ann", "token_missing")]
    public async Task The_cookie_of_a_page_counts_for_no_page_of_another_host(string? origin, string account, string code)
    {
        using var listener = await Listener.ConnectAsync(_cambist, origin, $"/ws/{account}?cookie=yes");
        await listener.SayAsync("""{"type":"ping"}""");

        await EndsAsync(listener, code, 4401);
    }

    [Fact]
    public async Task The_cookie_of_a_page_of_the_service_opens_the_stream_of_its_account_until_the_session_ends()
    {
        var own = _cambist.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        using var refused = Handshake("/ws/bob?cookie=yes", own);
        Assert.Equal(403, await StatusAsync(refused));

        using var listener = await Listener.ConnectAsync(_cambist, own, "/ws/ann?cookie=yes");
        Assert.Equal("""{"type":"authenticated","user_id":"ann","sequence":0}""", await listener.NextAsync());
        _accounts.End("s5");
        await EndsAfterAsync(listener, TimeSpan.FromSeconds(1), "session_ended");
    }

    [Fact]
    public async Task Who_goes_is_forgotten()
    {
        using (var listener = await Listener.OpenAsync(_cambist, "ann", "token-of-ann"))
        {
            await listener.NextAsync();
            Assert.Equal(1, _cambist.Service<PersonalListeners>().Accounts);
            await listener.CloseAsync();
        }

        while (_cambist.Service<PersonalListeners>().Accounts > 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("ann", "[]")]
    [InlineData("ann", "7")]
    public void Only_an_object_for_an_account_can_be_published(string account, string payload) =>
        Assert.ThrowsAny<ArgumentException>(() => Personal.Publish(account, PersonalMessage.Alert, Json(payload)));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static HttpRequestMessage Handshake(string path, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in new[] { ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==") })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return request;
    }

    private static async Task EndsAsync(Listener listener, string code, int close)
    {
        Assert.Equal(code, await listener.NextCodeAsync());
        Assert.Null(await listener.NextAsync());
        Assert.Equal((WebSocketCloseStatus)close, listener.CloseStatus);
    }

    private async Task<int> StatusAsync(HttpRequestMessage request)
    {
        using var answer = await _cambist.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    // Signs of life may come before.
    private async Task EndsAfterAsync(Listener listener, TimeSpan time, string code)
    {
        Advance(time);
        var told = "";
        while (!told.Contains("\"error\"", StringComparison.Ordinal))
        {
            told = (await listener.NextAsync())!;
        }

        Assert.Contains($"\"{code}\"", told, StringComparison.Ordinal);
        Assert.Null(await listener.NextAsync());
        Assert.Equal((WebSocketCloseStatus)4401, listener.CloseStatus);
    }

    // And a second more, for a look may fall between the two. Not many: a client has five to answer a close.
    private void Advance(TimeSpan time)
    {
        _clock.Advance(time);
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    private void Publish(string account, int number) => Personal.Publish(account, PersonalMessage.Alert, Json($$"""{"number":{{number}}}"""));

    private void Rate(decimal mid, double seconds) => _cambist.Service<RateBook>().Publish(new RateObservation(
        TwoSidedRate.AtMid(CurrencyPair.Parse("EUR/USD"), mid), SpreadKnown: false, "test", Now.AddSeconds(seconds), Now.AddSeconds(seconds), TimeSpan.FromHours(1)));

    /// <summary>Stands for the cookie of a page: who asks with <c>?cookie=yes</c> is Ann.</summary>
    private sealed class CookieOfAnn : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                if (context.Request.Query.ContainsKey("cookie"))
                {
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "ann"), new Claim("sid", "s5")], "cookie"));
                }

                return rest(context);
            });
            next(app);
        };
    }
}
