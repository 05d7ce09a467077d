using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Goals;

/// <summary>How far a goal has come.</summary>
/// <param name="Converted">What is converted, on the goal's side.</param>
/// <param name="Remaining">What is left; never below zero.</param>
/// <param name="Share">Converted of the whole, from 0 to 1.</param>
/// <param name="Paid">All that was paid, fees included.</param>
/// <param name="Received">All that arrived.</param>
/// <param name="BlendedRate">Received per unit paid over all conversions, after fees and weighted by what was paid; null before the first.</param>
public sealed record GoalProgress(Money Converted, Money Remaining, decimal Share, Money Paid, Money Received, decimal? BlendedRate)
{
    private static readonly int[] Milestones = [25, 50, 75, 100];

    /// <summary>The last milestone that is reached, in percent: 0, 25, 50, 75 or 100. What is nearly reached is not.</summary>
    public int Milestone => Milestones.LastOrDefault(percent => Share * 100m >= percent);

    /// <summary>The progress of an amount.</summary>
    /// <param name="side">The side that the amount is on.</param>
    /// <param name="amount">The amount; above zero.</param>
    /// <param name="paid">All that was paid for it.</param>
    /// <param name="received">All that arrived for it.</param>
    public static GoalProgress Of(AmountSide side, Money amount, Money paid, Money received)
    {
        var converted = side == AmountSide.Send ? paid : received;
        var remaining = converted.Amount >= amount.Amount ? Money.Zero(amount.Currency) : amount.Minus(converted);
        return new GoalProgress(
            converted, remaining, Math.Min(1m, converted.Amount / amount.Amount), paid, received, paid.Amount > 0m ? received.Amount / paid.Amount : null);
    }
}
