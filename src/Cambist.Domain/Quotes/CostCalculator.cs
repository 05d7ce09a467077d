using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes;

/// <summary>
/// Puts fees that are deducted and fees on top on one footing: what arrives for a given total paid, or what must be paid in total so that a given
/// amount arrives. Fees are rounded to the minor unit as providers do. Nothing unknown is taken as zero.
/// </summary>
public static class CostCalculator
{
    // Fees are a few percent at most, so each step of the fixed-point search below gains more than a digit.
    private const int SearchSteps = 12;

    /// <summary>The price of one offer.</summary>
    public static OfferPrice Price(FeeOffer offer, PriceQuestion question)
    {
        if (Unserved(offer, question) is { } unserved)
        {
            return new OfferPrice.Unavailable(unserved, offer, question);
        }

        if (offer.MarkupPercent is not { } markup)
        {
            return new OfferPrice.Unknown("does not publish the markup of its rate");
        }

        if (offer.FeeTiers.Count == 0)
        {
            return new OfferPrice.Unknown("does not publish its fee for this route");
        }

        foreach (var window in offer.MarkupWindows)
        {
            markup += window.Covers(question.At) ? window.ExtraPercent : 0m;
        }

        var rate = question.Mid * (1m - markup / 100m);
        var (converted, paid) = question.Side == AmountSide.Send
            ? ForPaid(offer, question.Amount)
            : ForReceived(offer, question.Amount, rate, question.Pair.Base);
        if (converted.Amount <= 0m)
        {
            return new OfferPrice.Unavailable(Refusal.FeeAboveAmount, offer, question);
        }

        if (OutsideLimits(offer, converted) is { } outside)
        {
            return new OfferPrice.Unavailable(outside, offer, question);
        }

        var fee = FeeOf(offer, FeeBasis(offer, converted, paid));
        var received = new Money(converted.Amount * rate, question.Pair.Quote).RoundedDown();
        var spread = new Money(converted.Amount * (1m - rate / question.Mid), converted.Currency).Rounded();
        return new OfferPrice.Priced(new CostBreakdown(paid, received, rate, question.Mid, spread, fee.Fixed, fee.Variable));
    }

    private static Refusal? Unserved(FeeOffer offer, PriceQuestion question)
    {
        if (!offer.From.Contains(question.Pair.Base))
        {
            return Refusal.SendCurrency;
        }

        if (offer.To.Count > 0 && !offer.To.Contains(question.Pair.Quote))
        {
            return Refusal.ReceiveCurrency;
        }

        return offer.Countries.Count > 0 && !Serves(offer.Countries, question.Countries) ? Refusal.Country : null;
    }

