using System.Diagnostics;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;

namespace Cambist.Benchmarks;

/// <summary>
/// <c>-- ten-million-ticks</c>: fills a store with ten million ticks, rolls their hours up, and tells how long it takes to read the last 168 closes of a pair, and
/// the ticks of its last hour, as percentiles of single reads; a benchmark's means would hide the slow ones.
/// </summary>
internal static class TenMillionTicks
{
    private const int Ticks = 10_000_000;
    private const int Batch = 200_000;
    private const int Reads = 2_000;

    public static void Run()
    {
        foreach (var engine in BenchmarkDatabase.Engines)
        {
            using var database = BenchmarkDatabase.Create(engine);
            Console.WriteLine(database.Store.Name);
            Fill(new TickStore(database.Store));
            var (ticks, bars, end) = (new TickStore(database.Store), new BarStore(database.Store), SimulatedTicks.EndOf(Ticks));
            Measure("168 closes", () => bars.ReadCloses(SimulatedTicks.FirstPair, end.AddDays(-9), end).Count);
            Measure("last hour's ticks", () => ticks.Read(SimulatedTicks.FirstPair, end.AddHours(-1), end, 10_000).Count);
            Measure("verdicts of a day", () => ticks.Counts(end.AddDays(-1)).Count);
        }
    }

    private static void Fill(TickStore ticks)
    {
        var appending = new Stopwatch();
        for (var first = 0; first < Ticks; first += Batch)
        {
            var batch = SimulatedTicks.Batch(first, Batch);
            appending.Start();
            ticks.Append(batch, []);
            appending.Stop();
        }

        Console.WriteLine($"  append: {Ticks / appending.Elapsed.TotalSeconds:N0} rows/s");
        var rollUp = Stopwatch.StartNew();
        var written = ticks.RollUp(SimulatedTicks.Start, SimulatedTicks.EndOf(Ticks));
        Console.WriteLine($"  roll-up: {written:N0} bars in {rollUp.Elapsed.TotalSeconds:N1} s");
        rollUp.Restart();
        ticks.RollUp(SimulatedTicks.EndOf(Ticks).AddHours(-2), SimulatedTicks.EndOf(Ticks));
        Console.WriteLine($"  roll-up of the last hour: {rollUp.Elapsed.TotalMilliseconds:N0} ms");
    }

    private static void Measure(string what, Func<int> read)
    {
        var rows = 0;
        for (var warmUp = 0; warmUp < 200; warmUp++) rows = read();

        var times = new double[Reads];
        for (var turn = 0; turn < Reads; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            read();
            times[turn] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        Console.WriteLine($"  {what} ({rows} rows): p50 {times[Reads / 2]:F3} ms, p95 {times[Reads * 95 / 100]:F3} ms, p99 {times[Reads * 99 / 100]:F3} ms");
    }
}
