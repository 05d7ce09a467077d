using Cambist.Domain.Currencies;

namespace Cambist.Domain.Rates.Checks;

/// <summary>
/// Checks prices of the past, told from the newest to the oldest, by the price after each: a page of history that is turned round or off by a hundred is recognised, and a price that lies
/// a quarter beside its neighbour is none. Real markets did not jump so far in an hour; the franc moved 18 % on 2015-01-15.
/// </summary>
/// <param name="pair">The pair.</param>
/// <param name="level">The rate that is trusted now; null where none is known, and then the pair's usual order of magnitude decides.</param>
public sealed class PastPrices(CurrencyPair pair, Level? level)
{
    private const double Farthest = 0.25;

    // A hole in the history lets a pair go further.
    private const double PerRootHour = 0.003;

    private Level? _level = level;

    /// <summary>What is wrong with a price and the extremes beside it; null where nothing is, and then it is trusted for the next older one.</summary>
    /// <param name="price">The price, such as a close.</param>
    /// <param name="low">The lowest price of its time.</param>
    /// <param name="high">The highest price of its time.</param>
    /// <param name="at">When it was true.</param>
    public Finding? Fault(decimal price, decimal low, decimal high, DateTimeOffset at)
    {
        var finding = _level is { } trusted ? Beside(trusted, price, low, high, at) : Unlike(price);
        _level = finding is null ? new Level(price, at) : _level;
        return finding;
    }

    private Finding? Unlike(decimal price) => UsualLevels.AreLike(pair, price)
        ? null
        : Finding.Reject("implausible", $"About {UsualLevels.Of(pair):G3} is usual for {pair}, was {price}, and nothing else is known of it yet.");

    private static Finding? Beside(Level trusted, decimal price, decimal low, decimal high, DateTimeOffset at)
    {
        if (UnitError.In(price, trusted.Mid) is { } finding)
        {
            return finding;
        }

        var tolerance = Farthest + PerRootHour * Math.Sqrt(Math.Abs((trusted.At - at).TotalHours));
        var furthest = Distance(low, trusted.Mid) > Distance(high, trusted.Mid) ? low : high;
        return Distance(furthest, trusted.Mid) <= tolerance
            ? null
            : Finding.Reject("jump", $"A price within {tolerance:P0} of {trusted.Mid} was expected, was {furthest}.");
    }

    private static double Distance(decimal one, decimal other) => Math.Abs(Math.Log((double)one / (double)other));
}
