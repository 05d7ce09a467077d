using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes;

/// <summary>Fees of an offer, rounded to the minor unit as providers do.</summary>
internal static class Fees
{
    /// <summary>The fee on an amount: a share of what is paid where it is deducted, of what is converted where it is on top.</summary>
    public static (Money Fixed, Money Variable, Money Total) Of(FeeOffer offer, Money basis) =>
        In(offer, TierOf(offer.FeeTiers, basis.Amount), basis);

    /// <summary>The fee that a tier would ask for an amount, whether it holds for it or not.</summary>
    public static (Money Fixed, Money Variable, Money Total) In(FeeOffer offer, FeeTier tier, Money basis)
    {
        var fixedFee = new Money(tier.Fixed, basis.Currency).Rounded();
        var variableFee = new Money(VariableIn(offer, tier, basis.Amount), basis.Currency).Rounded();
        return (fixedFee, variableFee, fixedFee.Plus(variableFee));
    }

    /// <summary>The variable fee that a tier would ask for an amount, before it is rounded.</summary>
    public static decimal VariableIn(FeeOffer offer, FeeTier tier, decimal basis)
    {
        var variable = Math.Max(tier.Minimum, basis * tier.Percent * CostCalculator.Percent);
        variable = tier.Maximum is { } maximum ? Math.Min(maximum, variable) : variable;
        return offer.Allowance is { } allowance ? variable + Math.Max(0m, basis - allowance.Amount) * allowance.PercentAbove * CostCalculator.Percent : variable;
    }

    /// <summary>The largest amount of a tier that is not the last.</summary>
    public static decimal HighestOf(FeeTier tier, Currency currency) => new Money(tier.UpTo!.Value, currency).RoundedDown().Amount;

    /// <summary>The smallest amount of a tier: nothing for the first, else the minor unit above the tier before.</summary>
    public static Money LowestOf(IReadOnlyList<FeeTier> tiers, int tier, Currency currency) =>
        new(tier == 0 ? 0m : HighestOf(tiers[tier - 1], currency) + currency.SmallestAmount, currency);

    private static FeeTier TierOf(IReadOnlyList<FeeTier> tiers, decimal amount)
    {
        for (var i = 0; i < tiers.Count; i++)
        {
            if (tiers[i].UpTo is not { } upTo || amount <= upTo)
            {
                return tiers[i];
            }
        }

        return tiers[^1];
    }
}
