namespace Cambist.Domain.Quotes.Planning;

/// <summary>
/// When an offer is worth ordering. At an unchanged mid-market rate its price changes only with its markup windows, and it falls only where one ends: so the earliest
/// instant with the least markup is as good as any later one.
/// </summary>
internal static class OrderTimes
{
    /// <summary>The instants at which the markup is lower than at every earlier one, up to the last, the first being <paramref name="from"/>.</summary>
    public static IReadOnlyList<DateTimeOffset> Falls(FeeOffer offer, DateTimeOffset from, DateTimeOffset last)
    {
        List<DateTimeOffset> falls = [from];
        var least = CostCalculator.MarkupAt(offer, from);
        for (var end = EndOfWindow(offer, from); least > offer.MarkupPercent && end <= last; end = EndOfWindow(offer, end.Value))
        {
            if (CostCalculator.MarkupAt(offer, end.Value) is var markup && markup < least)
            {
                falls.Add(end.Value);
                least = markup;
            }
        }

        return falls;
    }

    /// <summary>
    /// Orders of which each has a fresh allowance, since a whole period lies between them. Mostly there is one such row of instants: each the earliest with the least markup a
    /// period after the one before. Only where waiting for a window's end would cost an order at the other end are there several, none of which is always the best.
    /// </summary>
    /// <param name="offer">The offer.</param>
    /// <param name="from">The earliest instant.</param>
    /// <param name="last">The latest safe one.</param>
    /// <param name="period">Length of the rolling period.</param>
    /// <param name="most">The largest number of orders.</param>
    public static IReadOnlyList<IReadOnlyList<DateTimeOffset>> Rows(FeeOffer offer, DateTimeOffset from, DateTimeOffset last, TimeSpan period, int most)
    {
        if (from > last || most == 0)
        {
            return [[]];
        }

        var patient = Patient(offer, from, last, period, most);
        if (patient.Count >= Math.Min(most, 1 + (last - from).Ticks / period.Ticks))
        {
            return [patient];
        }

        return
        [
            patient,
            .. Falls(offer, from, last).SelectMany(first => Rows(offer, first + period, last, period, most - 1).Select(IReadOnlyList<DateTimeOffset> (rest) => [first, .. rest]))
                .Where(row => !row.SequenceEqual(patient)),
        ];
    }

    private static List<DateTimeOffset> Patient(FeeOffer offer, DateTimeOffset from, DateTimeOffset last, TimeSpan period, int most)
    {
        var row = new List<DateTimeOffset>();
        while (from <= last && row.Count < most)
        {
            row.Add(Falls(offer, from, last)[^1]);
            from = row[^1] + period;
        }

        return row;
    }

    private static DateTimeOffset? EndOfWindow(FeeOffer offer, DateTimeOffset instant)
    {
        DateTimeOffset? first = null;
        foreach (var window in offer.MarkupWindows)
        {
            if (window.ExtraPercent > 0m && window.Covers(instant) && window.EndAfter(instant) is var end && !(first <= end))
            {
                first = end;
            }
        }

        return first;
    }
}
