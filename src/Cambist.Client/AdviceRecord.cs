namespace Cambist.Client;

/// <summary>The answer of <c>GET /api/v1/record</c>: the track record.</summary>
/// <param name="Forecasts">How live forecasts fared.</param>
/// <param name="Advice">What following the advice was worth.</param>
public sealed record TrackRecord(ForecastRecord Forecasts, AdviceRecord Advice);

/// <summary>The answer of <c>GET /api/v1/record/advice</c>: what following the advice was worth.</summary>
/// <param name="Live">What came of the advice that was given; null where none was given in the span that was asked for.</param>
/// <param name="Replayed">The newest replay of recorded history that was kept; null where none was; without rows where it has no such goals.</param>
/// <param name="AsOf">The instant of the answer.</param>
public sealed record AdviceRecord(LiveAdvice? Live, ReplayedAdvice? Replayed, DateTimeOffset AsOf);

/// <summary>What the advice would have said to a stream of goals in the past, and what following it would have been worth, after fees as they are published today. Nobody converted anything.</summary>
/// <param name="Replay">Always true: this is a replay of history, no live record.</param>
/// <param name="From">The first instant at which a goal was asked.</param>
/// <param name="To">The last.</param>
/// <param name="EveryHours">Hours between two of them.</param>
/// <param name="Model">What forecast: <c>champion</c> (what serves each pair now, of the time after its training; of the time before it the baseline) or the id of a family or model.</param>
/// <param name="ComputedAt">When it was computed.</param>
/// <param name="Goals">Goals.</param>
/// <param name="NotAsked">Of them left out: no fresh rate was known when they would have been asked.</param>
/// <param name="NoProvider">No provider has a price for them.</param>
/// <param name="Unfinished">The recorded history ends before they, or what they are compared with, were converted.</param>
/// <param name="Decisions">Decisions, one each time that somebody looked.</param>
/// <param name="Waits">Of them those to wait.</param>
/// <param name="WithoutForecast">Of them those without a forecast.</param>
/// <param name="Rows">The scores: all goals first, then by what they differ in.</param>
/// <param name="Months">The scores of the goals asked in each month.</param>
public sealed record ReplayedAdvice(
    bool Replay, DateTimeOffset From, DateTimeOffset To, double EveryHours, string Model, DateTimeOffset ComputedAt, int Goals, int NotAsked, int NoProvider, int Unfinished, int Decisions, int Waits, int WithoutForecast,
    IReadOnlyList<AdviceScore> Rows, IReadOnlyList<AdviceScore> Months);

/// <summary>What came of advice that was given, from the log of every advice: who was told to convert did so at once, who was told to wait converts at the horizon that waiting was judged at. Nobody reports what they did.</summary>
/// <param name="From">First instant of asking.</param>
/// <param name="To">Up to this instant.</param>
/// <param name="Given">Pieces of advice.</param>
/// <param name="OwnOrders">Of them those that followed a target or a floor of the person's own: no judgement of the market, they are counted here alone.</param>
/// <param name="Waits">Of the others those to wait.</param>
/// <param name="Awaiting">Of the others those whose deadline has not passed yet.</param>
/// <param name="Unknown">Of the others those of which nobody will know what came: no rate was recorded, no worth in USD known, or today's rules would not say what was told.</param>
/// <param name="Rows">The scores of the others: all together first, then by pair, side, class of amount (<c>amount</c> is its largest), class of deadline and risk tolerance.</param>
/// <param name="Months">The scores of each month.</param>
public sealed record LiveAdvice(
    DateTimeOffset From, DateTimeOffset To, int Given, int OwnOrders, int Waits, int Awaiting, int Unknown, IReadOnlyList<AdviceScore> Rows, IReadOnlyList<AdviceScore> Months);

/// <summary>How good the advice was on a set of goals. What names the set is null for all; what could not be measured is null.</summary>
/// <param name="Pair">Symbol of the pair.</param>
/// <param name="Side"><c>SELL_BASE</c> or <c>BUY_BASE</c>.</param>
/// <param name="Amount">The amount.</param>
/// <param name="DeadlineDays">Days from asking to the deadline.</param>
/// <param name="Risk">The risk tolerance.</param>
/// <param name="Month">The first day of the month of asking.</param>
/// <param name="Goals">How many goals.</param>
/// <param name="WaitedShare">Share of them that waited, from 0 to 1.</param>
/// <param name="CostBps">Mean all-in cost of following the advice at the rate of the asking, in basis points of the amount.</param>
/// <param name="Against">What it gained against each strategy.</param>
/// <param name="Confidence">How the confidence held.</param>
public sealed record AdviceScore(
    string? Pair, string? Side, MoneyValue? Amount, int? DeadlineDays, string? Risk, DateOnly? Month, int Goals, double WaitedShare, double CostBps, IReadOnlyList<AdviceComparison> Against, ConfidenceRecord Confidence);

/// <summary>What following the advice gained against a strategy after fees: above zero the advice was better. Intervals hold the true mean 95 times of a hundred and honour that goals overlap.</summary>
/// <param name="Strategy"><c>at_once</c>, <c>last_safe_day</c>, <c>equal_parts</c>, <c>one_way_trading</c> or <c>hindsight</c>.</param>
/// <param name="Goals">Goals on which both have a price.</param>
/// <param name="MeanBps">Mean gain in basis points of the amount; goals asked at one instant count as one.</param>
/// <param name="LowBps">Lower bound of its interval.</param>
/// <param name="HighBps">Upper bound.</param>
/// <param name="MeanUsd">Mean gain in USD.</param>
/// <param name="LowUsd">Lower bound of its interval.</param>
/// <param name="HighUsd">Upper bound.</param>
/// <param name="WonShare">Share of the goals on which the advice was better.</param>
/// <param name="LostShare">Share on which it was worse.</param>
public sealed record AdviceComparison(
    string Strategy, int Goals, double? MeanBps, double? LowBps, double? HighBps, double? MeanUsd, double? LowUsd, double? HighUsd, double? WonShare, double? LostShare);

/// <summary>Whether waiting was cheaper as often as the confidence said.</summary>
/// <param name="Count">Decisions whose claim could be judged.</param>
/// <param name="Mean">Mean confidence.</param>
/// <param name="Frequency">How often waiting was cheaper.</param>
/// <param name="GapLow">Lower bound of frequency less confidence.</param>
/// <param name="GapHigh">Upper bound.</param>
/// <param name="CalibrationError">Mean distance of the two over the bins.</param>
/// <param name="Brier">Brier score: 0 at best.</param>
/// <param name="BrierOfFrequency">That of always saying the frequency: a confidence that tells cases apart is below it.</param>
/// <param name="Verdict"><c>calibrated</c>, <c>too_high</c>, <c>too_low</c> or <c>too_few</c>.</param>
/// <param name="Bins">The reliability diagram.</param>
public sealed record ConfidenceRecord(
    int Count, double? Mean, double? Frequency, double? GapLow, double? GapHigh, double? CalibrationError, double? Brier, double? BrierOfFrequency, string Verdict, IReadOnlyList<ConfidenceBin> Bins);

/// <summary>A bin of the reliability diagram.</summary>
/// <param name="Confidence">Mean confidence in it.</param>
/// <param name="Frequency">How often waiting was cheaper.</param>
/// <param name="Count">Decisions in it.</param>
public sealed record ConfidenceBin(double Confidence, double Frequency, int Count);
