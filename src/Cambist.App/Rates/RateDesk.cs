using Cambist.App.Rates.History;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>Finds the rate of a moment: the book's for now, recorded history's for the past or where the book has none.</summary>
public sealed class RateDesk(RateBook book, RateHistory history, RateCauses causes, TimeProvider clock)
{
    /// <summary>The instant of now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The newest observation known at the instant, fresh or not; null where no source leads to the pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="asOf">An instant of the past; null means now.</param>
    public RateObservation? Find(CurrencyPair pair, DateTimeOffset? asOf) =>
        asOf is { } past
            ? history.LastClose(pair, past)
            : book.Find(pair) ?? history.LastClose(pair, Now);

    /// <summary>The problem of a pair of which <see cref="Find"/> brought nothing fresh, with the cause as far as it is known.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="found">What it brought.</param>
    /// <param name="asOf">The instant that was asked for; null means now.</param>
    /// <param name="field">The request's field that named the pair.</param>
    public Problem NoFreshRate(CurrencyPair pair, RateObservation? found, DateTimeOffset? asOf, string field = "to_currency")
    {
        var at = asOf ?? Now;
        return RateProblems.NoFreshRate(pair, found, at, causes.Of(found?.EffectiveAt, at, isNow: asOf is null), field);
    }
}
