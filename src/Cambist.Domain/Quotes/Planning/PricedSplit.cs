using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes.Planning;

/// <summary>A transfer with the calculator's price.</summary>
/// <param name="Slot">Through which offer, and when.</param>
/// <param name="Cost">The price.</param>
/// <param name="Free">What was left of the allowance; null where the offer has none.</param>
internal sealed record PricedPart(OrderSlot Slot, CostBreakdown Cost, decimal? Free)
{
    /// <summary>What of it counts towards an allowance: what is paid where the fee is deducted, what is converted where it is on top.</summary>
    public decimal Basis => Slot.Offer.FeeMode == FeeMode.Deducted ? Cost.Paid.Amount : Cost.Paid.Amount - Cost.FixedFee.Amount - Cost.VariableFee.Amount;
}

/// <summary>A split with the calculator's prices, by which it is judged.</summary>
/// <param name="Parts">The transfers in order of time.</param>
/// <param name="Paid">What they cost in all.</param>
/// <param name="Received">What arrives in all.</param>
internal sealed record PricedSplit(IReadOnlyList<PricedPart> Parts, Money Paid, Money Received)
{
    /// <summary>When the last transfer is ordered.</summary>
    public DateTimeOffset End => Parts[^1].Slot.At;

    /// <summary>
    /// What a plan is judged by, in the send currency: for receive what is paid, for send what the amount loses against mid. Where a fee leaves a part of the amount without a use,
    /// that part is taken to lose as much as the rest, so that nothing is won by not converting.
    /// </summary>
    public static decimal CostOf(Money paid, Money received, PriceQuestion question) =>
        question.Side == AmountSide.Send ? decimal.Round(question.Amount.Amount * (1m - received.Amount / question.Mid / paid.Amount), SplitSearch.CostDecimals) : paid.Amount;

    /// <summary>
    /// Prices the parts one after the other, each with what the others leave of its provider's allowance within the rolling period; the last takes what they leave of
    /// the amount. Null where rounding puts a part outside what the offer takes.
    /// </summary>
    public static PricedSplit? Of(Split split, PriceQuestion question)
    {
        var parts = new List<PricedPart>(split.Parts.Count);
        var left = question.Amount.Amount;
        var planned = left;
        for (var i = 0; i < split.Parts.Count; i++)
        {
            var (slot, amount) = split.Parts[i];
            var isRest = i == split.Parts.Count - 1;
            if (isRest && left <= 0m)
            {
                break; // Rounding let the others bring it all.
            }

            // The rest is what is left; more only where the plan meant more, for an offer takes no less.
            var asked = !isRest ? amount : amount > planned ? Math.Max(amount, left) : left;
            var free = FreeFor(slot, parts);
            var offer = free is { } allowance ? AllowanceTerms.With(slot.Offer, allowance) : slot.Offer;
            if (CostCalculator.Price(offer, question with { At = slot.At, Amount = new Money(asked, question.Amount.Currency) }) is not OfferPrice.Priced { Cost: var cost })
            {
                return null;
            }

            parts.Add(new PricedPart(slot, cost, free));
            planned -= amount;
            left -= question.Side == AmountSide.Send ? cost.Paid.Amount : cost.Received.Amount;
        }

        return new PricedSplit(
            [.. parts.OrderBy(part => part.Slot.At).ThenBy(part => part.Slot.Provider.Id, StringComparer.Ordinal)],
            parts.Aggregate(Money.Zero(question.Pair.Base), (sum, part) => sum.Plus(part.Cost.Paid)),
            parts.Aggregate(Money.Zero(question.Pair.Quote), (sum, part) => sum.Plus(part.Cost.Received)));
    }

    private static decimal? FreeFor(OrderSlot slot, List<PricedPart> parts)
    {
        if (slot.Offer.Allowance is not { } allowance)
        {
            return null;
        }

        var used = parts
            .Where(part => part.Free is not null && part.Slot.Provider.Id == slot.Provider.Id && (part.Slot.At - slot.At).Duration() < TimeSpan.FromDays(allowance.Days))
            .Sum(part => part.Basis);
        return Math.Max(0m, allowance.Amount - used);
    }
}
