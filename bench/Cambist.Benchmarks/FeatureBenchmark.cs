using System.Diagnostics;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;

namespace Cambist.Benchmarks;

/// <summary>SIMULATED hours of the ten major pairs, laid on the market clock, followed and told in features; and the path of one forecast.</summary>
internal static class FeatureBenchmark
{
    private const int BarsOfPair = 100_000;
    private const int Rounds = 7;

    public static void Run()
    {
        HourlySeries[] all = [.. MarketPulse.Majors.Select((pair, i) => Hours(pair, BarsOfPair, i))];
        AnnouncedHours[] announced = [.. all.Select(series => AnnouncementEffects.For(series.Pair))];
        Measure("paths", () => Array.ConvertAll(all, series => HourlyPath.Of(series)));
        var paths = Array.ConvertAll(all, series => HourlyPath.Of(series));
        Measure("tracks", () => Tracks(paths, announced));
        var tracks = Tracks(paths, announced);
        Measure("market pulse", () => Pulse(tracks));
        var pulse = Pulse(tracks);
        Measure("features", () => Array.ConvertAll(tracks, track => FeatureSet.Build(track, pulse, track.FirstReady, track.Path.Rows)));
        Measure("all of it", () => Pipeline(all, announced));
        OneForecast(all, announced);
    }

    private static FeatureTable[] Pipeline(HourlySeries[] all, AnnouncedHours[] announced)
    {
        var tracks = Tracks(Array.ConvertAll(all, series => HourlyPath.Of(series)), announced);
        var pulse = Pulse(tracks);
        return Array.ConvertAll(tracks, track => FeatureSet.Build(track, pulse, track.FirstReady, track.Path.Rows));
    }

    private static void OneForecast(HourlySeries[] all, AnnouncedHours[] announced)
    {
        var kept = all.Select(series => series.After(series.LastCloseTime.AddDays(-7 * VarianceTrack.WeeksOfHistory))).ToArray();
        var watch = Stopwatch.StartNew();
        var tracks = Tracks(Array.ConvertAll(kept, series => HourlyPath.Of(series)), announced);
        Console.WriteLine($"{"tracks of 234 weeks, each",-28} {watch.Elapsed.TotalMilliseconds / tracks.Length,8:0.00} ms, once an hour");
        var track = tracks[0];
        var (from, to) = (track.Path.Rows - 168, track.Path.Rows);
        double best = double.PositiveInfinity;
        for (var round = 0; round < 200; round++)
        {
            watch.Restart();
            var pulse = MarketPulse.Of(tracks, track.Path.Start + from, track.Path.Start + to);
            GC.KeepAlive(FeatureSet.Build(track, pulse, from, to));
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds);
        }

        Console.WriteLine($"{"168 rows for one forecast",-28} {best,8:0} µs, the market's pulse included");
    }

    private static VarianceTrack[] Tracks(HourlyPath[] paths, AnnouncedHours[] announced) => [.. paths.Select((path, i) => VarianceTrack.Of(path, announced[i]))];

    private static MarketPulse Pulse(VarianceTrack[] tracks) => MarketPulse.Of(tracks, tracks[0].Path.Start, tracks[0].Path.Start + tracks[0].Path.Rows);

    // The processor time of this process, which a neighbour on the machine does not lengthen as much as the clock's.
    private static void Measure(string what, Func<object> work)
    {
        var best = double.PositiveInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            var before = Environment.CpuUsage.TotalTime;
            GC.KeepAlive(work());
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        Console.WriteLine($"{what,-28} {best,8:0} ms of processor time for a million bars, {1000 / best,6:0.0} million bars/s");
    }

    internal static HourlySeries Hours(CurrencyPair pair, int bars, int seed)
    {
        var random = new Random(seed);
        var clock = UnixHour.Floor(FxWeek.OpenOf(new DateTimeOffset(2005, 1, 12, 0, 0, 0, TimeSpan.Zero)));
        var (hours, closes, ranges) = (new long[bars], new double[bars], new double[bars]);
        var logClose = 0.1;
        for (var i = 0; i < bars; clock++)
        {
            if (FxWeek.IsOpen(UnixHour.ToInstant(clock)))
            {
                var step = 0.002 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
                logClose += step;
                (hours[i], closes[i], ranges[i++]) = (clock + 1, Math.Exp(logClose), Math.Max(Math.Abs(step), 0.002 * random.NextDouble()));
            }
        }

        return new HourlySeries(pair, hours, closes, ranges);
    }
}