    private static bool Serves(IReadOnlyList<string> served, IReadOnlyList<string> asked)
    {
        for (var i = 0; i < asked.Count; i++)
        {
            if (served.Contains(asked[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static Refusal? OutsideLimits(FeeOffer offer, Money converted)
    {
        if (offer.Limits.Minimum is { } minimum && converted.Amount < minimum)
        {
            return Refusal.BelowMinimum;
        }

        return offer.Limits.Maximum is { } maximum && converted.Amount > maximum ? Refusal.AboveMaximum : null;
    }

    // A deducted fee is a share of what is paid, a fee on top a share of what is converted.
    private static Money FeeBasis(FeeOffer offer, Money converted, Money paid) => offer.FeeMode == FeeMode.Deducted ? paid : converted;

    private static (Money Converted, Money Paid) ForPaid(FeeOffer offer, Money total)
    {
        if (offer.FeeMode == FeeMode.Deducted)
        {
            return (total.Minus(FeeOf(offer, total).Total), total);
        }

        var converted = LargestWithFee(offer, total);
        return (converted, converted.Plus(FeeOf(offer, converted).Total));
    }

    private static (Money Converted, Money Paid) ForReceived(FeeOffer offer, Money received, decimal rate, Currency sendCurrency)
    {
        var least = new Money(received.Amount / rate, sendCurrency).RoundedUp();
        if (least.Amount * rate < received.Amount)
        {
            // The quotient was rounded in its 28th digit, just below the amount that is needed.
            least = least with { Amount = least.Amount + sendCurrency.SmallestAmount };
        }

        if (offer.FeeMode == FeeMode.OnTop)
        {
            return CheapestWithFee(offer, least);
        }

        var paid = SmallestNetOfFee(offer, least);
        return (paid.Minus(FeeOf(offer, paid).Total), paid);
    }

    /// <summary>The largest amount that together with its fee on top does not exceed the total. Fees may fall where a tier begins, so each tier is asked, the highest first.</summary>
    private static Money LargestWithFee(FeeOffer offer, Money total)
    {
        for (var tier = offer.FeeTiers.Count - 1; tier >= 0; tier--)
        {
            var lowest = LowestOf(offer.FeeTiers, tier, total.Currency);
            if (lowest.Plus(FeeIn(offer, offer.FeeTiers[tier], lowest).Total).Amount <= total.Amount)
            {
                var amount = LargestWithFee(offer, offer.FeeTiers[tier], total);
                return total with { Amount = tier < offer.FeeTiers.Count - 1 ? Math.Min(amount, HighestOf(offer.FeeTiers[tier], total.Currency)) : amount };
            }
        }

        return Money.Zero(total.Currency);
    }

    private static decimal LargestWithFee(FeeOffer offer, FeeTier tier, Money total)
    {
        var unit = total.Currency.SmallestAmount;
        decimal Cost(decimal amount) => amount + FeeIn(offer, tier, total with { Amount = amount }).Total.Amount;

        var amount = total.Amount;
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
    private static (Money Converted, Money Paid) CheapestWithFee(FeeOffer offer, Money least)
    {
        var (converted, paid) = (least, least.Plus(FeeOf(offer, least).Total));
        for (var tier = 1; tier < offer.FeeTiers.Count; tier++)
        {
            var lowest = LowestOf(offer.FeeTiers, tier, least.Currency);
            if (lowest.Amount > least.Amount && lowest.Plus(FeeIn(offer, offer.FeeTiers[tier], lowest).Total) is var total && total.Amount < paid.Amount)
            {
                (converted, paid) = (lowest, total);
            }
        }

        return (converted, paid);
    }

    /// <summary>The smallest total from which, once the fee is deducted, at least the amount is left.</summary>
    private static Money SmallestNetOfFee(FeeOffer offer, Money net)
    {
        var last = offer.FeeTiers.Count - 1;
        for (var tier = 0; tier < last; tier++)
        {
            var total = Math.Max(LowestOf(offer.FeeTiers, tier, net.Currency).Amount, SmallestNetOfFee(offer, offer.FeeTiers[tier], net));
            if (total <= offer.FeeTiers[tier].UpTo)
            {
                return net with { Amount = total };
            }
        }

        return net with { Amount = Math.Max(LowestOf(offer.FeeTiers, last, net.Currency).Amount, SmallestNetOfFee(offer, offer.FeeTiers[last], net)) };
    }

    private static decimal SmallestNetOfFee(FeeOffer offer, FeeTier tier, Money net)
    {
        var unit = net.Currency.SmallestAmount;
        decimal Left(decimal total) => total - FeeIn(offer, tier, net with { Amount = total }).Total.Amount;

        var total = net.Amount;
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

    private static (Money Fixed, Money Variable, Money Total) FeeOf(FeeOffer offer, Money basis) =>
        FeeIn(offer, TierOf(offer.FeeTiers, basis.Amount), basis);

    private static (Money Fixed, Money Variable, Money Total) FeeIn(FeeOffer offer, FeeTier tier, Money basis)
    {
        var variable = Math.Max(tier.Minimum, basis.Amount * tier.Percent / 100m);
        variable = tier.Maximum is { } maximum ? Math.Min(maximum, variable) : variable;
        if (offer.Allowance is { } allowance)
        {
            variable += Math.Max(0m, basis.Amount - allowance.Amount) * allowance.PercentAbove / 100m;
        }

        var fixedFee = new Money(tier.Fixed, basis.Currency).Rounded();
        var variableFee = new Money(variable, basis.Currency).Rounded();
        return (fixedFee, variableFee, fixedFee.Plus(variableFee));
    }

    private static decimal HighestOf(FeeTier tier, Currency currency) => new Money(tier.UpTo!.Value, currency).RoundedDown().Amount;

    /// <summary>The smallest amount of a tier: nothing for the first, else the minor unit above the tier before.</summary>
    private static Money LowestOf(IReadOnlyList<FeeTier> tiers, int tier, Currency currency) =>
        new(tier == 0 ? 0m : HighestOf(tiers[tier - 1], currency) + currency.SmallestAmount, currency);

    private static FeeTier TierOf(IReadOnlyList<FeeTier> tiers, decimal amount)
    {
        foreach (var tier in tiers)
        {
            if (tier.UpTo is not { } upTo || amount <= upTo)
            {
                return tier;
            }
        }

        return tiers[^1];
    }
}
