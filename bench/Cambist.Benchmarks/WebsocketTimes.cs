using System.Diagnostics;
using System.Globalization;
using Cambist.App.Rates;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;

namespace Cambist.Benchmarks;

/// <summary>How soon an update of a rate has reached the last of many websocket clients, all of the same pair, and how much memory a client costs.</summary>
internal static class WebsocketTimes
{
    /// <summary>The number in the rate of the first update: six digits, the last of which is no zero that would be cut off.</summary>
    public const int FirstUpdate = 100_011;

    /// <summary>From one update's number to the next.</summary>
    public const int Step = 10;

    private const int WarmUp = 20;
    private static readonly CurrencyPair Pair = CurrencyPair.Parse("EUR/USD");

    /// <summary>Measures it with so many clients.</summary>
    public static async Task RunAsync(int clients, int updates, int perSecond)
    {
        var total = WarmUp + updates;
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, settings: new Dictionary<string, string?>
        {
            ["Streams:MostClientsPerAddress"] = "100000",
            ["Streams:MostClients"] = "100000",
            // The clients here answer no ping.
            ["Streams:PingSeconds"] = "3600",
        });
        using var served = new ServedUpdates(clients);
        var book = cambist.Service<RateBook>();
        book.Publish(At(-1));
        var (heapBefore, setBefore) = Memory();
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "websocket-listeners", Text(cambist.Http.BaseAddress!.Port), Text(clients), Text(total) },
            RedirectStandardOutput = true,
        })!;
        await UntilAsync(child, line => line == "ready");
        var (heapAfter, setAfter) = Memory();

        var (milliseconds, sending) = (new List<double>(), new List<double>());
        var worked = Worked();
        for (var update = 0; update < total; update++)
        {
            served.Begin();
            var sent = Stopwatch.GetTimestamp();
            book.Publish(At(update));
            var line = await UntilAsync(child, line => line.StartsWith(Text(update) + " ", StringComparison.Ordinal));
            milliseconds.Add(Stopwatch.GetElapsedTime(sent, long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)).TotalMilliseconds);
            sending.Add(Stopwatch.GetElapsedTime(sent, served.LastSentAt).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(1.0 / perSecond));
        }

        worked = Worked() - worked;
        var (heapUsed, setUsed) = Memory();
        child.Kill();
        await child.WaitForExitAsync();
        var sorted = milliseconds.Skip(WarmUp).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{clients} clients, {updates} updates, from published to received by the last client: median {sorted[updates / 2]:0.0} ms, p99 {sorted[(updates - 1) * 99 / 100]:0.0} ms, longest {sorted[^1]:0.0} ms; "
            + $"until the service had sent it to the last: median {sending.Skip(WarmUp).Order().ElementAt(updates / 2):0.0} ms; "
            + $"processor time of the service {worked.TotalMilliseconds / total:0.0} ms an update; "
            + $"memory a client: managed {(heapAfter - heapBefore) / 1024.0 / clients:0.0} KB, resident {(setAfter - setBefore) / 1024.0 / clients:0.0} KB, after the updates {(heapUsed - heapBefore) / 1024.0 / clients:0.0} and {(setUsed - setBefore) / 1024.0 / clients:0.0} KB"));
    }

    private static async Task<string> UntilAsync(Process child, Predicate<string> isIt)
    {
        while (true)
        {
            var line = await child.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The process of the clients ended; each of the two processes needs a file descriptor for each client (ulimit -n).");
            if (isIt(line))
            {
                return line;
            }
        }
    }

    // Eight significant digits: 1.0 and the six of the update's number.
    private static RateObservation At(int update)
    {
        var now = DateTimeOffset.UtcNow;
        return new RateObservation(TwoSidedRate.AtMid(Pair, 1m + (FirstUpdate + update * Step) / 10_000_000m), SpreadKnown: false, "bench", now, now, TimeSpan.FromHours(1));
    }

    private static (long Heap, long Resident) Memory()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        return (heap, self.WorkingSet64);
    }

    private static TimeSpan Worked()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
