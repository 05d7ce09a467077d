using System.Diagnostics;
using Cambist.App.Forecasting.Models;
using Cambist.App.Forecasting.Registry;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Benchmarks;

/// <summary>How long a forecast takes with a registered model: its loading, one forecast from kept history (features, network, 24 distributions), 64 pairs at once, and the shapes of a week. Given with the folder of a model: <c>forecast FOLDER</c></summary>
internal static class ForecastTimes
{
    private const int Pairs = 64;
    private const int Weeks = 300;

    public static void Run(string path)
    {
        var loader = new ServiceCollection().AddModelFamilies().AddSingleton<ModelLoader>().BuildServiceProvider().GetRequiredService<ModelLoader>();
        Load(loader, path);
        var watch = Stopwatch.StartNew();
        var (family, _) = Load(loader, path);
        var loaded = watch.Elapsed;

        HourlySeries[] all = [.. MarketPulse.Majors.Select((pair, i) => FeatureBenchmark.Hours(pair, Weeks * 120, i))];
        var asOf = all[0].LastCloseTime;
        VarianceTrack[] tracks = [.. all.Select(series => LearnedFamily.Track(series, asOf)!)];
        var pulse = MarketPulse.Of(tracks, tracks[0].Path.Start, tracks[0].Path.Start + tracks[0].Path.Rows);
        var shapes = family.Shapes(tracks[0], pulse, asOf);

        var one = Times(2000, () => Published(family.Outlook(tracks[0], pulse, shapes, asOf)!(new Standpoint(asOf, 1.1))));
        var batch = Times(60, () => Parallel.For(0, 2, half =>
        {
            for (var pair = half; pair < Pairs; pair += 2)
            {
                Published(family.Outlook(tracks[pair % tracks.Length], pulse, shapes, asOf)!(new Standpoint(asOf, 1.1)));
            }
        }));
        var week = Times(5, () => family.Shapes(tracks[0], pulse, asOf));
        Console.WriteLine(
            $"{family.Id}: load {loaded.TotalMilliseconds:0} ms; one forecast p50 {At(one, 0.5):0.00} ms, p99 {At(one, 0.99):0.00} ms; {Pairs} pairs on two threads p50 {At(batch, 0.5):0.0} ms, " +
            $"p99 {At(batch, 0.99):0.0} ms; shapes of a week {At(week, 0.5):0} ms; {Process.GetCurrentProcess().WorkingSet64 / 1048576} MiB");
    }

    private static double Published(Forecast forecast)
    {
        var sum = 0.0;
        for (var hours = 1; hours <= Forecast.LongestFittedHorizon; hours++)
        {
            var rate = forecast.AfterHours(hours);
            foreach (var level in RateDistribution.Levels)
            {
                sum += rate.Quantile(level);
            }
        }

        return sum;
    }

    private static (LearnedFamily Family, ModelManifest Manifest) Load(ModelLoader loader, string path)
    {
        var folder = ModelFolder.Read(path);
        return (new LearnedFamily(folder.Manifest.Id, loader.Load(path, folder.Manifest), folder.Manifest.TrainedUntil), folder.Manifest);
    }

    private static double[] Times(int count, Action action)
    {
        for (var i = 0; i < Math.Max(1, count / 10); i++)
        {
            action();
        }

        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times;
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
