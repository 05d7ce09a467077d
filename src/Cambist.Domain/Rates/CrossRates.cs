using Cambist.Domain.Currencies;

namespace Cambist.Domain.Rates;

/// <summary>Finds the rate, or the history, of a pair from those that are there: as quoted, turned round, or over one or two other currencies.</summary>
public static class CrossRates
{
    /// <summary>
    /// The rate of <paramref name="wanted"/> with the fewest legs: the direct rate, else its inverse, else the best path over one hub, else over two. Each leg may be turned round.
    /// Among paths of as many legs the lowest <see cref="ICrossable{TSelf}.PathCost"/> wins (the smallest spread of rates), then the order of the hubs.
    /// </summary>
    /// <param name="wanted">The pair to find.</param>
    /// <param name="direct">The quoted rate of a pair, null where none is quoted.</param>
    /// <param name="hubs">The currencies to go over, the preferred one first.</param>
    /// <typeparam name="T">What is told per pair.</typeparam>
    /// <returns>The rate of <paramref name="wanted"/>; null where no path leads there.</returns>
    /// <remarks>A mid price without a spread counts as a spread of zero, so paths with known spreads lose to it.</remarks>
    public static T? Find<T>(CurrencyPair wanted, Func<CurrencyPair, T?> direct, IReadOnlyList<Currency> hubs)
        where T : class, ICrossable<T>
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(direct);
        ArgumentNullException.ThrowIfNull(hubs);

        return Leg(direct, wanted.Base, wanted.Quote) ?? Crosses(wanted, direct, hubs).FirstOrDefault();
    }

    /// <summary>Every rate of <paramref name="wanted"/> that there is, the best first, in the order that <see cref="Find"/> prefers: for whoever prefers by something else before it.</summary>
    /// <param name="wanted">The pair to find.</param>
    /// <param name="direct">The quoted rate of a pair, null where none is quoted.</param>
    /// <param name="hubs">The currencies to go over, the preferred one first.</param>
    /// <typeparam name="T">What is told per pair.</typeparam>
    public static IEnumerable<T> Paths<T>(CurrencyPair wanted, Func<CurrencyPair, T?> direct, IReadOnlyList<Currency> hubs)
        where T : class, ICrossable<T>
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(direct);
        ArgumentNullException.ThrowIfNull(hubs);
        var leg = Leg(direct, wanted.Base, wanted.Quote);
        return leg is null ? Crosses(wanted, direct, hubs) : Crosses(wanted, direct, hubs).Prepend(leg);
    }

    // Over one hub, then over two; OrderBy keeps the order of the hubs among equals.
    private static IEnumerable<T> Crosses<T>(CurrencyPair wanted, Func<CurrencyPair, T?> direct, IReadOnlyList<Currency> hubs)
        where T : class, ICrossable<T>
    {
        var between = hubs.Where(hub => !wanted.Has(hub)).Distinct().ToList();
        var overOne = between.Select(hub => Path(direct, wanted.Base, hub, wanted.Quote)).OfType<T>().OrderBy(path => path.PathCost);
        var overTwo = between
            .SelectMany(first => between.Where(second => second != first).Select(second => Path(direct, wanted.Base, first, second, wanted.Quote)))
            .OfType<T>().OrderBy(path => path.PathCost);
        return overOne.Concat(overTwo);
    }

    private static T? Leg<T>(Func<CurrencyPair, T?> direct, Currency from, Currency to)
        where T : class, ICrossable<T>
    {
        var pair = new CurrencyPair(from, to);
        return direct(pair) ?? direct(pair.Inverse)?.Inverse();
    }

    private static T? Path<T>(Func<CurrencyPair, T?> direct, params ReadOnlySpan<Currency> stops)
        where T : class, ICrossable<T>
    {
        var rate = Leg(direct, stops[0], stops[1]);
        for (var next = 2; next < stops.Length && rate is not null; next++)
        {
            rate = Leg(direct, stops[next - 1], stops[next]) is { } leg ? rate.Times(leg) : null;
        }

        return rate;
    }
}
