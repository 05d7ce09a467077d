using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;

namespace Cambist.App.Analytics;

/// <summary>The goals of a replay: each pair, side, amount, deadline and risk tolerance, asked at each instant of a grid.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="From">The first instant at which a goal is asked.</param>
/// <param name="To">The last that may be.</param>
/// <param name="Every">The step between them, weekends too.</param>
/// <param name="Amounts">The amounts.</param>
/// <param name="AmountCurrency">Their currency; null: USD where the pair has it, else the base currency.</param>
/// <param name="Sides">The sides.</param>
/// <param name="DeadlineDays">Days from asking to the deadline.</param>
/// <param name="Risks">The risk tolerances.</param>
public sealed record AdviceReplayPlan(
    IReadOnlyList<CurrencyPair> Pairs, DateTimeOffset From, DateTimeOffset To, TimeSpan Every, IReadOnlyList<decimal> Amounts, Currency? AmountCurrency,
    IReadOnlyList<GoalSide> Sides, IReadOnlyList<int> DeadlineDays, IReadOnlyList<RiskTolerance> Risks)
{
    /// <summary>Goals of one pair and side.</summary>
    public long GoalsPerDirection => Instants * Amounts.Count * DeadlineDays.Count * Risks.Count;

    /// <summary>All goals.</summary>
    public long Goals => GoalsPerDirection * Pairs.Count * Sides.Count;

    /// <summary>Whether ids of goals name the risk tolerance.</summary>
    public bool NamesRisk => Risks.Count > 1;

    /// <summary>The end of the last deadline.</summary>
    public DateTimeOffset LastDeadline => To.AddDays(DeadlineDays.Max());

    private long Instants => To < From ? 0 : 1 + (To - From).Ticks / Every.Ticks;

    /// <summary>The currency that the amounts of a pair are in.</summary>
    public Currency CurrencyOf(CurrencyPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return AmountCurrency ?? (pair.Has(Currency.Usd) ? Currency.Usd : pair.Base);
    }

    /// <summary>The goals of one pair and side, in the order of the file.</summary>
    public IEnumerable<AdviceGoal> GoalsOf(CurrencyPair pair, GoalSide side) =>
        from amount in Amounts
        from days in DeadlineDays
        from risk in Risks
        from instant in Grid()
        select new AdviceGoal(pair, side, new Money(amount, CurrencyOf(pair)), instant, days, risk);

    private IEnumerable<DateTimeOffset> Grid()
    {
        for (var instant = From; instant <= To; instant += Every)
        {
            yield return instant;
        }
    }
}
