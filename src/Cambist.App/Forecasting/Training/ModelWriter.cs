using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cambist.App.Forecasting.Models;
using Cambist.App.Forecasting.Registry;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Training;

/// <summary>Writes the folders of models that are made here: the regression and the ensemble of it with the network.</summary>
internal static class ModelWriter
{
    private const int FingerprintDigits = 6;

    /// <summary>The folder of a regression.</summary>
    /// <param name="parent">Folder in which it is made.</param>
    /// <param name="model">The regression.</param>
    /// <param name="of">The network's manifest: the same data, seed and program.</param>
    /// <param name="from">Close of the first hour learned from.</param>
    public static ModelManifest WriteRegression(string parent, HarModel model, ModelManifest of, DateTimeOffset from)
    {
        var columns = HarModel.Features.Select(FeatureSet.Column).ToList();
        var manifest = of with
        {
            Id = Id(HarModel.Family, of.TrainedUntil, JsonSerializer.Serialize(model.Coefficients)),
            Family = HarModel.Family,
            TrainedFrom = from,
            Features = HarModel.Features,
            Scaler = new FeatureScaler([.. columns.Select(column => of.Scaler.Mean[column])], [.. columns.Select(column => of.Scaler.Std[column])]),
            Lookback = model.Lookback,
            Settings = new Dictionary<string, string>(),
            Metrics = [],
            Files = new Dictionary<string, string>(),
            Coefficients = model.Coefficients,
        };
        Write(parent, manifest, []);
        return manifest;
    }

    /// <summary>The manifest of the ensemble of members, before it was proven.</summary>
    public static ModelManifest Ensemble(ModelManifest network, IReadOnlyList<EnsembleMember> members) => network with
    {
        Id = Id(EnsembleModel.Family, network.TrainedUntil, string.Concat(members.Select(member => $"{member.Id} {member.Weight.ToString(CultureInfo.InvariantCulture)}\n"))),
        Family = EnsembleModel.Family,
        Metrics = [],
        Files = new Dictionary<string, string>(),
        Members = members,
    };

    /// <summary>Writes a model's folder: its manifest, its card and, inside, its members.</summary>
    /// <returns>The folder.</returns>
    public static string Write(string parent, ModelManifest manifest, IReadOnlyList<string> members)
    {
        var folder = Path.Combine(parent, manifest.Id);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach (var member in members)
        {
            Directory.Move(member, Path.Combine(folder, Path.GetFileName(member)));
        }

        using (var json = File.Create(Path.Combine(folder, ModelFolder.ManifestFile)))
        {
            JsonSerializer.Serialize(json, manifest, ModelJson.Default.ModelManifest);
        }

        File.WriteAllText(Path.Combine(folder, ModelFolder.CardFile), ModelCard.Of(manifest, ModelGate.Of(manifest)));
        return folder;
    }

    private static string Id(string family, DateTimeOffset until, string content) => string.Create(
        CultureInfo.InvariantCulture,
        $"{family}-{until.UtcDateTime:yyyyMMdd}-{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)))[..FingerprintDigits]}");
}
