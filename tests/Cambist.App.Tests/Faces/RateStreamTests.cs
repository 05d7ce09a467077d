using System.Diagnostics;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

public sealed class RateStreamTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_comes_first_then_what_changes_crosses_included()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, _clock);
        var book = cambist.Service<RateBook>();
        book.Publish(Rate("EUR/USD", 1.08m), Rate("USD/JPY", 150m), Rate("GBP/USD", 1.27m));
        await using var events = new CambistClient(cambist.Http).RateStreamAsync(["EUR/JPY", "EUR/USD", "USD/SEK"], Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal([("EUR/JPY", 162m), ("EUR/USD", 1.08m)], events.Current.Snapshot!.Rates.Select(rate => (rate.Pair, rate.Rate)));

        book.Publish(Rate("GBP/USD", 1.28m, seconds: 1));
        book.Publish(Rate("USD/JPY", 151m, seconds: 1));
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("EUR/JPY", 163.08m, "live"), (events.Current.Rate!.Pair, events.Current.Rate.Rate, events.Current.Rate.Kind));

        book.Publish(Rate("USD/SEK", 9.5m, seconds: 2));
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("USD/SEK", "test"), (events.Current.Rate!.Pair, Assert.Single(events.Current.Rate.Sources)));
    }

    [Fact]
    public async Task Where_nothing_changes_there_is_a_sign_of_life_every_15_seconds()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, _clock);
        await using var events = new CambistClient(cambist.Http).RateStreamAsync([], Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());
        Assert.Empty(events.Current.Snapshot!.Rates);

        var beat = events.MoveNextAsync().AsTask();
        while (!beat.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(await beat);
        Assert.Equal(new RateEvent(null, null), events.Current);
    }

    [Fact]
    public async Task A_reader_that_reads_nothing_holds_up_nobody_and_misses_no_last_state()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, _clock);
        var book = cambist.Service<RateBook>();
        var client = new CambistClient(cambist.Http);
        await using var slow = client.RateStreamAsync(["EUR/USD"], Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await slow.MoveNextAsync());

        var started = Stopwatch.GetTimestamp();
        for (var turn = 1; turn <= 20_000; turn++)
        {
            book.Publish(Rate("EUR/USD", 1m + turn * 0.00001m, seconds: 0.001 * turn));
        }

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "Publishing waits for no reader.");
        while (slow.Current.Rate?.Rate != 1.2m)
        {
            Assert.True(await slow.MoveNextAsync());
        }
    }

    [Fact]
    public async Task A_stream_ends_when_the_service_stops()
    {
        var cambist = await RunningCambist.StartAsync(MarketMode.Replay, _clock);
        using var http = new HttpClient { BaseAddress = cambist.Http.BaseAddress };
        await using var events = new CambistClient(http).RateStreamAsync([], Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());

        var started = Stopwatch.GetTimestamp();
        await cambist.DisposeAsync();

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "A service that stops waits for no reader.");
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task Latest_rates_come_as_CSV_and_as_lines_of_JSON_too()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, _clock);
        cambist.Service<RateBook>().Publish(Rate("EUR/USD", 1.08m) with { Source = "kraken,wise" });

        var csv = await cambist.Http.Get("/api/v1/rates/latest", "text/csv");
        var lines = await cambist.Http.Get("/api/v1/rates/latest", "application/x-ndjson");
        var json = (await cambist.Http.Get("/api/v1/rates/latest")).Json().GetProperty("rates")[0];

        Assert.Equal(("text/csv", "application/x-ndjson"), (csv.ContentType, lines.ContentType));
        Assert.Equal(
            "pair,rate,bid,ask,spread_bps,kind,source,effective_at,observed_at,age_seconds,stale,market,simulated\n"
            + "EUR/USD,1.08,,,,live,\"kraken,wise\",2026-03-18T12:00:00Z,2026-03-18T12:00:00Z,0,false,open,false\n",
            csv.Body);
        Assert.Equal(json.ToString() + "\n", lines.Body);
        Assert.Equal(["kraken", "wise"], json.GetProperty("sources").EnumerateArray().Select(source => source.GetString()));
    }

    private static RateObservation Rate(string pair, decimal mid, double seconds = 0) => new(
        TwoSidedRate.AtMid(CurrencyPair.Parse(pair), mid), SpreadKnown: false, "test", Now.AddSeconds(seconds), Now.AddSeconds(seconds), TimeSpan.FromHours(1));
}
