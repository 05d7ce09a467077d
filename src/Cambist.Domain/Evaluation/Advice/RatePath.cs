using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.Domain.Evaluation.Advice;

/// <summary>The rates of a pair over a span, each from the instant at which it became known. Safe to use from any thread.</summary>
public sealed class RatePath
{
    private readonly RateObservation[] _known;
    private readonly long[] _knownAt;

    /// <summary>A path.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="known">Its rates, rising by the instant at which they became known.</param>
    /// <exception cref="ArgumentException">They do not rise.</exception>
    public RatePath(CurrencyPair pair, IEnumerable<RateObservation> known)
    {
        Pair = pair;
        _known = [.. known];
        _knownAt = [.. _known.Select(rate => rate.ObservedAt.UtcTicks)];
        for (var i = 1; i < _knownAt.Length; i++)
        {
            if (_knownAt[i] <= _knownAt[i - 1])
            {
                throw new ArgumentException($"Rates become known one after another, found {_known[i].ObservedAt:O} after {_known[i - 1].ObservedAt:O}.", nameof(known));
            }
        }
    }

    /// <summary>The pair.</summary>
    public CurrencyPair Pair { get; }

    /// <summary>The rates, rising by the instant at which they became known.</summary>
    public IReadOnlyList<RateObservation> Known => _known;

    /// <summary>When the last rate became known; null where there is none.</summary>
    public DateTimeOffset? End => _known.Length == 0 ? null : _known[^1].ObservedAt;

    /// <summary>The newest rate that was known at an instant, fresh or not; null before the first.</summary>
    public RateObservation? At(DateTimeOffset instant)
    {
        var found = Array.BinarySearch(_knownAt, instant.UtcTicks);
        var last = found >= 0 ? found : ~found - 1;
        return last < 0 ? null : _known[last];
    }

    /// <summary>The same where it is fresh enough for advice; else null.</summary>
    public RateObservation? FreshAt(DateTimeOffset instant) => At(instant) is { } rate && !rate.IsStale(instant) ? rate : null;
}
