using Cambist.Domain.Currencies;

namespace Cambist.Domain.Rates;

/// <summary>Finds the rate of a pair from the rates that are there: as quoted, turned round, or over one or two other currencies.</summary>
public static class CrossRates
{
    /// <summary>
    /// The rate of <paramref name="wanted"/> with the fewest legs: the direct rate, else its inverse, else the best path over one hub, else over two. Each leg may be turned round.
    /// Among paths of as many legs the smallest spread wins, then the order of the hubs.
    /// </summary>
    /// <param name="wanted">The pair to find.</param>
    /// <param name="direct">The quoted rate of a pair, null where none is quoted.</param>
    /// <param name="hubs">The currencies to go over, the preferred one first.</param>
    /// <returns>The rate of <paramref name="wanted"/>; null where no path leads there.</returns>
    /// <remarks>A mid price without a spread counts as a spread of zero, so paths with known spreads lose to it.</remarks>
    public static TwoSidedRate? Find(CurrencyPair wanted, Func<CurrencyPair, TwoSidedRate?> direct, IReadOnlyList<Currency> hubs)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(direct);
        ArgumentNullException.ThrowIfNull(hubs);

        var between = hubs.Where(hub => !wanted.Has(hub)).Distinct().ToList();
        return Leg(direct, wanted.Base, wanted.Quote)
            ?? Tightest(between.Select(hub => Path(direct, wanted.Base, hub, wanted.Quote)))
            ?? Tightest(between.SelectMany(first => between
                .Where(second => second != first)
                .Select(second => Path(direct, wanted.Base, first, second, wanted.Quote))));
    }

    private static TwoSidedRate? Leg(Func<CurrencyPair, TwoSidedRate?> direct, Currency from, Currency to)
    {
        var pair = new CurrencyPair(from, to);
        return direct(pair) ?? direct(pair.Inverse)?.Inverse();
    }

    private static TwoSidedRate? Path(Func<CurrencyPair, TwoSidedRate?> direct, params ReadOnlySpan<Currency> stops)
    {
        var rate = Leg(direct, stops[0], stops[1]);
        for (var next = 2; next < stops.Length && rate is not null; next++)
        {
            rate = Leg(direct, stops[next - 1], stops[next]) is { } leg ? rate.Times(leg) : null;
        }

        return rate;
    }

    // MinBy keeps the first of equals, which is the preferred hub's.
    private static TwoSidedRate? Tightest(IEnumerable<TwoSidedRate?> paths) => paths.OfType<TwoSidedRate>().MinBy(rate => rate.SpreadBps);
}
