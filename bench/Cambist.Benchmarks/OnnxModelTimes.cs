using System.Diagnostics;
using System.Text.Json;
using Cambist.App.Forecasting.Models;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Benchmarks;

/// <summary>How long a trained network takes: to load, for one outlook, for 64 pairs on two threads, and over a year of hours. Given with the folders of models: <c>onnx-model FOLDER …</c></summary>
internal static class OnnxModelTimes
{
    private const int Pairs = 64;

    public static void Run(IEnumerable<string> folders)
    {
        foreach (var folder in folders)
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, "model.json")), ModelJson.Default.ModelManifest)!;
            // The first load brings the runtime itself.
            OnnxModel.Load(folder, manifest, manifest.Features).Dispose();
            var load = Stopwatch.StartNew();
            using var model = OnnxModel.Load(folder, manifest, manifest.Features);
            var loaded = load.Elapsed;
            var year = Table(manifest, 6240);
            var tables = Enumerable.Range(0, Pairs).Select(_ => Table(manifest, 400)).ToList();
            float[] logScale = new float[6240 * 24], location = new float[6240 * 24];

            var one = ActionTimes.Of(1000, () => model.Predict(year, 6239, 6240, logScale.AsSpan(0, 24), location.AsSpan(0, 24)));
            var batch = ActionTimes.Of(40, () => Parallel.ForEach(tables, new ParallelOptions { MaxDegreeOfParallelism = 2 }, table => model.Predict(table, 399, 400, new float[24], new float[24])));
            var stretch = ActionTimes.Of(3, () => model.Predict(year, 0, 6240, logScale, location));
            Console.WriteLine(
                $"{manifest.Id} ({manifest.Settings.GetValueOrDefault("network.layers")} × {manifest.Settings.GetValueOrDefault("network.hidden")}, {manifest.Features.Count} features, " +
                $"{new FileInfo(Path.Combine(folder, OnnxModel.File)).Length / 1024} KiB): load {loaded.TotalMilliseconds:0} ms; one outlook p50 {one.At(0.5):0.00} ms, p99 {one.At(0.99):0.00} ms; " +
                $"{Pairs} pairs on two threads p50 {batch.At(0.5):0.0} ms, p99 {batch.At(0.99):0.0} ms; a year of hours {stretch.At(0.5):0} ms, {6240 / stretch.At(0.5) * 1000:0} hours/s");
        }
    }

    private static FeatureTable Table(ModelManifest manifest, int rows)
    {
        var random = new Random(1);
        var values = new float[rows * manifest.Features.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var column = i % manifest.Features.Count;
            values[i] = (float)(manifest.Scaler.Mean[column] + manifest.Scaler.Std[column] * 2 * (random.NextDouble() - 0.5));
        }

        return new FeatureTable(manifest.Features, values);
    }
}
