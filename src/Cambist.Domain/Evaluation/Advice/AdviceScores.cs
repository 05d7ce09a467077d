using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;

namespace Cambist.Domain.Evaluation.Advice;

/// <summary>
/// Collects what following the advice was worth, and tells it for every pair, side, amount, deadline and risk tolerance, for all of each together, and by month. Goals that were asked at one instant move
/// together: they count as one, with the mean of what they gained.
/// </summary>
/// <param name="from">The first instant of the grid of goals.</param>
/// <param name="every">Its step.</param>
public sealed class AdviceScores(DateTimeOffset from, TimeSpan every)
{
    private readonly List<AdviceOutcome> _outcomes = [];

    /// <summary>Outcomes so far.</summary>
    public int Count => _outcomes.Count;

    /// <summary>Counts outcomes.</summary>
    public void Add(IEnumerable<AdviceOutcome> outcomes) => _outcomes.AddRange(outcomes);

    /// <summary>The scores: every combination of what the goals differ in, where null stands for all; of what they do not differ in, the one value.</summary>
    public IReadOnlyList<AdviceScoreRow> Rows()
    {
        var goals = _outcomes.ConvertAll(outcome => outcome.Goal);
        IReadOnlyList<string?> pairs = Values(goals.Select(goal => (string?)goal.Pair.Symbol));
        var sides = Values(goals.Select(goal => (GoalSide?)goal.Side));
        var amounts = Values(goals.Select(goal => (Money?)goal.Amount));
        var deadlines = Values(goals.Select(goal => (int?)goal.DeadlineDays));
        var risks = Values(goals.Select(goal => (RiskTolerance?)goal.Risk));
        return Filled(
            from pair in pairs
            from side in sides
            from amount in amounts
            from deadline in deadlines
            from risk in risks
            select new AdviceScoreKey(pair, side, amount, deadline, risk, Month: null),
            goal => from pair in Of(pairs, goal.Pair.Symbol)
                    from side in Of(sides, goal.Side)
                    from amount in Of(amounts, goal.Amount)
                    from deadline in Of(deadlines, goal.DeadlineDays)
                    from risk in Of(risks, goal.Risk)
                    select new AdviceScoreKey(pair, side, amount, deadline, risk, Month: null));
    }

    /// <summary>The scores of the goals asked in each month, of all goals and of each pair.</summary>
    public IReadOnlyList<AdviceScoreRow> Months()
    {
        var months = _outcomes.Select(outcome => AdviceScoreKey.MonthOf(outcome.Goal.AskedAt)).Distinct().Order();
        var pairs = Values(_outcomes.Select(outcome => (string?)outcome.Goal.Pair.Symbol));
        return Filled(
            from pair in pairs from month in months select new AdviceScoreKey(pair, null, null, null, null, month),
            goal => from pair in Of(pairs, goal.Pair.Symbol) select new AdviceScoreKey(pair, null, null, null, null, AdviceScoreKey.MonthOf(goal.AskedAt)));
    }

    // One pass sorts the outcomes into their cells. The cells are summed one after another, for all of them at once would fill the memory.
    private List<AdviceScoreRow> Filled(IEnumerable<AdviceScoreKey> inOrder, Func<AdviceGoal, IEnumerable<AdviceScoreKey>> keysOf)
    {
        var cells = new Dictionary<AdviceScoreKey, List<AdviceOutcome>>();
        foreach (var outcome in _outcomes)
        {
            foreach (var key in keysOf(outcome.Goal))
            {
                if (!cells.TryGetValue(key, out var cell))
                {
                    cells[key] = cell = [];
                }

                cell.Add(outcome);
            }
        }

        return [.. inOrder.Where(cells.ContainsKey).AsParallel().AsOrdered().Select(key => Row(key, cells[key]))];
    }

    private AdviceScoreRow Row(AdviceScoreKey key, List<AdviceOutcome> outcomes)
    {
        var cell = new AdviceCell(from, every);
        foreach (var outcome in outcomes)
        {
            cell.Add(outcome);
        }

        return cell.Row(key);
    }

