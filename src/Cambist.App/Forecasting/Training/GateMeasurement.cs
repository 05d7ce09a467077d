using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Training;

/// <summary>Walks a new model over the hours that it has not seen, and says what it is worth there.</summary>
internal static class GateMeasurement
{
    private const string ReferenceId = "random-walk";
    private const double Significance = 0.05;

    // Overlapping forecasts of half a month prove nothing.
    private const int LeastForecasts = 40;

    private static readonly TimeSpan Every = TimeSpan.FromHours(6);
    private static readonly int[] ToldHorizons = [1, 4, 12, 24];

    /// <summary>The scores of a family from one instant to another, over all pairs; null where too few hours were recorded since.</summary>
    public static ScoreReport? Walk(RateHistory history, IForecastFamily family, IReadOnlyList<CurrencyPair> pairs, DateTimeOffset from, DateTimeOffset to, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var evaluation = new ForecastEvaluation(history);
        IForecastFamily[] references = [RandomWalk.Family, SeasonalEwmaFamily.Baseline];
        var scores = new ForecastScores(family.Id, [.. references.Select(reference => reference.Id)]);
        for (var i = 0; i < pairs.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var past in evaluation.Run(pairs[i], new WalkForward(from, to, Every), family, references) ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                scores.Add(past);
            }

            progress.Report((i + 1.0) / pairs.Count);
        }

        return scores.Report() is { Pooled.Count: >= LeastForecasts * Forecast.LongestFittedHorizon } report ? report : null;
    }

    /// <summary>The verdicts that follow, over all pairs and for each: a pair's stands where it has forecasts enough.</summary>
    /// <param name="model">The model's id.</param>
    /// <param name="report">Its scores without its mean.</param>
    /// <param name="withMean">Its scores with its mean at all horizons.</param>
    /// <param name="from">Where the walk began.</param>
    /// <param name="to">Where it ended.</param>
    public static IReadOnlyList<ModelGate> Verdicts(string model, ScoreReport report, ScoreReport withMean, DateTimeOffset from, DateTimeOffset to) =>
    [
        .. report.ByPair.Where(row => row.Count >= LeastForecasts * Forecast.LongestFittedHorizon).Prepend(report.Pooled!).Select(row => Verdict(model, row, withMean, from, to)),
    ];

    /// <summary>The figures that a model card shows.</summary>
    public static IEnumerable<ModelMetric> Figures(ScoreReport report)
    {
        foreach (var row in report.Horizons.Where(row => ToldHorizons.Contains(row.HorizonHours!.Value)))
        {
            foreach (var skill in row.Skills)
            {
                yield return new ModelMetric($"crps_skill_against_{skill.Reference.Replace('-', '_')}", row.HorizonHours, skill.Skill);
                yield return new ModelMetric($"p_value_against_{skill.Reference.Replace('-', '_')}", row.HorizonHours, skill.Test.PValue);
            }

            yield return new ModelMetric("coverage_50", row.HorizonHours, row.Coverage.Of50);
            yield return new ModelMetric("coverage_80", row.HorizonHours, row.Coverage.Of80);
            yield return new ModelMetric("coverage_95", row.HorizonHours, row.Coverage.Of95);
            yield return new ModelMetric("up_calibration_error", row.HorizonHours, row.Up.Error);
        }
    }

    /// <summary>A verdict as a manifest brings it along (<see cref="ModelGate.Of"/>).</summary>
    public static IEnumerable<ModelMetric> Metrics(ModelGate gate)
    {
        var prefix = gate.Pair == ModelGate.AllPairs ? "gate" : $"gate.{gate.Pair}";
        yield return new ModelMetric($"{prefix}.passed", null, gate.Passed ? 1 : 0);
        yield return new ModelMetric($"{prefix}.crps_skill", null, gate.CrpsSkill);
        yield return new ModelMetric($"{prefix}.n", null, gate.Count);
        yield return new ModelMetric($"{prefix}.from", null, gate.MeasuredFrom.ToUnixTimeSeconds());
        yield return new ModelMetric($"{prefix}.until", null, gate.MeasuredUntil.ToUnixTimeSeconds());
        if (gate.PValue is { } p)
        {
            yield return new ModelMetric($"{prefix}.p_value", null, p);
        }

        foreach (var hours in gate.MeanHorizons)
        {
            yield return new ModelMetric($"{prefix}.mean_passed", hours, 1);
        }
    }

    private static ModelGate Verdict(string model, ScoreRow row, ScoreReport withMean, DateTimeOffset from, DateTimeOffset to)
    {
        var byHorizon = row.Pair is null ? withMean.Horizons : withMean.ByPairAndHorizon;
        var skill = row.Skills.First(skill => skill.Reference != ReferenceId);
        return new ModelGate(
            model,
            row.Pair ?? ModelGate.AllPairs,
            skill.Skill > 0 && skill.Test.PValue < Significance,
            [.. byHorizon.Where(at => at.Pair == row.Pair && at.MeanEdge is { MeanDifference: > 0, PValue: < Significance }).Select(at => at.HorizonHours!.Value)],
            skill.Skill,
            double.IsFinite(skill.Test.PValue) ? skill.Test.PValue : null,
            row.Count,
            from,
            to);
    }
}
