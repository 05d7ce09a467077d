using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer;

/// <summary>Writes the folder of a trained model: <c>model.onnx</c> and <c>model.json</c>.</summary>
internal static class ModelFolder
{
    /// <summary>The model's manifest, which is in the folder too.</summary>
    public static ModelManifest Write(string folder, TrainingJob job, FeatureScaling scaling, byte[] onnx, Judgement? judged, FitState state)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(onnx));
        var until = job.Spans.ValidationUntil is { } validated && validated > job.Spans.TrainUntil ? validated : job.Spans.TrainUntil;
        var manifest = new ModelManifest(
            string.Create(CultureInfo.InvariantCulture, $"lstm-{until.UtcDateTime:yyyyMMdd}-{fingerprint[..6]}"),
            "lstm",
            job.CreatedAt ?? TimeProvider.System.GetUtcNow(),
            job.Spans.TrainFrom,
            until,
            [.. job.Pairs.Select(pair => pair.Pair)],
            job.Features,
            new FeatureScaler([.. scaling.Mean.Select(value => (double)value)], [.. scaling.Deviation.Select(value => (double)value)]),
            job.Network.Recurrent ? job.Network.Window - 1 : 0,
            job.DataFingerprint,
            job.Seed,
            job.CodeVersion,
            Settings(job, state),
            [.. Metrics(judged)],
            new Dictionary<string, string> { ["model.onnx"] = fingerprint });

        Storage.CreateFolder(folder, part =>
        {
            Storage.Write(Path.Combine(part, "model.onnx"), stream => stream.Write(onnx));
            Storage.Write(Path.Combine(part, "model.json"), stream => JsonSerializer.Serialize(stream, manifest, ModelJson.Default.ModelManifest));
        });
        return manifest;
    }

    private static Dictionary<string, string> Settings(TrainingJob job, FitState state)
    {
        var settings = new Dictionary<string, string>();
        foreach (var (part, name) in new[] { (JsonSerializer.SerializeToElement(job.Network, JobJson.Default.NetworkSettings), "network"), (JsonSerializer.SerializeToElement(job.Fit, JobJson.Default.FitSettings), "fit") })
        {
            foreach (var property in part.EnumerateObject())
                settings[$"{name}.{property.Name}"] = property.Value.ToString();
        }

        settings["spans.embargo_hours"] = job.Spans.EmbargoHours.ToString(CultureInfo.InvariantCulture);
        settings["best_epoch"] = state.BestEpoch.ToString(CultureInfo.InvariantCulture);
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
