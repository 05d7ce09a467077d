using System.Collections.Concurrent;
using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes;

/// <summary>
/// The providers to choose from. Which of their offers concern a pair is sorted out at the first question about it and kept, so that a cost table costs its arithmetic and
/// its rows. Safe to use from any thread.
/// </summary>
public sealed class ProviderPanel
{
    private readonly ConcurrentDictionary<CurrencyPair, IReadOnlyList<FeeOffer>[]> _routes = new();
    private readonly ConcurrentDictionary<Currency, IReadOnlyList<MarkupWindow>> _windows = new();

    /// <summary>A panel of these providers.</summary>
    /// <exception cref="ArgumentException">A provider has no offer.</exception>
    public ProviderPanel(IReadOnlyList<FeeSchedule> providers)
    {
        Providers = providers;
        foreach (var provider in providers)
        {
            if (provider.Offers.Count == 0)
            {
                throw new ArgumentException($"A provider has at least one offer, '{provider.Id}' has none.", nameof(providers));
            }
        }
    }

    /// <summary>The markup windows of every offer for a send currency: the only thing that changes a published price over time.</summary>
    public IReadOnlyList<MarkupWindow> MarkupWindowsOn(Currency send) => _windows.GetOrAdd(send, WindowsOf);

    /// <summary>The providers.</summary>
    public IReadOnlyList<FeeSchedule> Providers { get; }

    /// <summary>
    /// One row a provider: the offer through which most arrives (or least is paid), priced rows first and best first, then those with an unknown figure,
    /// then those that do not serve the question, each group by name.
    /// </summary>
    public IReadOnlyList<ProviderQuote> Rank(PriceQuestion question)
    {
        var offers = _routes.GetOrAdd(question.Pair, OffersOn);
        var quotes = new ProviderQuote[Providers.Count];
        for (var i = 0; i < quotes.Length; i++)
        {
            quotes[i] = Best(Providers[i], offers[i], question);
        }

        Array.Sort(quotes, Compare);
        return quotes;
    }

    // The offers between the two currencies; where a provider has none, all of them, of which the nearest miss is told.
    private IReadOnlyList<FeeOffer>[] OffersOn(CurrencyPair pair) =>
    [
        .. Providers.Select(provider => provider.Offers.Where(offer => CostCalculator.Converts(offer, pair)).ToArray() is { Length: > 0 } serving ? serving : provider.Offers),
    ];

    private IReadOnlyList<MarkupWindow> WindowsOf(Currency send) =>
        [.. Providers.SelectMany(provider => provider.Offers).Where(offer => offer.From.Contains(send)).SelectMany(offer => offer.MarkupWindows).Distinct()];

    private static ProviderQuote Best(FeeSchedule provider, IReadOnlyList<FeeOffer> offers, PriceQuestion question)
    {
        var (best, price) = (offers[0], CostCalculator.Price(offers[0], question));
        for (var i = 1; i < offers.Count; i++)
        {
            var other = CostCalculator.Price(offers[i], question);
            (best, price) = IsBetter(other, price) ? (offers[i], other) : (best, price);
        }

        return new ProviderQuote(provider, best, price);
    }

    private static bool IsBetter(OfferPrice one, OfferPrice other) => (one, other) switch
    {
        (OfferPrice.Priced a, OfferPrice.Priced b) => ByValue(a.Cost, b.Cost) < 0,
        (OfferPrice.Unavailable nearer, OfferPrice.Unavailable farther) => nearer.Refusal > farther.Refusal,
        _ => Order(one) < Order(other),
    };

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
