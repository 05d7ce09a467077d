using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer;

/// <summary>What training ended in.</summary>
/// <param name="Family">The model's family.</param>
/// <param name="Lookback">Hours before an hour that it reads.</param>
/// <param name="Onnx">The model.</param>
/// <param name="Judged">What the validation span said of it; null where nothing judges.</param>
/// <param name="Settings">How it was trained, by name.</param>
internal sealed record TrainedModel(string Family, int Lookback, byte[] Onnx, Judgement? Judged, Dictionary<string, string> Settings);

/// <summary>Writes the folder of a trained model: <c>model.onnx</c> and <c>model.json</c>.</summary>
internal static class ModelFolder
{
    /// <summary>Name of the manifest's file.</summary>
    public const string Manifest = "model.json";

    /// <summary>The model's manifest, which is in the folder too.</summary>
    public static ModelManifest Write(string folder, TrainingJob job, FeatureScaling scaling, TrainedModel trained)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(trained.Onnx));
        var until = job.Spans.ValidationUntil is { } validated && validated > job.Spans.TrainUntil ? validated : job.Spans.TrainUntil;
        var manifest = new ModelManifest(
            string.Create(CultureInfo.InvariantCulture, $"{trained.Family}-{until.UtcDateTime:yyyyMMdd}-{fingerprint[..6]}"),
            trained.Family,
            job.CreatedAt ?? TimeProvider.System.GetUtcNow(),
            job.Spans.TrainFrom,
            until,
            [.. job.Pairs.Select(pair => pair.Pair)],
            job.Features,
            new FeatureScaler([.. scaling.Mean.Select(value => (double)value)], [.. scaling.Deviation.Select(value => (double)value)]),
            trained.Lookback,
            job.DataFingerprint,
            job.Seed,
            job.CodeVersion,
            trained.Settings,
            [.. Metrics(trained.Judged)],
            new Dictionary<string, string> { ["model.onnx"] = fingerprint });

        Storage.CreateFolder(folder, part =>
        {
            Storage.Write(Path.Combine(part, "model.onnx"), trained.Onnx);
            Storage.Write(Path.Combine(part, Manifest), JsonSerializer.SerializeToUtf8Bytes(manifest, ModelJson.Default.ModelManifest));
        });
        return manifest;
    }

    /// <summary>The settings of a job's parts by name, <c>part.setting</c>, and what came of them.</summary>
    public static Dictionary<string, string> Settings(IEnumerable<(string Name, object Part)> parts, TrainingSpans spans, (string Name, int Value) found)
    {
        var settings = new Dictionary<string, string>();
        foreach (var (name, part) in parts)
        {
            foreach (var property in JsonSerializer.SerializeToElement(part, JobJson.Default.GetTypeInfo(part.GetType())!).EnumerateObject())
                settings[$"{name}.{property.Name}"] = property.Value.ToString();
        }

        settings["spans.embargo_hours"] = spans.EmbargoHours.ToString(CultureInfo.InvariantCulture);
        settings[found.Name] = found.Value.ToString(CultureInfo.InvariantCulture);
        return settings;
    }

    private static IEnumerable<ModelMetric> Metrics(Judgement? judged)
    {
        if (judged is null)
            yield break;

        yield return new ModelMetric("validation_log_score", null, judged.Loss);
        for (var h = 0; h < judged.Horizons.Length; h++)
        {
            yield return new ModelMetric("validation_log_score", h + 1, judged.Horizons[h]);
            yield return new ModelMetric("validation_log_score_of_baseline", h + 1, judged.Baseline[h]);
        }
    }
}
