namespace Cambist.Domain.Evaluation.Advice;

/// <summary>What following the advice on a goal was worth.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Waited">Whether the advice was to wait at least once.</param>
/// <param name="Advised">All-in cost at the rate of the asking, in basis points of the amount; below zero where the rate moved in the person's favour by more than the fees.</param>
/// <param name="Gains">What the advice saved against each strategy, in the order of <see cref="AdviceStrategy"/>; null where the strategy could not be priced.</param>
/// <param name="Claims">What was claimed of waiting, and what came of it.</param>
public sealed record AdviceOutcome(AdviceGoal Goal, bool Waited, double Advised, IReadOnlyList<AdviceGain?> Gains, IReadOnlyList<JudgedClaim> Claims)
{
    /// <summary>Compares the advice that was followed with what else could have been done.</summary>
    /// <param name="prices">Prices of the goal.</param>
    /// <param name="strategies">What else could have been done.</param>
    /// <param name="executed">The conversion that the advice led to.</param>
    /// <param name="waited">Whether it was waited for.</param>
    /// <param name="usdPerBase">USD per unit of what the person has, at the asking; null where it is not known.</param>
    /// <param name="claims">The claims.</param>
    public static AdviceOutcome Of(
        GoalPrices prices, GoalStrategies strategies, Conversion executed, bool waited, decimal? usdPerBase, IReadOnlyList<JudgedClaim> claims)
    {
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentNullException.ThrowIfNull(strategies);
        ArgumentNullException.ThrowIfNull(executed);
        var (advised, notional) = (prices.Net([executed]), prices.Notional);
        return new AdviceOutcome(prices.Goal, waited, Bps(-advised), [.. AdviceStrategies.All.Select(Against)], claims);

        AdviceGain? Against(AdviceStrategy strategy) => strategies.Of(strategy, executed.At) is { } other
            ? new AdviceGain(Bps(advised - prices.Net(other)), usdPerBase is { } usd ? (double)((advised - prices.Net(other)) * usd) : null)
            : null;

        double Bps(decimal money) => (double)(money / notional * 10_000m);
    }
}

/// <summary>What the advice saved against a strategy; below zero where it cost.</summary>
/// <param name="Bps">In basis points of the amount.</param>
/// <param name="Usd">In USD at the asking; null where the rate is not known.</param>
public readonly record struct AdviceGain(double Bps, double? Usd);

/// <summary>A claim that waiting would be cheaper, and what came.</summary>
/// <param name="Probability">How likely it was said to be.</param>
/// <param name="Cheaper">Whether it was.</param>
public readonly record struct JudgedClaim(double Probability, bool Cheaper);
