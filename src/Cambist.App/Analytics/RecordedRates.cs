using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Rates;

namespace Cambist.App.Analytics;

/// <summary>
/// The hourly closes of a span in memory, told as <see cref="RateHistory.LastClose"/> tells them one by one: stored, turned round, or crossed from the last close of each leg. Daily values have no
/// part in it.
/// </summary>
/// <param name="bars">The bars.</param>
/// <param name="from">Start of the span.</param>
/// <param name="to">End of the span; nothing that closed later is read.</param>
internal sealed class RecordedRates(BarStore bars, DateTimeOffset from, DateTimeOffset to)
{
    private readonly Dictionary<CurrencyPair, RatePath?> _stored = [];

    /// <summary>The path of a pair; null where no stored pairs lead there.</summary>
    public RatePath? Of(CurrencyPair pair) => Stored(pair) ?? (Stored(pair.Inverse) is { } inverse ? Turned(inverse) : Crossed(pair));

    private RatePath? Stored(CurrencyPair pair)
    {
        if (!_stored.TryGetValue(pair, out var path))
        {
            var read = bars.Has(pair) ? bars.Read(pair, from, to) : [];
            path = _stored[pair] = read.Count == 0 ? null : new RatePath(pair, read.Select(bar => RateHistory.Observation(pair, bar)));
        }

        return path;
    }

    private static RatePath Turned(RatePath path) => new(path.Pair.Inverse, path.Known.Select(rate => rate.Inverse()));

    // A cross changes when any leg that comes into question does, and another path may then be the better one.
    private RatePath? Crossed(CurrencyPair pair)
    {
        CrossRates.Find(pair, leg => Stored(leg)?.Known[^1], RateBook.Hubs);
        var instants = _stored.Values.OfType<RatePath>().SelectMany(leg => leg.Known).Select(rate => rate.ObservedAt).Distinct().Order();
        var rates = instants
            .Select(instant => (Instant: instant, Rate: CrossRates.Find(pair, leg => Stored(leg)?.At(instant), RateBook.Hubs)))
            .Where(known => known.Rate?.ObservedAt == known.Instant)
            .Select(known => known.Rate!)
            .ToList();
        return rates.Count == 0 ? null : new RatePath(pair, rates);
    }
}
