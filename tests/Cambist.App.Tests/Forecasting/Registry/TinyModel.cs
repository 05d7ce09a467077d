using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Tests.Forecasting.Registry;

/// <summary>A model of the tests' own family: its one file holds the number that it says of every hour.</summary>
internal sealed class TinyModel(float logScale) : IVolatilityModel
{
    public const string Family = "flat";
    public const string WeightsFile = "weights.txt";

    public static readonly DateTimeOffset TrainedUntil = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public float LogScale => logScale;

    public int Lookback => 0;

    public void Predict(FeatureTable table, int from, int to, Span<float> logScaleOut, Span<float> location)
    {
        logScaleOut.Fill(logScale);
        location.Clear();
    }

    /// <summary>What the family is registered with.</summary>
    public static TinyModel Load(string folder, ModelManifest manifest, App.Forecasting.Registry.ModelLoader loader) =>
        new(float.Parse(File.ReadAllText(Path.Combine(folder, WeightsFile)), CultureInfo.InvariantCulture));

    /// <summary>Writes a model's folder below another, and returns where it is.</summary>
    /// <param name="below">The folder below which it is written, under the model's id.</param>
    /// <param name="id">The model's id.</param>
    /// <param name="passed">Its verdict over all pairs; null: none.</param>
    /// <param name="pairs">Its verdicts pair by pair.</param>
    /// <param name="createdAt">When it was trained; null: two days after the end of its data.</param>
    /// <param name="weights">What its file holds.</param>
    public static string Write(string below, string id, bool? passed = true, (string Pair, bool Passed)[]? pairs = null, DateTimeOffset? createdAt = null, string weights = "0.25")
    {
        var folder = Path.Combine(below, id);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, WeightsFile), weights);
        var metrics = new List<ModelMetric> { new("crps_skill", 1, 0.031), new("crps_skill", 24, 0.009), new("coverage_80", null, 0.803) };
        if (passed is { } verdict)
        {
            metrics.AddRange(Gate("gate", verdict));
        }

        metrics.AddRange((pairs ?? []).SelectMany(pair => Gate($"gate.{pair.Pair}", pair.Passed)));
        var manifest = new ModelManifest(
            id, Family, createdAt ?? TrainedUntil.AddDays(2), TrainedUntil.AddYears(-5), TrainedUntil, ["EURUSD", "USDJPY"], ["log_range_1", "hour_sin"], new FeatureScaler([0.5, 0], [0.25, 0.7]), 0,
            new string('a', 64), 7, "0.1.0", new Dictionary<string, string> { ["rate"] = "0.001", ["epochs"] = "3" }, metrics, new Dictionary<string, string> { [WeightsFile] = Sum(weights) });
        File.WriteAllText(Path.Combine(folder, "model.json"), JsonSerializer.Serialize(manifest, ModelJson.Default.ModelManifest));
        return folder;
    }

    /// <summary>Changes the JSON of a folder's manifest.</summary>
    public static void Edit(string folder, Action<JsonObject> change)
    {
        var file = Path.Combine(folder, "model.json");
        var json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change(json);
        File.WriteAllText(file, json.ToJsonString());
    }

    public static string Sum(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    // 2021-01-01 and 2022-02-25 in Unix seconds.
    private static IEnumerable<ModelMetric> Gate(string prefix, bool passed) =>
    [
        new($"{prefix}.passed", null, passed ? 1 : 0), new($"{prefix}.crps_skill", null, passed ? 0.0131 : -0.002), new($"{prefix}.p_value", null, passed ? 0.002 : 0.6),
        new($"{prefix}.n", null, 11_204), new($"{prefix}.from", null, 1_609_459_200), new($"{prefix}.until", null, 1_645_747_200), new($"{prefix}.mean_passed", 4, passed ? 1 : 0),
    ];
}
