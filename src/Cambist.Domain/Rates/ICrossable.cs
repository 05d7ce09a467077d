using Cambist.Domain.Currencies;

namespace Cambist.Domain.Rates;

/// <summary>Anything told per pair that can be turned round and chained over a shared currency: a rate, an observation of one, a history.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface ICrossable<TSelf>
    where TSelf : class, ICrossable<TSelf>
{
    /// <summary>The pair.</summary>
    CurrencyPair Pair { get; }

    /// <summary>How little a path over it is wanted, compared among paths of as many legs: the lowest wins.</summary>
    double PathCost { get; }

    /// <summary>The same told the other way round.</summary>
    TSelf Inverse();

    /// <summary>The cross over a shared currency: this one's quote is the next one's base.</summary>
    /// <exception cref="ArgumentException">The pairs do not meet.</exception>
    TSelf Times(TSelf next);
}
