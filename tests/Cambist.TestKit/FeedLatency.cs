using System.Diagnostics;
using System.Globalization;
using Cambist.App.Rates;
using Cambist.Domain.Currencies;

namespace Cambist.TestKit;

/// <summary>How long rates take from a feed's server, over a real socket and through the real service, until a reader of the rate book sees them.</summary>
/// <param name="Updates">How many were sent.</param>
/// <param name="Seconds">How long sending took.</param>
/// <param name="Median">Of the time from the sending of an update until it, or a later one, is visible.</param>
/// <param name="P99">99 of 100 were visible after this time.</param>
/// <param name="Longest">The longest time.</param>
public sealed record FeedLatency(int Updates, double Seconds, TimeSpan Median, TimeSpan P99, TimeSpan Longest)
{
    private const int WarmUp = 200;
    private const decimal First = 1.08m;
    private const decimal Step = 0.0000001m;
    private static readonly CurrencyPair Pair = CurrencyPair.Parse("EUR/USD");

    /// <summary>Measures it with Kraken's frames, evenly spread in time.</summary>
    public static async Task<FeedLatency> MeasureAsync(int updates, int perSecond, CancellationToken cancellationToken)
    {
        await using var server = await StandInFeed.StartAsync();
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, feed: server.Address);
        var connection = await server.NextAsync(cancellationToken);
        var book = cambist.Service<RateBook>();
        var sent = new long[WarmUp + updates];
        var seen = new long[WarmUp + updates];
        var reader = new Thread(() => Watch(book, seen, cancellationToken)) { IsBackground = true };
        reader.Start();

        var start = Stopwatch.GetTimestamp();
        for (var update = 0; update < sent.Length; update++)
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond < update)
            {
                Thread.Yield();
            }

            sent[update] = Stopwatch.GetTimestamp();
            await connection.SendAsync(Frame(update), cancellationToken);
        }

        var seconds = Stopwatch.GetElapsedTime(sent[WarmUp], sent[^1]).TotalSeconds;
        reader.Join();
        cancellationToken.ThrowIfCancellationRequested();
        var latencies = Enumerable.Range(WarmUp, updates).Select(update => Stopwatch.GetElapsedTime(sent[update], seen[update])).Order().ToArray();
        return new FeedLatency(updates, seconds, latencies[updates / 2], latencies[(updates - 1) * 99 / 100], latencies[^1]);
    }

    // The number of an update is in its price.
    private static string Frame(int update) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"channel":"ticker","type":"update","data":[{"symbol":"EUR/USD","bid":{{First + (update + 1) * Step}},"bid_qty":8000.0,"ask":{{First + (update + 1) * Step + 0.0001m}},"ask_qty":12000.0,"last":1.08450,"volume":5120330.7,"vwap":1.0839,"low":1.0812,"high":1.08533,"change":0.0024,"change_pct":0.22}]}""");

    private static void Watch(RateBook book, long[] seen, CancellationToken cancellationToken)
    {
        var next = 0;
        while (next < seen.Length && !cancellationToken.IsCancellationRequested)
        {
            var visible = book.Find(Pair) is { } observation ? (int)((observation.Rate.Bid - First) / Step) : 0;
            var now = Stopwatch.GetTimestamp();
            while (next < visible)
            {
                seen[next++] = now;
            }

            Thread.Yield();
        }
    }
}
