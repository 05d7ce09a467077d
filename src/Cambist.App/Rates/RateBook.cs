using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>The latest rate of each pair, every cross that follows from them, and a stream of what changes. Reads take no lock and cost the same however many pairs there are.</summary>
public sealed class RateBook(TimeProvider clock)
{
    // A reader that falls this far behind misses the oldest changes.
    private const int MostWaiting = 4096;
    private static readonly TimeSpan CrossIsKeptFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<CurrencyPair, RateObservation> _direct = new();
    private readonly ConcurrentDictionary<CurrencyPair, Derived> _derived = new();
    private ImmutableArray<ChannelWriter<RateObservation>> _readers = [];
    private long _version;

    /// <summary>The currencies that cross rates go over, the most traded first.</summary>
    public static IReadOnlyList<Currency> Hubs { get; } = [Currency.Usd, Currency.Parse("EUR"), Currency.Parse("GBP"), Currency.Parse("JPY")];

    /// <summary>The pairs that have a rate of their own.</summary>
    public IReadOnlyCollection<CurrencyPair> Pairs => [.. _direct.Select(entry => entry.Key)];

    /// <summary>A number that changes with every publication: what was derived from the book under another number is out of date.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Publishes rates. One that is older than what the book has is passed over.</summary>
    public void Publish(params IReadOnlyCollection<RateObservation> observations)
    {
        foreach (var observation in observations)
        {
            var stands = _direct.AddOrUpdate(
                observation.Pair, static (_, newer) => newer, static (_, known, newer) => newer.EffectiveAt >= known.EffectiveAt ? newer : known, observation);
            if (ReferenceEquals(stands, observation))
            {
                foreach (var reader in _readers)
                {
                    reader.TryWrite(observation);
                }
            }
        }

        Interlocked.Increment(ref _version);
    }

    /// <summary>
    /// The rate of a pair: its own or turned round where that is live and fresh, else the best cross. Fresh goes before stale, live before reference, few legs before
    /// many, a narrow spread before a wide one. Null where nothing leads to the pair.
    /// </summary>
    public RateObservation? Find(CurrencyPair pair)
    {
        var now = clock.GetUtcNow();
        if (_direct.TryGetValue(pair, out var own) && own.Kind == RateKind.Live && !own.IsStale(now))
        {
            return own;
        }

        var version = Version;
        if (_derived.TryGetValue(pair, out var known) && known.Version == version && now - known.At < CrossIsKeptFor && now >= known.At)
        {
            return known.Rate;
        }

        var found = CrossRates.Paths(pair, Direct, Hubs).MinBy(rate => (rate.IsStale(now), rate.Kind));
        _derived[pair] = new Derived(found, version, now);
        return found;
    }

    /// <summary>What changes from now on, as it is published, until the token is cancelled. A reader that is too slow misses the oldest changes and never holds up anyone.</summary>
    public async IAsyncEnumerable<RateObservation> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<RateObservation>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        ImmutableInterlocked.Update(ref _readers, (readers, added) => readers.Add(added), changes.Writer);
        try
        {
            await foreach (var change in changes.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _readers, (readers, gone) => readers.Remove(gone), changes.Writer);
        }
    }

    private RateObservation? Direct(CurrencyPair pair) => _direct.GetValueOrDefault(pair);

    private sealed record Derived(RateObservation? Rate, long Version, DateTimeOffset At);
}
