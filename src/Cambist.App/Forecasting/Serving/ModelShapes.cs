using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Serving;

/// <summary>The shapes of models' errors on each pair, measured once a week on the year before it. A service does that beside its requests, a command as it needs them.</summary>
internal sealed class ModelShapes(RateHistory history, LearnedModels learned)
{
    // With less the shape would be that of a season, around a volatility that has not settled.
    private const int LeastWeeks = 26;

    // Pairs that are measured one after the other before their memory is given back.
    private const int InARow = 8;

    private readonly ConcurrentDictionary<(CurrencyPair Pair, string Model), Measured> _measured = new();
    private readonly ConcurrentDictionary<(CurrencyPair Pair, string Model), byte> _waiting = new();
    private readonly Channel<Wanted> _wanted = Channel.CreateUnbounded<Wanted>();
    private readonly Lock _pulsing = new();
    private (long Hour, MarketPulse Pulse, VarianceTrack[] Majors)? _pulse;

    /// <summary>Whether somebody takes <see cref="MeasureWantedAsync"/> upon them, so that nobody else has to wait.</summary>
    public bool IsMeasuredAside { get; private set; }

    /// <summary>The shapes of a week, or why there are none. Where they are measured aside and are not there yet, they are asked for.</summary>
    public (WeekShapes? Shapes, string? Why) Of(CurrencyPair pair, LoadedModel model, int week, DateTimeOffset asOf)
    {
        var key = (pair, model.Row.Fingerprint);
        if (_measured.TryGetValue(key, out var known) && known.Week == week)
        {
            return (known.Shapes, known.Why);
        }

        if (!IsMeasuredAside)
        {
            return Keep(key, week, Measure(pair, model, asOf));
        }

        if (_waiting.TryAdd(key, 0))
        {
            _wanted.Writer.TryWrite(new Wanted(pair, model, week, asOf));
        }

        return (null, $"the errors that {model.Row.Id} made on {pair} over the last year are being measured, which takes a moment");
    }

    /// <summary>Measures what is asked for, until it is told to stop.</summary>
    public async Task MeasureWantedAsync(Action<Exception, string> fault, CancellationToken cancellationToken)
    {
        IsMeasuredAside = true;
        var measured = 0;
        await foreach (var wanted in _wanted.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                Keep((wanted.Pair, wanted.Model.Row.Fingerprint), wanted.Week, Measure(wanted.Pair, wanted.Model, wanted.AsOf));
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                // The next request asks for it again.
                fault(broken, $"{wanted.Model.Row.Id} on {wanted.Pair}");
            }
            finally
            {
                _waiting.TryRemove((wanted.Pair, wanted.Model.Row.Fingerprint), out _);
            }

            measured++;
            if (_wanted.Reader.Count == 0 || measured % InARow == 0)
            {
                SpareMemory.Release();
            }
        }
    }

    /// <summary>Forgets the shapes of pairs and models that are gone.</summary>
    public void Keep(IReadOnlyCollection<CurrencyPair> pairs, IReadOnlyCollection<string> fingerprints)
    {
        foreach (var key in _measured.Keys.Where(key => !pairs.Contains(key.Pair) || !fingerprints.Contains(key.Model)))
        {
            _measured.TryRemove(key, out _);
        }
    }

    /// <summary>Everything that a model needs for the forecasts of one hour of the past: the pair's track, the market, and the shapes.</summary>
    public (VarianceTrack? Track, MarketPulse Pulse, WeekShapes? Shapes, string? Why) Past(CurrencyPair pair, LoadedModel model, DateTimeOffset asOf)
    {
        var own = MarketPulse.Majors.Contains(pair) ? null : Task.Run(() => LongTrack(pair, asOf));
        var (pulse, majors) = LongPulse(asOf);
        var track = own?.GetAwaiter().GetResult() ?? majors.FirstOrDefault(major => major.Path.Pair == pair) ?? LongTrack(pair, asOf);
        var weeks = track is null ? 0 : (track.Path.Rows - track.FirstReady) / FxWeek.Hours;
        return weeks >= LeastWeeks
            ? (track, pulse, learned.Of(model).Shapes(track!, pulse, asOf), null)
            : (null, MarketPulse.None, null, $"{pair} has {weeks} whole weeks of history, and a learned model needs {LeastWeeks}");
    }

    private (WeekShapes? Shapes, string? Why) Measure(CurrencyPair pair, LoadedModel model, DateTimeOffset asOf)
    {
        try
        {
            var (_, _, shapes, why) = Past(pair, model, asOf);
            return (shapes, why);
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or DbException))
        {
            // A model is run by a library with exceptions of its own, and what it says may be no number. It would do the same again within the week.
            return (null, $"{model.Row.Id} cannot be asked: {fault.GetType().Name}");
        }
    }

    private (WeekShapes? Shapes, string? Why) Keep((CurrencyPair, string) key, int week, (WeekShapes? Shapes, string? Why) measured)
    {
        _measured[key] = new Measured(week, measured.Shapes, measured.Why);
        return measured;
    }

    private VarianceTrack? LongTrack(CurrencyPair pair, DateTimeOffset asOf) => Bars(pair, asOf) is { } bars ? LearnedFamily.Track(bars, asOf) : null;

    private HourlySeries? Bars(CurrencyPair pair, DateTimeOffset asOf)
    {
        var from = FxWeek.OpenOf(asOf).AddDays(-7 * (LearnedFamily.WeeksOfShapes + LearnedFamily.WeeksOfFeatures));
        return history.Closes(pair, from, asOf) is { } read ? SoundBars.Of(read).Sound : null;
    }

    /// <summary>Measures the market up to an hour of the past, for whoever asks next; leaves it where somebody is measuring.</summary>
    public void AnticipatePulse(DateTimeOffset asOf)
    {
        if (_pulsing.TryEnter())
        {
            try
            {
                var (pulse, majors) = LongPulse(asOf);
                _pulse = (UnixHour.Floor(asOf), pulse, majors);
            }
            finally
            {
                _pulsing.Exit();
            }
        }
    }

    // A year of the majors is a third of a second of work: whoever comes second waits for it instead of doing it again.
    private (MarketPulse Pulse, VarianceTrack[] Majors) LongPulse(DateTimeOffset asOf)
    {
        lock (_pulsing)
        {
            if (_pulse is { } known && known.Hour == UnixHour.Floor(asOf))
            {
                // Whoever comes first takes the tracks: twenty megabytes are not kept for a second who may not come.
                _pulse = known with { Majors = [] };
                return (known.Pulse, known.Majors);
            }

            var followed = new VarianceTrack?[MarketPulse.Majors.Count];
            Parallel.For(0, followed.Length, new ParallelOptions { MaxDegreeOfParallelism = ForecastRefresh.Threads }, i => followed[i] = Bars(MarketPulse.Majors[i], asOf) is { } bars ? LearnedFamily.Track(bars, asOf) : null);
            var end = (int)FxWeek.MarketHours(asOf) + 1;
            VarianceTrack[] majors = [.. followed.OfType<VarianceTrack>()];
            var pulse = MarketPulse.Of(majors, end - (LearnedFamily.WeeksOfShapes + 1) * FxWeek.Hours - LivePairs.PulseHours, end);
            _pulse = (UnixHour.Floor(asOf), pulse, []);
            return (pulse, majors);
        }
    }

    private sealed record Measured(int Week, WeekShapes? Shapes, string? Why);

    private sealed record Wanted(CurrencyPair Pair, LoadedModel Model, int Week, DateTimeOffset AsOf);
}
