using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;

namespace Cambist.Commands;

/// <summary>The JSON document of <c>evaluate forecasts --summary</c>. Shares are from 0 to 1, losses in log return, and what cannot be told (no calls, nothing to compare) is null.</summary>
internal sealed record ScoreDocument(
    string Model, IReadOnlyList<string> References, IReadOnlyList<string> Pairs, int AsOfs, DateTimeOffset? LearnedUntil, ScoreDocumentRow? Pooled,
    IReadOnlyList<ScoreDocumentRow> Horizons, IReadOnlyList<ScoreDocumentRow> ByPair, IReadOnlyList<ScoreDocumentRow> ByPairAndHorizon)
{
    public static ScoreDocument Of(ScoreReport report, int asOfs, DateTimeOffset? learnedUntil) => new(
        report.Model, report.References, report.Pairs, asOfs, learnedUntil, report.Pooled is { } pooled ? ScoreDocumentRow.Of(pooled) : null,
        [.. report.Horizons.Select(ScoreDocumentRow.Of)], [.. report.ByPair.Select(ScoreDocumentRow.Of)], [.. report.ByPairAndHorizon.Select(ScoreDocumentRow.Of)]);
}

/// <summary>A row of the scoreboard; no pair means all of them, no horizon all 24.</summary>
internal sealed record ScoreDocumentRow(
    string? Pair, int? HorizonHours, int Outcomes, double? Crps, IReadOnlyList<LevelLoss> Pinball,
    double? Coverage50, double? Coverage80, double? Coverage95, double? CoverageError50, double? CoverageError80, double? CoverageError95,
    double? PitDistance, double? PitChiSquare, IReadOnlyList<int> Pit, double? UpCalibrationError, double? UpBrier,
    double? MapePercent, double? NoChangeMapePercent, double? MapeRatio, double? MaeRatio, double? RmseRatio, double? MeanPValue,
    int DirectionCalls, double? DirectionShare, double? DirectionLow, double? DirectionHigh, IReadOnlyList<SkillDocument> Skills)
{
    public static ScoreDocumentRow Of(ScoreRow row)
    {
        var (coverage, direction) = (row.Coverage, row.Direction);
        var isCalled = direction.Calls > 0;
        return new ScoreDocumentRow(
            row.Pair, row.HorizonHours, row.Count, Known(row.Crps), [.. RateDistribution.Levels.Zip(row.Pinball, (level, loss) => new LevelLoss(level, Known(loss)))],
            Known(coverage.Of50), Known(coverage.Of80), Known(coverage.Of95), Known(coverage.Of50 - 0.5), Known(coverage.Of80 - 0.8), Known(coverage.Of95 - 0.95),
            Known(row.Pit.Distance), Known(row.Pit.ChiSquare), row.Pit.Counts, Known(row.Up.Error), Known(row.Up.Brier),
            Known(row.Median.Mape), Known(row.NoChange.Mape), Known(row.Median.Mape / row.NoChange.Mape), Known(row.Median.Mae / row.NoChange.Mae), Known(row.Median.Rmse / row.NoChange.Rmse), Known(row.MeanEdge.PValue),
            direction.Calls, Known(direction.Share), isCalled ? direction.Interval.Low : null, isCalled ? direction.Interval.High : null,
            [.. row.Skills.Select(skill => new SkillDocument(skill.Reference, skill.Count, Known(skill.ReferenceCrps), Known(skill.Skill), Known(skill.Test.Statistic), Known(skill.Test.PValue), skill.Test.Count, skill.Test.Lag))]);
    }

    private static double? Known(double figure) => double.IsFinite(figure) ? figure : null;
}

/// <summary>Mean pinball loss of a published quantile.</summary>
internal sealed record LevelLoss(double Level, double? Loss);

/// <summary>Skill against a reference: 0.01 is a CRPS one per cent lower. The test counts instants, over which pairs were averaged.</summary>
internal sealed record SkillDocument(string Reference, int Outcomes, double? ReferenceCrps, double? Skill, double? DmStatistic, double? DmPValue, int DmInstants, int DmLag);
