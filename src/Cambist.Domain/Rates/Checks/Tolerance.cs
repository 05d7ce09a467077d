namespace Cambist.Domain.Rates.Checks;

/// <summary>How far two honest rates of a pair may lie apart.</summary>
internal static class Tolerance
{
    // Venues differ by a few basis points, thin books and indicative prices by twenty; a third of a percent is what advice could live with.
    private const double BetweenVenues = 0.003;

    // Hourly returns have heavy tails: eight standard deviations come about once a year in a pair.
    private const double Deviations = 8;

    /// <summary>How far two rates lie apart, as a difference of logarithms, whichever way round. In floating point, for the quotient of a huge rate and a tiny one is no decimal.</summary>
    public static double Distance(decimal one, decimal other) => Math.Abs(Math.Log((double)one / (double)other));

    /// <summary>The distance, as a difference of logarithms, allowed between rates of two instants.</summary>
    public static double Of(RecentVolatility volatility, DateTimeOffset one, DateTimeOffset other) =>
        BetweenVenues + Deviations * volatility.Over(MarketAge.Between(one, other));
}
