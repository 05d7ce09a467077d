using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Features;

namespace Cambist.App.Analytics.Outcomes;

/// <summary>What came of live advice, told as a replay is. Amounts and deadlines are told by class, for every question has its own.</summary>
internal sealed class LiveAdviceRecord(OutcomeStore store)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // The largest of each class; the last is the largest that may be asked.
    private static readonly decimal[] Amounts = [1_000m, 10_000m, 100_000m, 1_000_000_000_000m];
    private static readonly int[] Deadlines = [1, 7, 30, 732];

    private static readonly TimeSpan Remembers = TimeSpan.FromMinutes(5);

    private readonly Lock _telling = new();
    private volatile Remembered? _recent;

    /// <summary>The record of the days up to an instant, or up to a few minutes before it: what everybody asks for is computed once for all, for it changes with the hour.</summary>
    public LiveAdvice? Recent(int days, DateTimeOffset now)
    {
        if (Known() is { } known)
        {
            return known.Told;
        }

        lock (_telling)
        {
            return (Known() ?? (_recent = new Remembered(now, days, Of(now.AddDays(-days), now)))).Told;
        }

        // A replayed market's clock goes back.
        Remembered? Known() => _recent is { } recent && recent.Days == days && now >= recent.At && now - recent.At < Remembers ? recent : null;
    }

    /// <summary>The record of the advice that was asked for in [from, to); null where none was.</summary>
    public LiveAdvice? Of(DateTimeOffset from, DateTimeOffset to)
    {
        var rows = store.Asked(from, to);
        if (rows.Count == 0)
        {
            return null;
        }

        var scores = new AdviceScores(rows[0].AskedAt - rows[0].AskedAt.TimeOfDay, Day);
        var judged = rows.Where(row => !row.IsOwnOrder).ToList();
        scores.Add(judged.Select(OutcomeOf).OfType<AdviceOutcome>());
        return new LiveAdvice(
            from,
            to,
            rows.Count,
            rows.Count - judged.Count,
            judged.Count(row => row.Waits),
            judged.Count(row => row.Due is not null),
            judged.Count(row => row is { Due: null, Came.Gains: null }),
            [.. scores.Rows().Select(AdviceRecordWire.Of)],
            [.. scores.Months().Select(AdviceRecordWire.Of)]);
    }

    private static AdviceOutcome? OutcomeOf(OutcomeRow row)
    {
        if (row is not { Pair: { } symbol, Risk: { } risk, Usd: { } usd, Came: { CostBps: { } cost, Gains: { } gains } })
        {
            return null;
        }

        var asked = CurrencyPair.ParseNoted(symbol);
        var (pair, side) = MarketPulse.Majors.Contains(asked.Inverse) ? (asked.Inverse, GoalSide.BuyBase) : (asked, GoalSide.SellBase);
        var goal = new AdviceGoal(
            pair,
            side,
            new Money(Amounts.First(most => (decimal)usd <= most || most == Amounts[^1]), Currency.Usd),
            row.AskedAt,
            Deadlines.First(most => row.Days <= most || most == Deadlines[^1]),
            DecisionWords.Risks.Parse(risk));
        IReadOnlyList<JudgedClaim> claims = row is { Confidence: { } confidence, Came.Cheaper: { } cheaper } ? [new JudgedClaim(confidence, cheaper)] : [];
        return new AdviceOutcome(goal, row.Waits, cost, gains, claims);
    }

    private sealed record Remembered(DateTimeOffset At, int Days, LiveAdvice? Told);
}
