namespace Cambist.Client;

/// <summary>The latest rate of a pair.</summary>
public sealed record LatestRate
{
    /// <summary>The pair: <c>EUR/USD</c>.</summary>
    public required string Pair { get; init; }

    /// <summary>The mid-market rate, quote currency per unit of base currency.</summary>
    public required decimal Rate { get; init; }

    /// <summary>Bid; null where only the mid is known.</summary>
    public required decimal? Bid { get; init; }

    /// <summary>Ask; null where only the mid is known.</summary>
    public required decimal? Ask { get; init; }

    /// <summary>Ask minus bid in basis points of the mid; null where only the mid is known.</summary>
    public required double? SpreadBps { get; init; }

    /// <summary><c>live</c> (a market's price of this moment) or <c>reference</c> (a value fixed once a day, such as a central bank's); of a cross rate <c>reference</c> where one leg is.</summary>
    public required string Kind { get; init; }

    /// <summary>The source, or those of a consensus separated by commas; of a cross rate the sources of its legs joined by <c>+</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The ids of all sources that the rate rests on, each once.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>When it was true in the market.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>When it became known here.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>Seconds from <see cref="EffectiveAt"/> to the answer.</summary>
    public required double AgeSeconds { get; init; }

    /// <summary>True where it is too old for advice.</summary>
    public required bool Stale { get; init; }

    /// <summary><c>open</c> or <c>closed</c> (weekend of the FX week).</summary>
    public required string Market { get; init; }

    /// <summary>True where the market is simulated.</summary>
    public required bool Simulated { get; init; }
}

/// <summary>The answer of <c>GET /api/v1/rates/latest</c>.</summary>
/// <param name="Rates">One entry a pair, in the order asked.</param>
/// <param name="AsOf">The instant of the answer.</param>
public sealed record LatestRates(IReadOnlyList<LatestRate> Rates, DateTimeOffset AsOf);

/// <summary>
/// A bar of recorded history. Prices are quote currency per unit of base currency. Of a day of which only one value is known (a central bank's fixing) that is open and
/// close, and the extremes are not known.
/// </summary>
/// <param name="Time">Start of the bar.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price; null for a cross of two recorded pairs, whose extremes are not known.</param>
/// <param name="Low">Lowest price; null for a cross.</param>
/// <param name="Close">Last price.</param>
/// <param name="Source">Where it is from.</param>
public sealed record RateBar(
    DateTimeOffset Time,
    decimal Open,
    decimal? High,
    decimal? Low,
    decimal Close,
    string Source);

/// <summary>A page of <c>GET /api/v1/rates/history</c>.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Interval"><c>1h</c> or <c>1d</c>.</param>
/// <param name="Items">Bars in rising time.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last.</param>
/// <param name="Simulated">True where the market is simulated.</param>
public sealed record RateHistoryPage(string Pair, string Interval, IReadOnlyList<RateBar> Items, string? NextCursor, bool Simulated);
