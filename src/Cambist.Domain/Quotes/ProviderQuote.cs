namespace Cambist.Domain.Quotes;

/// <summary>A provider's best answer to a question of price.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Offer">The offer that is priced, or the one that came nearest.</param>
/// <param name="Price">The price, or why there is none.</param>
public sealed record ProviderQuote(FeeSchedule Provider, FeeOffer Offer, OfferPrice Price)
{
    /// <summary>The cost where there is a price.</summary>
    public CostBreakdown? Cost => (Price as OfferPrice.Priced)?.Cost;

    /// <summary>The last instant at which an order still arrives by the deadline; null without a deadline, without a price, or where the delivery time is unknown.</summary>
    public DateTimeOffset? LatestSafe { get; init; }
}

/// <summary>Orders providers by what arrives.</summary>
public static class Ranking
{
    /// <summary>
    /// One row a provider: the offer through which most arrives (or least is paid), priced rows first and best first, then those with an unknown figure,
    /// then those that do not serve the question, each group by name.
    /// </summary>
    public static IReadOnlyList<ProviderQuote> Rank(IReadOnlyList<FeeSchedule> providers, PriceQuestion question)
    {
        var quotes = new ProviderQuote[providers.Count];
        for (var i = 0; i < quotes.Length; i++)
        {
            quotes[i] = BestOffer(providers[i], question);
        }

        Array.Sort(quotes, Compare);
        return quotes;
    }

    private static ProviderQuote BestOffer(FeeSchedule provider, PriceQuestion question)
    {
        ProviderQuote? best = null;
        foreach (var offer in provider.Offers)
        {
            // Most of a hundred offers serve another route. They count only where nothing else does, and then the nearest miss is told.
            if (best is not null && CostCalculator.Unserved(offer, question) is { } refusal && !(best.Price is OfferPrice.Unavailable miss && miss.Refusal < refusal))
            {
                continue;
            }

            var quote = new ProviderQuote(provider, offer, CostCalculator.Price(offer, question));
            best = best is null || IsNearer(quote.Price, best.Price) || Compare(quote, best) < 0 ? quote : best;
        }

        return best ?? throw new ArgumentException($"A provider has at least one offer, '{provider.Id}' has none.", nameof(provider));
    }

    private static bool IsNearer(OfferPrice one, OfferPrice other) =>
        one is OfferPrice.Unavailable nearer && other is OfferPrice.Unavailable farther && nearer.Refusal > farther.Refusal;

    private static int Compare(ProviderQuote left, ProviderQuote right)
    {
        if (left.Cost is { } a && right.Cost is { } b)
        {
            var byValue = ByValue(a, b);
            return byValue != 0 ? byValue : string.CompareOrdinal(left.Provider.Id, right.Provider.Id);
        }

        var byKind = Order(left.Price).CompareTo(Order(right.Price));
        return byKind != 0 ? byKind : string.CompareOrdinal(left.Provider.Name, right.Provider.Name);
    }

    // Most arrives per unit paid. Mostly one side is fixed and equal, and the other tells; else a quotient, for the product of two large amounts does
    // not fit a decimal.
    private static int ByValue(CostBreakdown a, CostBreakdown b)
    {
        if (a.Paid.Amount == b.Paid.Amount)
        {
            return b.Received.Amount.CompareTo(a.Received.Amount);
        }

        return a.Received.Amount == b.Received.Amount
            ? a.Paid.Amount.CompareTo(b.Paid.Amount)
            : (b.Received.Amount / b.Paid.Amount).CompareTo(a.Received.Amount / a.Paid.Amount);
    }

    private static int Order(OfferPrice price) => price switch
    {
        OfferPrice.Priced => 0,
        OfferPrice.Unknown => 1,
        _ => 2,
    };
}
