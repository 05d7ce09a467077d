namespace Cambist.Domain.Evaluation;

/// <summary>How good a forecaster was.</summary>
/// <param name="Model">Its id.</param>
/// <param name="References">Ids of the forecasters that it was compared with.</param>
/// <param name="Pairs">Symbols of the pairs.</param>
/// <param name="Pooled">Over all pairs and horizons; null where nothing was counted.</param>
/// <param name="Horizons">By horizon, over all pairs.</param>
/// <param name="ByPair">By pair, over all horizons.</param>
/// <param name="ByPairAndHorizon">By pair and horizon.</param>
public sealed record ScoreReport(
    string Model,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Pairs,
    ScoreRow? Pooled,
    IReadOnlyList<ScoreRow> Horizons,
    IReadOnlyList<ScoreRow> ByPair,
    IReadOnlyList<ScoreRow> ByPairAndHorizon);

/// <summary>The scores of a set of outcomes.</summary>
/// <param name="Pair">Symbol of the pair; null: all.</param>
/// <param name="HorizonHours">Clock hours ahead; null: all horizons.</param>
/// <param name="Count">Outcomes.</param>
/// <param name="Crps">Mean CRPS by the published quantiles, in log return.</param>
/// <param name="Pinball">Mean pinball loss of each published level, in log return.</param>
/// <param name="Coverage">Outcomes inside the central intervals.</param>
/// <param name="Pit">Where outcomes fell in their distributions.</param>
/// <param name="Up">P(up) against what came; outcomes at the spot left out.</param>
/// <param name="Median">Errors of the median.</param>
/// <param name="NoChange">Errors of the spot.</param>
/// <param name="MeanEdge">The mean against the spot, on squared errors of log return.</param>
/// <param name="Direction">Calls of the median.</param>
/// <param name="Skills">Against each reference.</param>
public sealed record ScoreRow(
    string? Pair,
    int? HorizonHours,
    int Count,
    double Crps,
    IReadOnlyList<double> Pinball,
    Coverage Coverage,
    PitHistogram Pit,
    ProbabilityCalibration Up,
    PointErrors Median,
    PointErrors NoChange,
    DieboldMariano MeanEdge,
    DirectionalAccuracy Direction,
    IReadOnlyList<SkillScore> Skills);

/// <summary>A forecaster against a reference, on the outcomes that both forecast.</summary>
/// <param name="Reference">Id of the reference.</param>
/// <param name="Count">Outcomes that both forecast.</param>
/// <param name="ReferenceCrps">Mean CRPS of the reference on them.</param>
/// <param name="Skill">1 − CRPS / CRPS of the reference: 0.01 is one per cent better.</param>
/// <param name="Test">Whether that was luck.</param>
public sealed record SkillScore(string Reference, int Count, double ReferenceCrps, double Skill, DieboldMariano Test);
