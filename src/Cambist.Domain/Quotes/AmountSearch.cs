using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes;

/// <summary>Finds amounts from what they leave or cost once the fee is counted, exact to the minor unit.</summary>
internal static class AmountSearch
{
    // Fees are a few percent at most, so each step of the fixed-point search below gains more than a digit.
    private const int SearchSteps = 12;

    /// <summary>The largest amount that together with its fee on top does not exceed the total. Fees may fall where a tier begins, so each tier is asked, the highest first.</summary>
    public static Money LargestWithFee(FeeOffer offer, Money total)
    {
        for (var tier = offer.FeeTiers.Count - 1; tier >= 0; tier--)
        {
            var lowest = Fees.LowestOf(offer.FeeTiers, tier, total.Currency);
            if (lowest.Plus(Fees.In(offer, offer.FeeTiers[tier], lowest).Total).Amount <= total.Amount)
            {
                var amount = LargestWithFee(offer, offer.FeeTiers[tier], total);
                return total with { Amount = tier < offer.FeeTiers.Count - 1 ? Math.Min(amount, Fees.HighestOf(offer.FeeTiers[tier], total.Currency)) : amount };
            }
        }

        return Money.Zero(total.Currency);
    }

    /// <summary>The same as if this tier held for every amount.</summary>
    public static decimal LargestWithFee(FeeOffer offer, FeeTier tier, Money total)
    {
        var unit = total.Currency.SmallestAmount;
        decimal Cost(decimal amount) => amount + Fees.In(offer, tier, total with { Amount = amount }).Total.Amount;

        // Exact but for rounding, the bounds of the variable fee and the allowance.
        var amount = Math.Max(0m, new Money((total.Amount - tier.Fixed) / (1m + tier.Percent / 100m), total.Currency).Rounded().Amount);
        for (var step = 0; step < SearchSteps; step++)
        {
            var next = Math.Max(0m, amount - (Cost(amount) - total.Amount));
            if (next == amount)
            {
                break;
            }

            amount = next;
        }

        for (; Cost(amount) > total.Amount && amount > 0m; amount -= unit)
        {
        }

        for (; Cost(amount + unit) <= total.Amount; amount += unit)
        {
        }

        return amount;
    }

    /// <summary>The amount from <paramref name="least"/> on that is paid for with the smallest total: where a tier's fee falls, converting a little more costs less.</summary>
    public static (Money Converted, Money Paid) CheapestWithFee(FeeOffer offer, Money least)
    {
        var (converted, paid) = (least, least.Plus(Fees.Of(offer, least).Total));
        for (var tier = 1; tier < offer.FeeTiers.Count; tier++)
        {
            var lowest = Fees.LowestOf(offer.FeeTiers, tier, least.Currency);
            if (lowest.Amount > least.Amount && lowest.Plus(Fees.In(offer, offer.FeeTiers[tier], lowest).Total) is var total && total.Amount < paid.Amount)
            {
                (converted, paid) = (lowest, total);
            }
        }

        return (converted, paid);
    }

    /// <summary>The smallest total from which, once the fee is deducted, at least the amount is left.</summary>
    public static Money SmallestNetOfFee(FeeOffer offer, Money net)
    {
        var last = offer.FeeTiers.Count - 1;
        for (var tier = 0; tier < last; tier++)
        {
            var total = Math.Max(Fees.LowestOf(offer.FeeTiers, tier, net.Currency).Amount, SmallestNetOfFee(offer, offer.FeeTiers[tier], net));
            if (total <= offer.FeeTiers[tier].UpTo)
            {
                return net with { Amount = total };
            }
        }

        return net with { Amount = Math.Max(Fees.LowestOf(offer.FeeTiers, last, net.Currency).Amount, SmallestNetOfFee(offer, offer.FeeTiers[last], net)) };
    }

    /// <summary>The same as if this tier held for every total.</summary>
    public static decimal SmallestNetOfFee(FeeOffer offer, FeeTier tier, Money net)
    {
        var unit = net.Currency.SmallestAmount;
        decimal Left(decimal total) => total - Fees.In(offer, tier, net with { Amount = total }).Total.Amount;

        var total = new Money((net.Amount + tier.Fixed) / (1m - Math.Min(99m, tier.Percent) / 100m), net.Currency).Rounded().Amount;
        for (var step = 0; step < SearchSteps; step++)
        {
            var next = total + (net.Amount - Left(total));
            if (next == total)
            {
                break;
            }

            total = next;
        }

        for (; Left(total) < net.Amount; total += unit)
        {
        }

        for (; total > unit && Left(total - unit) >= net.Amount; total -= unit)
        {
        }

        return total;
    }
}
