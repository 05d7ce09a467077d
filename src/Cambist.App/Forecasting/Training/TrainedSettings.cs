using System.Globalization;
using Cambist.Domain.Forecasting.Models;
using Cambist.Trainer;

namespace Cambist.App.Forecasting.Training;

/// <summary>What a request can ask for, as the manifest of a model tells it.</summary>
internal static class TrainedSettings
{
    /// <summary>Whether a model came of a job: of the same bars, by the same version, with the same seed and settings.</summary>
    public static bool AreOf(TrainingJob job, ModelManifest manifest) =>
        manifest.DataFingerprint == job.DataFingerprint
        && manifest.Seed == job.Seed
        && manifest.CodeVersion == job.CodeVersion
        && manifest.TrainedUntil == job.Spans.ValidationUntil
        && Asked(job).All(asked => manifest.Settings.GetValueOrDefault(asked.Name) == asked.Value);

    private static IEnumerable<(string Name, string Value)> Asked(TrainingJob job) =>
    [
        ("fit.epochs", Text(job.Fit.Epochs)),
        ("fit.threads", Text(job.Fit.Threads)),
        ("network.layers", Text(job.Network.Layers)),
        ("network.hidden", Text(job.Network.Hidden)),
        ("network.heads", Text(job.Network.Heads)),
        ("network.location", job.Network.Location ? bool.TrueString : bool.FalseString),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
