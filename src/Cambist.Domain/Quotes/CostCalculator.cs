using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes;

/// <summary>
/// Puts fees that are deducted and fees on top on one footing: what arrives for a given total paid, or what must be paid in total so that a given
/// amount arrives. Fees are rounded to the minor unit as providers do. Nothing unknown is taken as zero.
/// </summary>
public static class CostCalculator
{
    // A decimal is multiplied several times faster than it is divided.
    internal const decimal Percent = 0.01m;

    /// <summary>The price of one offer.</summary>
    public static OfferPrice Price(FeeOffer offer, PriceQuestion question)
    {
        if (Unserved(offer, question) is { } unserved)
        {
            return new OfferPrice.Unavailable(unserved, offer, question);
        }

        if (offer.MarkupPercent is not { } usualMarkup)
        {
            return new OfferPrice.Unknown("does not publish the markup of its rate");
        }

        if (offer.FeeTiers.Count == 0)
        {
            return new OfferPrice.Unknown("does not publish its fee for this route");
        }

        var markup = MarkupAt(offer, question.At);
        var rate = RateAt(question.Mid, markup);
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

        var fee = Fees.Of(offer, FeeBasis(offer, converted, paid));
        var received = Arriving(converted, TakenForCertain(offer, converted.Currency), rate, question);
        if (received.Amount <= 0m)
        {
            return new OfferPrice.Unavailable(Refusal.FeeAboveAmount, offer, question);
        }

        if (offer.Quoted is { } told && told.Answers(question, rate))
        {
            (paid, received) = (told.Paid, told.Received);
        }

        return new OfferPrice.Priced(new CostBreakdown(
            paid,
            received,
            rate,
            question.Mid,
            new Money(converted.Amount * markup * Percent, converted.Currency).Rounded(),
            fee.Fixed,
            fee.Variable,
            new Money(offer.MarkupNamed || usualMarkup < 0m ? 0m : converted.Amount * usualMarkup * Percent, converted.Currency).Rounded(),
            offer.Correspondents switch
            {
                null => received,
                { Most: { } most } => Arriving(converted, Math.Min(most, converted.Amount), rate, question),
                _ => null,
            }));
    }

    /// <summary>Whether an offer is about these two currencies, whoever may use it.</summary>
    internal static bool Converts(FeeOffer offer, CurrencyPair pair) => offer.From.Contains(pair.Base) && (offer.To.Count == 0 || offer.To.Contains(pair.Quote));

    /// <summary>The markup of an offer at an instant in percent, all windows counted; its markup must be known.</summary>
    internal static decimal MarkupAt(FeeOffer offer, DateTimeOffset instant)
    {
        var markup = offer.MarkupPercent ?? throw new ArgumentException($"The markup of '{offer.Id}' is unknown.", nameof(offer));
        for (var i = 0; i < offer.MarkupWindows.Count; i++)
        {
            markup += offer.MarkupWindows[i].Covers(instant) ? offer.MarkupWindows[i].ExtraPercent : 0m;
        }

        return markup;
    }

    /// <summary>The rate that lies a markup in percent below mid.</summary>
    internal static decimal RateAt(decimal mid, decimal markupPercent) => mid * (1m - markupPercent * Percent);

    /// <summary>What banks on the way take for certain, in the send currency. Fees are whole minor units.</summary>
    internal static decimal TakenForCertain(FeeOffer offer, Currency currency) => offer.Correspondents is { } fees ? new Money(fees.Least, currency).RoundedUp().Amount : 0m;

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

        if (offer.Countries.Count > 0 && !Serves(offer.Countries, question.Countries))
        {
            return Refusal.Country;
        }

        if (offer.Plan is { } plan && !question.Plans.Contains(plan))
        {
            return Refusal.Plan;
        }

        return (question.PayIn is { } payIn && payIn != offer.PayIn) || (question.PayOut is { } payOut && payOut != offer.PayOut) ? Refusal.Method : null;
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

    private static Money Arriving(Money converted, decimal takenOnTheWay, decimal rate, PriceQuestion question) =>
        new Money((converted.Amount - takenOnTheWay) * rate, question.Pair.Quote).RoundedDown();

    // A deducted fee is a share of what is paid, a fee on top a share of what is converted.
    private static Money FeeBasis(FeeOffer offer, Money converted, Money paid) => offer.FeeMode == FeeMode.Deducted ? paid : converted;

    private static (Money Converted, Money Paid) ForPaid(FeeOffer offer, Money total)
    {
        if (offer.FeeMode == FeeMode.Deducted)
        {
            return (total.Minus(Fees.Of(offer, total).Total), total);
        }

        var converted = AmountSearch.LargestWithFee(offer, total);
        return (converted, converted.Plus(Fees.Of(offer, converted).Total));
    }

    private static (Money Converted, Money Paid) ForReceived(FeeOffer offer, Money received, decimal rate, Currency sendCurrency)
    {
        var least = new Money(received.Amount / rate, sendCurrency).RoundedUp();
        if (least.Amount * rate < received.Amount)
        {
            // The quotient was rounded in its 28th digit, just below the amount that is needed.
            least = least with { Amount = least.Amount + sendCurrency.SmallestAmount };
        }

        least = least with { Amount = least.Amount + TakenForCertain(offer, sendCurrency) };

        if (offer.FeeMode == FeeMode.OnTop)
        {
            return AmountSearch.CheapestWithFee(offer, least);
        }

        var paid = AmountSearch.SmallestNetOfFee(offer, least);
        return (paid.Minus(Fees.Of(offer, paid).Total), paid);
    }
}
