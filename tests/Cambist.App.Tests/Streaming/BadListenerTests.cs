using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Cambist.App.Rates;
using Cambist.App.Tests.Faces;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>What a client does wrong is told to it, and harms nobody else.</summary>
public sealed class BadListenerTests : IAsyncLifetime
{
    private const string Ping = """{"type":"ping"}""";
    private RunningCambist _cambist = null!;

    public async ValueTask InitializeAsync() => _cambist = await StartAsync(pingSeconds: 3600);

    public ValueTask DisposeAsync() => _cambist.DisposeAsync();

    [Theory]
    [InlineData("", "bad_json")]
    [InlineData("no json", "bad_json")]
    [InlineData("[]", "bad_json")]
    [InlineData("null", "bad_json")]
    [InlineData("""{"type":"ping","type":"subscribe"}""", "bad_json")]
    [InlineData("""{"type":"ping"}{"type":"ping"}""", "bad_json")]
    [InlineData("""{"type":"\ud800"}""", "bad_json")]
    [InlineData("""{"a":{"b":{"c":{"d":{"e":1}}}}}""", "bad_json")]
    [InlineData("{}", "unknown_type")]
    [InlineData("""{"type":1}""", "unknown_type")]
    [InlineData("""{"type":"authenticate","token":"x"}""", "unknown_type")]
    [InlineData("""{"type":"subscribe"}""", "missing_field")]
    [InlineData("""{"type":"subscribe","pairs":[]}""", "missing_field")]
    [InlineData("""{"type":"unsubscribe","pairs":"EUR/USD"}""", "missing_field")]
    [InlineData("""{"type":"subscribe","pairs":["EUR/USD","EUR/XXX"]}""", "unknown_pair")]
    [InlineData("""{"type":"subscribe","pairs":["EUR/EUR"]}""", "unknown_pair")]
    [InlineData("""{"type":"subscribe","pairs":[1]}""", "unknown_pair")]
    [InlineData("""{"type":"unsubscribe","pairs":[null]}""", "unknown_pair")]
    [InlineData("""{"type":"subscribe","pairs":["\"},{\"type\":\"x"]}""", "unknown_pair")]
    [InlineData("""{"type":"subscribe","pairs":[""]}""", "unknown_pair")]
    [InlineData("""{"type":"subscribe","pairs":["EUR/USD","EUR/JPY","EUR/CHF","EUR/GBP"]}""", "too_many_subscriptions")]
    public async Task A_message_that_cannot_be_done_is_answered_with_a_code_and_changes_nothing(string message, string code)
    {
        using var listener = await Listener.ConnectAsync(_cambist);
        await listener.SayAsync(message);
        Assert.Equal(code, await listener.NextCodeAsync());

        await listener.SayAsync(Ping);
        Assert.Contains("pong", await listener.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_binary_message_ends_the_connection()
    {
        using var listener = await Listener.ConnectAsync(_cambist);
        await listener.SayAsync(Ping, WebSocketMessageType.Binary);

        await EndsAsync(listener, "binary_refused", WebSocketCloseStatus.InvalidMessageType);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(400)]
    public async Task A_message_that_is_too_long_ends_the_connection(int pieces)
    {
        using var listener = await Listener.ConnectAsync(_cambist);
        for (var piece = 1; piece <= pieces; piece++)
        {
            await listener.SayAsync(new byte[5000 / pieces], isWhole: piece == pieces);
        }

        await EndsAsync(listener, "message_too_large", WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task A_flood_of_messages_ends_the_connection()
    {
        using var listener = await Listener.ConnectAsync(_cambist);
        for (var count = 0; count < 6; count++)
        {
            await listener.SayAsync(Ping);
        }

        for (var count = 0; count < 5; count++)
        {
            Assert.Contains("pong", await listener.NextAsync(), StringComparison.Ordinal);
        }

        await EndsAsync(listener, "too_many_messages", WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task A_text_that_is_no_UTF_8_ends_only_its_own_connection()
    {
        using var bad = await Listener.ConnectAsync(_cambist);
        using var good = await Listener.ConnectAsync(_cambist);
        await bad.SayAsync([0xC3, 0x28]);
        // Closed or reset: what it reads first depends on which of them arrives.
        Assert.True(await Record.ExceptionAsync(bad.NextAsync) is null or WebSocketException);

        await good.SayAsync(Ping);
        Assert.Contains("pong", await good.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_has_so_many_clients_and_a_place_that_is_left_is_free()
    {
        using var first = await Listener.ConnectAsync(_cambist);
        using var second = await Listener.ConnectAsync(_cambist);
        Assert.Equal(429, await StatusAsync(null));

        await first.CloseAsync();
        while (await StatusAsync(null) != 101)
        {
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("", 403)]
    [InlineData("http://127.0.0.1:1", 403)]
    [InlineData("https://my.bank.example.evil.example", 403)]
    [InlineData("https://my.bank.example", 101)]
    [InlineData(null, 101)]
    public async Task A_page_of_another_host_may_open_a_stream_only_where_it_is_allowed(string? origin, int status) => Assert.Equal(status, await StatusAsync(origin));

    [Fact]
    public async Task A_page_of_the_service_may_open_a_stream() => Assert.Equal(101, await StatusAsync(_cambist.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)));

    [Fact]
    public async Task A_request_that_is_no_websocket_is_told_what_is_wanted()
    {
        var answer = await _cambist.Http.Get("/ws/rates");

        Assert.Equal(("websocket_required", 426), (answer.Json().GetProperty("code").GetString(), answer.Json().GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task A_client_that_answers_no_ping_is_let_go()
    {
        await using var cambist = await StartAsync(pingSeconds: 1);
        using var silent = new TcpClient();
        await silent.ConnectAsync(IPAddress.Loopback, cambist.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await silent.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /ws/rates HTTP/1.1\r\nHost: {cambist.Http.BaseAddress.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), TestContext.Current.CancellationToken);

        var (buffer, read) = (new byte[4096], 1);
        while (read > 0)
        {
            try
            {
                read = await silent.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                read = 0;
            }
        }
    }

    // Pings go by the real time: with few seconds between them whoever is busy and answers none is let go.
    private static Task<RunningCambist> StartAsync(int pingSeconds) => RunningCambist.StartAsync(MarketMode.Replay, new FakeTimeProvider(), settings: new Dictionary<string, string?>
    {
        ["RateLimits:CountLoopback"] = "true",
        ["RateLimits:Anonymous"] = "0",
        ["Streams:MostClientsPerAddress"] = "2",
        ["Streams:MostSubscriptions"] = "3",
        ["Streams:MostMessagesPerSecond"] = "5",
        ["Streams:PingSeconds"] = $"{pingSeconds}",
        ["Cors:Origins"] = "https://other.example, https://my.bank.example",
    });

    private static async Task EndsAsync(Listener listener, string code, WebSocketCloseStatus status)
    {
        Assert.Equal(code, await listener.NextCodeAsync());
        Assert.Null(await listener.NextAsync());
        Assert.Equal(status, listener.CloseStatus);
        Assert.StartsWith(code, listener.CloseReason, StringComparison.Ordinal);
    }

    private async Task<int> StatusAsync(string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ws/rates");
        foreach (var (name, value) in new[] { ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==") })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        using var answer = await _cambist.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }
}
