using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Evaluation.Advice;

namespace Cambist.App.Analytics;

/// <summary>Tells scores of the advice as the wire has them.</summary>
public static class AdviceRecordWire
{
    /// <summary>The document of a replay.</summary>
    public static ReplayedAdvice Of(AdviceReplayPlan plan, string model, DateTimeOffset computedAt, ReplayTally tally, AdviceScores scores)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scores);
        return new ReplayedAdvice(
            Replay: true, plan.From, plan.To, plan.Every.TotalHours, model, computedAt, tally.Goals, tally.NotAsked, tally.NoProvider, tally.Unfinished, tally.Decisions, tally.Waits, tally.WithoutForecast,
            [.. scores.Rows().Select(Of)],
            [.. scores.Months().Select(Of)]);
    }

    internal static AdviceScore Of(AdviceScoreRow row) => new(
        row.Key.Pair,
        row.Key.Side?.Word(),
        row.Key.Amount is { } amount ? new MoneyValue(amount.Amount, amount.Currency.Code) : null,
        row.Key.DeadlineDays,
        row.Key.Risk?.Word(),
        row.Key.Month,
        row.Goals,
        row.Waited,
        row.CostBps,
        [.. row.Against.Select(Of)],
        Of(row.Confidence));

    private static AdviceComparison Of(StrategyScore score) => new(
        AdviceStrategies.Words.Of(score.Strategy),
        score.Goals,
        Known(score.Bps.Mean), Known(score.Bps.Low), Known(score.Bps.High),
        Known(score.Usd.Mean), Known(score.Usd.Low), Known(score.Usd.High),
        Known(score.Won), Known(score.Lost));

    private static ConfidenceRecord Of(ConfidenceScore score) => new(
        score.Calibration.Count,
        Known(score.Mean),
        Known(score.Frequency),
        Known(score.Gap.Low),
        Known(score.Gap.High),
        Known(score.Calibration.Error),
        Known(score.Calibration.Brier),
        Known(score.BrierOfFrequency),
        score.Verdict switch
        {
            ConfidenceVerdict.Calibrated => "calibrated",
            ConfidenceVerdict.TooHigh => "too_high",
            ConfidenceVerdict.TooLow => "too_low",
            ConfidenceVerdict.TooFew => "too_few",
            var unknown => throw new ArgumentOutOfRangeException(nameof(score), unknown, "A verdict without a word."),
        },
        [.. score.Calibration.Diagram().Select(bin => new ConfidenceBin(bin.Probability, bin.Frequency, bin.Count))]);

    private static double? Known(double figure) => double.IsFinite(figure) ? figure : null;
}
