using Cambist.Domain.Currencies;

namespace Cambist.Domain.Rates;

/// <summary>
/// A bid and an ask for a pair, in quote currency per unit of base currency. Where only a mid price is known both sides are equal and the
/// <see cref="SpreadBps"/> is zero because it is unknown; the reading that carries it says so.
/// </summary>
public sealed record TwoSidedRate : ICrossable<TwoSidedRate>
{
    /// <summary>A two-sided rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not above zero, or the bid is above the ask (a crossed quote).</exception>
    public TwoSidedRate(CurrencyPair pair, decimal bid, decimal ask)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bid);
        if (ask < bid)
        {
            throw new ArgumentOutOfRangeException(nameof(ask), ask, $"The ask of {pair} is at least its bid {bid}, was {ask} (crossed).");
        }

        Pair = pair;
        Bid = bid;
        Ask = ask;
    }

    /// <summary>The pair.</summary>
    public CurrencyPair Pair { get; }

    /// <summary>What one unit of the base currency sells for.</summary>
    public decimal Bid { get; }

    /// <summary>What one unit of the base currency costs.</summary>
    public decimal Ask { get; }

    /// <summary>The mid-market rate, halfway between bid and ask.</summary>
    public decimal Mid => (Bid + Ask) / 2m;

    /// <summary>Ask minus bid in basis points of the mid.</summary>
    public decimal SpreadBps => (Ask - Bid) / Mid * 10_000m;

    /// <inheritdoc />
    public double PathCost => (double)SpreadBps;

    /// <summary>A rate of which only the mid price is known.</summary>
    public static TwoSidedRate AtMid(CurrencyPair pair, decimal mid) => new(pair, mid, mid);

    /// <summary>The same market seen from the other currency: bid and ask change places.</summary>
    public TwoSidedRate Inverse() => new(Pair.Inverse, 1m / Ask, 1m / Bid);

    /// <summary>The cross rate over a shared currency: this rate's quote must be the other rate's base (EUR/USD × USD/JPY = EUR/JPY).</summary>
    /// <exception cref="ArgumentException">The rates do not meet in one currency.</exception>
    public TwoSidedRate Times(TwoSidedRate next)
    {
        if (next.Pair.Base != Pair.Quote)
        {
            throw new ArgumentException($"A cross of {Pair} goes on with a pair of base {Pair.Quote}, was {next.Pair}.", nameof(next));
        }

        return new TwoSidedRate(new CurrencyPair(Pair.Base, next.Pair.Quote), Bid * next.Bid, Ask * next.Ask);
    }

    /// <summary>An amount of the base currency in the quote currency at mid, not rounded.</summary>
    /// <exception cref="CurrencyMismatchException">The amount is not in the base currency.</exception>
    public Money ConvertAtMid(Money money) => money.Currency == Pair.Base
        ? new Money(money.Amount * Mid, Pair.Quote)
        : throw new CurrencyMismatchException(Pair.Base, money.Currency);
}
