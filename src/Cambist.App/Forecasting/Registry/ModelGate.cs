using System.Globalization;
using System.Text.Json.Nodes;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Registry;

/// <summary>What walk-forward over data that a model had not seen said of it against the baseline.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Pair">Symbol of the pair, <c>EURUSD</c>; <see cref="AllPairs"/>: over all pairs together.</param>
/// <param name="Passed">Whether its CRPS beat the baseline's (Diebold–Mariano, one-sided p &lt; 0.05).</param>
/// <param name="MeanHorizons">Hours ahead at which its mean also beat no-change on squared error.</param>
/// <param name="CrpsSkill">1 − its CRPS / the baseline's: 0.01 is one percent better.</param>
/// <param name="PValue">Of the one-sided Diebold–Mariano test; null where it could not be computed.</param>
/// <param name="Count">Number of forecasts compared.</param>
/// <param name="MeasuredFrom">First instant of a forecast.</param>
/// <param name="MeasuredUntil">Last instant of a forecast.</param>
public sealed record ModelGate(
    string Model,
    string Pair,
    bool Passed,
    IReadOnlyList<int> MeanHorizons,
    double CrpsSkill,
    double? PValue,
    long Count,
    DateTimeOffset MeasuredFrom,
    DateTimeOffset MeasuredUntil)
{
    /// <summary>Stands for all pairs together, and for those that nobody measured.</summary>
    public const string AllPairs = "*";

    private const string Prefix = "gate";

    // 9999-12-31T23:59:59Z, the last second of a DateTimeOffset.
    private const double LastSecond = 253_402_300_799;

    /// <summary>
    /// The verdicts that a manifest brings along. They stand among its metrics as <c>gate.passed</c> (1 or 0), <c>gate.crps_skill</c>, <c>gate.p_value</c>, <c>gate.n</c>, <c>gate.from</c> and
    /// <c>gate.until</c> (Unix seconds), and <c>gate.mean_passed</c> with its horizon and 1; those of a pair as <c>gate.EURUSD.passed</c> and so on. A verdict without <c>passed</c>, <c>n</c> or its span is none.
    /// </summary>
    public static IReadOnlyList<ModelGate> Of(ModelManifest manifest) =>
        [.. manifest.Metrics.Select(Named).Where(named => named.Pair.Length > 0).GroupBy(named => named.Pair).Select(of => Read(manifest.Id, of.Key, [.. of])).OfType<ModelGate>()];

    /// <summary>Whether a metric is none of a verdict, or one whose value can be read: a count, or an instant between 1970 and 9999.</summary>
    internal static bool IsInRange(ModelMetric metric) => Named(metric) switch
    {
        { Pair: "" } => true,
        { Name: "n" } => metric.Value is >= 0 and <= long.MaxValue,
        { Name: "from" or "until" } => metric.Value is >= 0 and <= LastSecond,
        _ => true,
    };

    /// <summary>The same in a sentence: "CRPS 1.31 % better than the baseline, p = 0.002, 11,204 forecasts".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"CRPS {Math.Abs(CrpsSkill) * 100:0.00} % {(CrpsSkill >= 0 ? "better" : "worse")} than the baseline, {(PValue is { } p ? $"p = {p:0.####}" : "p unknown")}, {Count:#,0} forecasts");

    /// <summary>The same as figures of an event.</summary>
    internal JsonObject ToJson() => new()
    {
        ["pair"] = Pair,
        ["passed"] = Passed,
        ["crps_skill"] = CrpsSkill,
        ["p_value"] = PValue,
        ["n"] = Count,
        ["measured_from"] = MeasuredFrom.UtcDateTime,
        ["measured_until"] = MeasuredUntil.UtcDateTime,
    };

    private static (string Pair, string Name, ModelMetric Metric) Named(ModelMetric metric) => metric.Name.Split('.') switch
    {
        [Prefix, var name] => (AllPairs, name, metric),
        [Prefix, var pair, var name] => (pair, name, metric),
        _ => ("", "", metric),
    };

    private static ModelGate? Read(string model, string pair, IReadOnlyList<(string Pair, string Name, ModelMetric Metric)> named)
    {
        return Value("passed") is { } passed && Value("n") is { } count && Value("from") is { } from && Value("until") is { } until
            ? new ModelGate(
                model,
                pair,
                passed == 1,
                [.. named.Where(one => one is { Name: "mean_passed", Metric: { HorizonHours: not null, Value: 1 } }).Select(one => one.Metric.HorizonHours!.Value).Order()],
                Value("crps_skill") ?? 0,
                Value("p_value"),
                (long)count,
                DateTimeOffset.FromUnixTimeSeconds((long)from),
                DateTimeOffset.FromUnixTimeSeconds((long)until))
            : null;

        double? Value(string name) => named.FirstOrDefault(one => one.Name == name && one.Metric.HorizonHours is null).Metric?.Value;
    }
}
