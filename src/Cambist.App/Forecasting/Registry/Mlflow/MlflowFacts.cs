using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Registry.Mlflow;

/// <summary>What a run is told of a model, within the limits of the interface: keys of 250 letters, values of 500 (as old servers have it), 100 parameters, 100 tags and 1000 metrics a request.</summary>
internal static partial class MlflowFacts
{
    public const int MostParametersAtOnce = 100;
    public const int MostMetricsAtOnce = 1000;
    private const int LongestKey = 250;
    private const int LongestValue = 500;

    /// <summary>The tags that a run begins with.</summary>
    /// <param name="model">The model.</param>
    /// <param name="mark">Marks this attempt, so that a run whose answer was lost is found.</param>
    public static JsonArray RunTags(ModelManifest model, string mark) => Pairs(
    [
        ("mlflow.user", "cambist"), ("mlflow.source.type", "JOB"), ("mlflow.source.name", "cambist"), ("cambist_export", mark), ("cambist_model", model.Id), ("family", model.Family),
        ("code_version", model.CodeVersion), ("data_fingerprint", model.DataFingerprint),
    ]);

    /// <summary>Settings and spans, in batches.</summary>
    public static IEnumerable<JsonArray> Parameters(ModelManifest model)
    {
        var facts = new List<(string Key, string Value)>
        {
            ("model.id", model.Id),
            ("model.seed", model.Seed.ToString(CultureInfo.InvariantCulture)),
            ("model.lookback", model.Lookback.ToString(CultureInfo.InvariantCulture)),
            ("model.trained_from", Instant(model.TrainedFrom)),
            ("model.trained_until", Instant(model.TrainedUntil)),
            ("model.pairs", string.Join(' ', model.Pairs)),
            ("model.features", string.Join(' ', model.Features)),
        };
        facts.AddRange((model.Members ?? []).Select(member => ($"model.weight.{member.Id}", member.Weight.ToString("R", CultureInfo.InvariantCulture))));
        facts.AddRange(model.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => (setting.Key, setting.Value)));
        return facts.DistinctBy(fact => Key(fact.Key)).Chunk(MostParametersAtOnce).Select(chunk => Pairs(chunk));
    }

    /// <summary>Scores in batches; one at a horizon has the horizon in its key and as its step. What is not finite is left out: some stores make a 0 of it.</summary>
    public static IEnumerable<IReadOnlyList<(string Key, JsonObject Metric)>> Metrics(ModelManifest model) => model.Metrics
        .Where(metric => double.IsFinite(metric.Value))
        .Select(metric => (Key: Key(metric.HorizonHours is { } hours ? string.Create(CultureInfo.InvariantCulture, $"{metric.Name}_{hours}h") : metric.Name), metric))
        .DistinctBy(named => named.Key)
        .Select(named => (named.Key, new JsonObject
        {
            ["key"] = named.Key,
            ["value"] = named.metric.Value,
            ["timestamp"] = model.CreatedAt.ToUnixTimeMilliseconds(),
            ["step"] = named.metric.HorizonHours ?? 0,
        }))
        .Chunk(MostMetricsAtOnce);

    /// <summary>What a version is tagged with.</summary>
    public static IEnumerable<(string Key, string Value)> VersionTags(RegisteredModel model, ModelGate? gate)
    {
        yield return ("model_id", model.Id);
        yield return ("stage", ModelStore.Word(model.Stage));
        yield return ("fingerprint", model.Fingerprint);
        if (gate is not null)
        {
            yield return ("gate_passed", gate.Passed ? "true" : "false");
            yield return ("gate_crps_skill", gate.CrpsSkill.ToString("R", CultureInfo.InvariantCulture));
            yield return ("gate_p_value", gate.PValue?.ToString("R", CultureInfo.InvariantCulture) ?? "unknown");
        }
    }

    /// <summary>A key of letters that every server takes.</summary>
    public static string Key(string name)
    {
        var key = Other.Replace(name, "_").TrimStart('/').Replace("..", "._", StringComparison.Ordinal);
        return key.Length switch { 0 => "_", > LongestKey => key[..LongestKey], _ => key };
    }

    private static JsonArray Pairs(IEnumerable<(string Key, string Value)> pairs) => [.. pairs.Select(pair => (JsonNode)new JsonObject
    {
        ["key"] = Key(pair.Key),
        ["value"] = pair.Value.Length > LongestValue ? pair.Value[..(LongestValue - 1)] + "…" : pair.Value,
    })];

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex("[^A-Za-z0-9_./ -]")]
    private static partial Regex Other { get; }
}
