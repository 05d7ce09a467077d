using Cambist.Domain.Currencies;

namespace Cambist.Domain.Goals;

/// <summary>What becomes of a plan when a conversion is recorded: taken, or too large.</summary>
public abstract record Reconciliation
{
    private Reconciliation()
    {
    }

    /// <summary>It is counted.</summary>
    /// <param name="Plan">The plan after it.</param>
    public sealed record Taken(TranchePlan Plan) : Reconciliation;

    /// <summary>It is larger than what is left, by more than the tolerance.</summary>
    /// <param name="Remaining">What is left.</param>
    public sealed record TooLarge(Money Remaining) : Reconciliation;

    /// <summary>
    /// Counts a conversion for the parts that are not done, first ones first, whichever window it was made in: a part that was converted early is done, and what is missing from one is still to be converted.
    /// One that is larger than what is left by at most one minor unit is rounding, and ends the last part.
    /// </summary>
    /// <param name="plan">The plan until now.</param>
    /// <param name="converted">How much of the goal, on its side; above zero.</param>
    public static Reconciliation Of(TranchePlan plan, Money converted)
    {
        var remaining = plan.Tranches.Aggregate(Money.Zero(converted.Currency), (sum, tranche) => sum.Plus(tranche.Remaining));
        if (remaining.Amount <= 0m || converted.Amount > remaining.Amount + converted.Currency.SmallestAmount)
        {
            return new TooLarge(remaining);
        }

        var (tranches, left) = (plan.Tranches.ToArray(), converted);
        var last = Array.FindLastIndex(tranches, tranche => !tranche.IsDone);
        for (var i = 0; i <= last; i++)
        {
            var part = i == last || left.Amount < tranches[i].Remaining.Amount ? left : tranches[i].Remaining;
            tranches[i] = tranches[i] with { Converted = tranches[i].Converted.Plus(part) };
            left = left.Minus(part);
        }

        return new Taken(plan with { Tranches = tranches });
    }
}
