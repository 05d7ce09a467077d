using System.Collections.Concurrent;
using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Serving;

/// <summary>
/// The pairs that are followed: the major ones of the market, and whatever was asked for; those that nobody has asked for longest are given up. And what the majors say together
/// of the hour, once for all pairs.
/// </summary>
internal sealed class LivePairs(RateHistory history, ForecastingOptions options, TimeProvider clock)
{
    // A day more for the look at whether a model's features are usual.
    internal const int PulseHours = LearnedFamily.MostLookback + 24;

    private readonly ConcurrentDictionary<CurrencyPair, LivePair> _pairs = new();
    private readonly Lock _dropping = new();
    private volatile PulseOfMajors? _pulse;

    /// <summary>The pairs that are followed.</summary>
    public IReadOnlyList<CurrencyPair> Followed => [.. _pairs.Where(pair => pair.Value.Latest is { Missing: null }).Select(pair => pair.Key)];

    /// <summary>What is known of a pair now, which is followed from now on; null where the clock went back.</summary>
    public PairHour? At(CurrencyPair pair, DateTimeOffset now) => Of(pair).At(now);

    /// <summary>The same for somebody who asked, so that the pair stays longer.</summary>
    public PairHour? Asked(CurrencyPair pair, DateTimeOffset now)
    {
        var live = Of(pair);
        live.UsedAt = clock.GetTimestamp();
        return live.At(now);
    }

    /// <summary>The hour that was reached of a pair.</summary>
    public DateTimeOffset? Reached(CurrencyPair pair) => _pairs.GetValueOrDefault(pair)?.Latest is { } latest ? UnixHour.ToInstant(latest.Hour) : null;

    /// <summary>How the major pairs together move, up to now.</summary>
    public MarketPulse Pulse(DateTimeOffset now)
    {
        var majors = MarketPulse.Majors.Select(pair => At(pair, now)?.Track).OfType<VarianceTrack>().ToArray();
        var hour = UnixHour.Floor(now);
        if (_pulse is { } known && known.Hour == hour && known.Majors.SequenceEqual(majors))
        {
            return known.Pulse;
        }

        var end = (int)FxWeek.MarketHours(UnixHour.ToInstant(hour)) + 1;
        var pulse = new PulseOfMajors(hour, majors, MarketPulse.Of(majors, end - PulseHours, end));
        _pulse = pulse;
        return pulse.Pulse;
    }

    private LivePair Of(CurrencyPair pair)
    {
        if (!_pairs.TryGetValue(pair, out var live))
        {
            live = _pairs.GetOrAdd(pair, static (added, pairs) => new LivePair(added, pairs.History, pairs.Clock) { UsedAt = pairs.Clock.GetTimestamp() }, (History: history, Clock: clock));
            DropLeastUsed(live);
        }

        return live;
    }

    private void DropLeastUsed(LivePair added)
    {
        lock (_dropping)
        {
            foreach (var (pair, _) in _pairs.Where(pair => pair.Value != added && !MarketPulse.Majors.Contains(pair.Key)).OrderBy(pair => pair.Value.UsedAt).Take(_pairs.Count - options.MostPairs))
            {
                _pairs.TryRemove(pair, out _);
            }
        }
    }

    private sealed record PulseOfMajors(long Hour, VarianceTrack[] Majors, MarketPulse Pulse);
}