    // What a goal's value counts for, of the values that there are.
    private static T?[] Of<T>(IReadOnlyList<T?> values, T value) => values.Count > 1 ? [default, value] : [value];

    // All together first, then each; where there is only one, all together is that one.
    private static List<T?> Values<T>(IEnumerable<T?> values)
    {
        var distinct = values.Distinct().ToList();
        return distinct.Count > 1 ? [default, .. distinct] : distinct;
    }
}

/// <summary>Which goals a row of scores is about; null: all.</summary>
/// <param name="Pair">Symbol of the pair.</param>
/// <param name="Side">The side.</param>
/// <param name="Amount">The amount.</param>
/// <param name="DeadlineDays">Days from asking to the deadline.</param>
/// <param name="Risk">The risk tolerance.</param>
/// <param name="Month">The first day of the month, UTC, in which it was asked.</param>
public sealed record AdviceScoreKey(string? Pair, GoalSide? Side, Money? Amount, int? DeadlineDays, RiskTolerance? Risk, DateOnly? Month)
{
    /// <summary>The first day of the month of an instant, UTC.</summary>
    public static DateOnly MonthOf(DateTimeOffset instant) => new(instant.UtcDateTime.Year, instant.UtcDateTime.Month, 1);
}

/// <summary>How good the advice was on a set of goals.</summary>
/// <param name="Key">Which.</param>
/// <param name="Goals">How many.</param>
/// <param name="Waited">Share of them that waited.</param>
/// <param name="CostBps">Mean all-in cost of following the advice, at the rate of the asking, in basis points of the amount.</param>
/// <param name="Against">What it gained against each strategy.</param>
/// <param name="Confidence">How the confidence held.</param>
public sealed record AdviceScoreRow(
    AdviceScoreKey Key, int Goals, double Waited, double CostBps, IReadOnlyList<StrategyScore> Against, ConfidenceScore Confidence);

/// <summary>What following the advice gained against a strategy: above zero the advice was better.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Goals">Goals on which both have a price.</param>
/// <param name="Bps">Mean gain in basis points of the amount, over the instants of asking, with its interval.</param>
/// <param name="Usd">The same in USD.</param>
/// <param name="Won">Share of the goals on which the advice was better.</param>
/// <param name="Lost">Share on which it was worse; on the rest both cost the same.</param>
public sealed record StrategyScore(AdviceStrategy Strategy, int Goals, MeanInterval Bps, MeanInterval Usd, double Won, double Lost);

/// <summary>Whether waiting was cheaper as often as the confidence said.</summary>
/// <param name="Calibration">Reliability by bins, calibration error and Brier score.</param>
/// <param name="Mean">Mean confidence.</param>
/// <param name="Frequency">How often waiting was cheaper.</param>
/// <param name="Gap">Mean of what came (1 or 0) less what was said, with its interval: below zero the confidence was too high.</param>
public sealed record ConfidenceScore(ProbabilityCalibration Calibration, double Mean, double Frequency, MeanInterval Gap)
{
    /// <summary>Brier score of always saying the frequency, which only hindsight knows: a confidence that tells cases apart has a lower one.</summary>
    public double BrierOfFrequency => Frequency * (1 - Frequency);

    /// <summary>The verdict.</summary>
    public ConfidenceVerdict Verdict => Calibration.Count == 0 || !double.IsFinite(Gap.Low) ? ConfidenceVerdict.TooFew
        : Gap.High < 0 ? ConfidenceVerdict.TooHigh
        : Gap.Low > 0 ? ConfidenceVerdict.TooLow
        : ConfidenceVerdict.Calibrated;
}

/// <summary>What can be said of a confidence.</summary>
public enum ConfidenceVerdict
{
    /// <summary>Too few outcomes to say.</summary>
    TooFew,

    /// <summary>Waiting was cheaper as often as it was said.</summary>
    Calibrated,

    /// <summary>Waiting was cheaper less often.</summary>
    TooHigh,

    /// <summary>Waiting was cheaper more often.</summary>
    TooLow,
}
