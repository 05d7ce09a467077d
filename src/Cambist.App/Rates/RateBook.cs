using System.Collections.Concurrent;
using System.Collections.Frozen;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>The latest observation of each pair, and every cross that follows from them. Reads take no lock and see one consistent moment of the market.</summary>
public sealed class RateBook
{
    private readonly Lock _writing = new();
    private volatile Moment _moment = new(FrozenDictionary<CurrencyPair, RateObservation>.Empty);

    /// <summary>The currencies that cross rates go over, the most traded first.</summary>
    public static IReadOnlyList<Currency> Hubs { get; } = [Currency.Parse("USD"), Currency.Parse("EUR"), Currency.Parse("GBP"), Currency.Parse("JPY")];

    /// <summary>The pairs that are observed directly.</summary>
    public IReadOnlyCollection<CurrencyPair> Pairs => _moment.Direct.Keys;

    /// <summary>A number that changes with every publication: what was derived from the book under another number is out of date.</summary>
    public long Version => _moment.Version;

    /// <summary>Publishes observations together, so that crosses between them are consistent. One that is older than what the book has is passed over.</summary>
    public void Publish(IReadOnlyCollection<RateObservation> observations)
    {
        lock (_writing)
        {
            var direct = new Dictionary<CurrencyPair, RateObservation>(_moment.Direct);
            foreach (var observation in observations)
            {
                if (!direct.TryGetValue(observation.Pair, out var known) || observation.EffectiveAt >= known.EffectiveAt)
                {
                    direct[observation.Pair] = observation;
                }
            }

            _moment = new Moment(direct.ToFrozenDictionary()) { Version = _moment.Version + 1 };
        }
    }

    /// <summary>The latest observation of a pair: direct, turned round, or crossed; null where none leads there.</summary>
    public RateObservation? Find(CurrencyPair pair) => _moment.Find(pair);

    private sealed class Moment(FrozenDictionary<CurrencyPair, RateObservation> direct)
    {
        private readonly ConcurrentDictionary<CurrencyPair, RateObservation?> _found = new();

        public FrozenDictionary<CurrencyPair, RateObservation> Direct { get; } = direct;

        public long Version { get; init; }

        public RateObservation? Find(CurrencyPair pair) =>
            _found.GetOrAdd(pair, static (wanted, direct) => CrossRates.Find(wanted, direct.GetValueOrDefault, Hubs), Direct);
    }
}
