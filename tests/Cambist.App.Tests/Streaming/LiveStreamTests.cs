using System.Net.WebSockets;
using Cambist.App.Rates;
using Cambist.App.Streaming;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Streaming;

public sealed class LiveStreamTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);
    private RunningCambist _cambist = null!;

    public async ValueTask InitializeAsync() => _cambist = await RunningCambist.StartAsync(MarketMode.Replay, _clock);

    public ValueTask DisposeAsync() => _cambist.DisposeAsync();

    [Fact]
    public async Task A_snapshot_comes_first_then_what_changes_crosses_included_each_with_the_next_number()
    {
        Publish("EUR/USD", 1.08m);
        Publish("USD/JPY", 150m);
        using var listener = await Listener.ConnectAsync(_cambist);
        await listener.SubscribeAsync("EUR/JPY", "eurusd", "USD/SEK");

        Assert.Equal(
            """{"type":"snapshot","rates":[{"currency_pair":"EUR/JPY","rate":"162","timestamp":"2026-03-18T12:00:00Z"},{"currency_pair":"EUR/USD","rate":"1.08","timestamp":"2026-03-18T12:00:00Z"}],"sequence":1}""",
            await listener.NextAsync());

        Publish("GBP/CHF", 1.1m, seconds: 1);
        Publish("USD/JPY", 151m, seconds: 1.5);
        Assert.Equal("""{"type":"rate_update","currency_pair":"EUR/JPY","rate":"163.08","timestamp":"2026-03-18T12:00:00Z","sequence":2}""", await listener.NextAsync());

        Publish("USD/SEK", 9.5m, seconds: 2.25);
        Assert.Equal("""{"type":"rate_update","currency_pair":"USD/SEK","rate":"9.5","timestamp":"2026-03-18T12:00:02.25Z","sequence":3}""", await listener.NextAsync());
    }

    [Fact]
    public async Task Who_subscribes_again_gets_a_snapshot_again_and_changes_once()
    {
        Publish("EUR/USD", 1.08m);
        using var listener = await Listener.ConnectAsync(_cambist);
        await listener.SubscribeAsync("EUR/USD");
        await listener.SubscribeAsync("EUR/USD", "EUR/USD");
        Assert.EndsWith("\"sequence\":1}", await listener.NextAsync(), StringComparison.Ordinal);
        Assert.EndsWith("\"sequence\":2}", await listener.NextAsync(), StringComparison.Ordinal);

        Publish("EUR/USD", 1.09m, seconds: 1);
        await listener.NextAsync();
        Publish("EUR/USD", 1.10m, seconds: 2);

        Assert.Contains("\"rate\":\"1.1\"", await listener.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_longer_subscribed_to_does_not_come()
    {
        using var listener = await Listener.ConnectAsync(_cambist);
        await listener.SubscribeAsync("EUR/USD", "USD/JPY");
        await listener.NextAsync();
        await listener.SayAsync("""{"type":"unsubscribe","pairs":["EUR/USD","GBP/USD"]}""");
        Assert.Equal("""{"type":"unsubscribed","pairs":["EUR/USD","GBP/USD"]}""", await listener.NextAsync());

        Publish("EUR/USD", 1.08m);
        Publish("USD/JPY", 150m);

        Assert.Contains("USD/JPY", await listener.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_changes_there_is_a_sign_of_life_with_the_last_number()
    {
        using var listener = await Listener.ConnectAsync(_cambist);
        await listener.SubscribeAsync("EUR/USD");
        await listener.NextAsync();

        var next = listener.NextAsync();
        while (!next.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Matches("""^\{"type":"heartbeat","timestamp":"2026-03-18T\d\d:\d\d:\d\dZ","sequence":1\}$""", await next);
    }

    [Fact]
    public async Task A_rate_that_becomes_stale_is_told_once_and_a_snapshot_says_so()
    {
        Publish("EUR/USD", 1.08m);
        using var listener = await Listener.ConnectAsync(_cambist);
        await listener.SubscribeAsync("EUR/USD");
        Assert.DoesNotContain("stale", await listener.NextAsync(), StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromMinutes(59));
        var told = await NextChangeAsync(listener);
        Assert.Equal("""{"type":"rate_stale","currency_pair":"EUR/USD","rate":"1.08","timestamp":"2026-03-18T12:00:00Z","stale":true,"sequence":2}""", told);
        Assert.True(_clock.GetUtcNow() > Now.AddHours(1));

        using var late = await Listener.ConnectAsync(_cambist);
        await late.SubscribeAsync("EUR/USD");
        Assert.Equal("""{"type":"snapshot","rates":[{"currency_pair":"EUR/USD","rate":"1.08","timestamp":"2026-03-18T12:00:00Z","stale":true}],"sequence":1}""", await late.NextAsync());

        for (var turn = 0; turn < 4; turn++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Publish("EUR/USD", 1.09m, (_clock.GetUtcNow() - Now).TotalSeconds);
        var change = await NextChangeAsync(listener, advance: false);
        Assert.StartsWith("""{"type":"rate_update","currency_pair":"EUR/USD","rate":"1.09",""", change, StringComparison.Ordinal);
        Assert.EndsWith("Z\",\"sequence\":3}", change, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_a_weekend_no_rate_becomes_stale()
    {
        _clock.SetUtcNow(new DateTimeOffset(2026, 3, 20, 20, 59, 0, TimeSpan.Zero));
        Publish("EUR/USD", 1.08m, seconds: (_clock.GetUtcNow() - Now).TotalSeconds);
        _clock.Advance(TimeSpan.FromHours(30));
        using var listener = await Listener.ConnectAsync(_cambist);
        await listener.SubscribeAsync("EUR/USD");

        Assert.DoesNotContain("stale", await listener.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ping_is_answered()
    {
        using var listener = await Listener.ConnectAsync(_cambist);
        await listener.SayAsync("""{"type":"pi""", isWhole: false);
        await listener.SayAsync("""ng"}""");

        Assert.Equal("""{"type":"pong","sequence":0}""", await listener.NextAsync());
    }

    [Fact]
    public async Task A_service_that_stops_says_so()
    {
        var cambist = await RunningCambist.StartAsync(MarketMode.Replay, _clock);
        using var listener = await Listener.ConnectAsync(cambist);
        await listener.SayAsync("""{"type":"ping"}""");
        await listener.NextAsync();
        await cambist.DisposeAsync();

        Assert.Null(await listener.NextAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, listener.CloseStatus);
        Assert.StartsWith("service_stops", listener.CloseReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_goes_is_forgotten_with_what_he_followed()
    {
        using (var listener = await Listener.ConnectAsync(_cambist))
        {
            await listener.SubscribeAsync("EUR/USD");
            await listener.NextAsync();
            Assert.Equal((1, 1), (_cambist.Service<StreamHub>().Clients, _cambist.Service<StreamHub>().Topics.Count));
            await listener.CloseAsync();
            Assert.Equal(WebSocketCloseStatus.NormalClosure, listener.CloseStatus);
        }

        while (_cambist.Service<StreamHub>() is { Clients: not 0 } or { Topics.Count: not 0 })
        {
            await Task.Yield();
        }
    }

    // Signs of life come between, for each step of the clock.
    private async Task<string> NextChangeAsync(Listener listener, bool advance = true)
    {
        while (true)
        {
            var next = listener.NextAsync();
            while (advance && !next.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            if (await next is { } told && !told.Contains("heartbeat", StringComparison.Ordinal))
            {
                return told;
            }
        }
    }

    private void Publish(string pair, decimal mid, double seconds = 0) => _cambist.Service<RateBook>().Publish(new RateObservation(
        TwoSidedRate.AtMid(CurrencyPair.Parse(pair), mid), SpreadKnown: false, "test", Now.AddSeconds(seconds), Now.AddSeconds(seconds), TimeSpan.FromHours(1)));
}
