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
        using var services = new ServiceCollection().AddModelFamilies().AddSingleton<ModelLoader>().BuildServiceProvider();
        var loader = services.GetRequiredService<ModelLoader>();
        // The first load brings the runtime itself. Its model goes again, so that the memory at the end is that of one.
        using (loader.Load(path, ModelFolder.Read(path).Manifest) as IDisposable)
        {
        }

        var watch = Stopwatch.StartNew();
        var manifest = ModelFolder.Read(path).Manifest;
        var model = loader.Load(path, manifest);
        using var held = model as IDisposable;
        var family = new LearnedFamily(manifest.Id, model, manifest.TrainedUntil);
        var loaded = watch.Elapsed;

        HourlySeries[] all = [.. MarketPulse.Majors.Select((pair, i) => FeatureBenchmark.Hours(pair, Weeks * 120, i))];
        var asOf = all[0].LastCloseTime;
        VarianceTrack[] tracks = [.. all.Select(series => LearnedFamily.Track(series, asOf)!)];
        var pulse = MarketPulse.Of(tracks, tracks[0].Path.Start, tracks[0].Path.Start + tracks[0].Path.Rows);
        var shapes = family.Shapes(tracks[0], pulse, asOf);

        var one = ActionTimes.Of(2000, () => Published(family.Outlook(tracks[0], pulse, shapes, asOf)!(new Standpoint(asOf, 1.1))));
        var batch = ActionTimes.Of(60, () => Parallel.For(0, 2, half =>
        {
            for (var pair = half; pair < Pairs; pair += 2)
            {
                Published(family.Outlook(tracks[pair % tracks.Length], pulse, shapes, asOf)!(new Standpoint(asOf, 1.1)));
            }
        }));
        var week = ActionTimes.Of(5, () => family.Shapes(tracks[0], pulse, asOf));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"{family.Id}: load {loaded.TotalMilliseconds:0} ms; one forecast p50 {one.At(0.5):0.00} ms, p99 {one.At(0.99):0.00} ms; {Pairs} pairs on two threads p50 {batch.At(0.5):0.0} ms, " +
            $"p99 {batch.At(0.99):0.0} ms; shapes of a week {week.At(0.5):0} ms; {process.WorkingSet64 / 1048576} MiB");
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
}
