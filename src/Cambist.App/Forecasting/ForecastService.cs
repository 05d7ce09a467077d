using System.Collections.Concurrent;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;

namespace Cambist.App.Forecasting;

/// <summary>A forecast, or why there is none: exactly one is set.</summary>
/// <param name="Forecast">The forecast.</param>
/// <param name="Missing">The reason, to follow "there is no forecast: ".</param>
/// <param name="Origin">Which model it is of, and why; null where there is none.</param>
public readonly record struct ForecastAnswer(Forecast? Forecast, string? Missing, ForecastOrigin? Origin = null);

/// <summary>Which model a forecast is of.</summary>
/// <param name="IsChampion">Whether it is the champion; else it is the baseline.</param>
/// <param name="Why">Why, in a sentence without its full stop.</param>
/// <param name="EdgeHours">Hours ahead at which the model's mean has a proven edge on this pair and is in the forecast.</param>
public sealed record ForecastOrigin(bool IsChampion, string Why, IReadOnlyList<int> EdgeHours);

/// <summary>
/// Forecasts any pair with history: with the champion where it serves the pair, else with the baseline, and says which and why. Pairs of now are followed from their first question on;
/// the past is read anew. Safe to use from any thread.
/// </summary>
public sealed class ForecastService : IDisposable
{
    // Questions about the past come in bursts, several of an hour. What a model needs of an hour of the past is some megabytes.
    private const int MostPastHours = 1024, MostPastModels = 4;

    // A question travels for a moment, perhaps over the turn of an hour.
    private static readonly TimeSpan StillNow = TimeSpan.FromMinutes(1);

    private readonly RateHistory _history;
    private readonly LivePairs _live;
    private readonly ModelOutlooks _outlooks;
    private readonly ServingModels? _serving;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<(CurrencyPair Pair, long Hour), Lazy<(Volatility? Baseline, string? Missing)>> _past = new();
    private readonly ConcurrentDictionary<(CurrencyPair Pair, long Hour, string Model), Lazy<ModelHour>> _pastModels = new();
    private readonly Lock _anticipating = new();
    private Task _anticipated = Task.CompletedTask;

    /// <summary>Forecasts with the baseline alone.</summary>
    public ForecastService(RateHistory history, TimeProvider clock)
        : this(history, new ForecastingOptions(), clock)
    {
    }

    internal ForecastService(RateHistory history, LivePairs live, ModelOutlooks outlooks, ServingModels? serving, TimeProvider clock) =>
        (_history, _live, _outlooks, _serving, _clock) = (history, live, outlooks, serving, clock);

    private ForecastService(RateHistory history, ForecastingOptions options, TimeProvider clock)
        : this(history, new LivePairs(history, options, clock), outlooks: null!, serving: null, clock)
    {
    }

    /// <summary>The forecast of a pair from an instant and the rate at it; nothing that closed later is read.</summary>
    public ForecastAnswer Predict(CurrencyPair pair, DateTimeOffset asOf, decimal spot)
    {
        var now = _clock.GetUtcNow();
        var isNow = UnixHour.Floor(asOf) == UnixHour.Floor(now) || (asOf - now).Duration() < StillNow;
        return isNow ? Live(pair, new Standpoint(asOf, (double)spot)) : Past(pair, new Standpoint(asOf, (double)spot));
    }

    /// <summary>Begins aside what a forecast of the past will need most time for, while the other facts are gathered; never waits, and does one at a time.</summary>
    public void Anticipate(CurrencyPair pair, DateTimeOffset asOf)
    {
        lock (_anticipating)
        {
            if (_serving is { } serving && _anticipated.IsCompleted && !_past.ContainsKey((pair, UnixHour.Floor(asOf))))
            {
                _anticipated = Task.Run(() => Anticipate(serving, asOf));
            }
        }
    }

    /// <summary>Waits for what was begun aside: it may be writing to the registry of models.</summary>
    public void Dispose() => _anticipated.Wait();

    /// <summary>Brings a pair's forecasts up to date before somebody asks.</summary>
    internal void Prepare(CurrencyPair pair, DateTimeOffset now)
    {
        if (_live.At(pair, now) is { Missing: null } hour && Served(pair) is { Model: { } model })
        {
            _outlooks.Of(hour, model, now);
        }
    }

    private void Anticipate(ServingModels serving, DateTimeOffset asOf)
    {
        try
        {
            if (serving.Champion() is { } champion && champion.Row.TrainedUntil <= asOf)
            {
                _outlooks.Anticipate(asOf);
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The forecast meets it again, and says so.
        }
    }

    private ForecastAnswer Live(CurrencyPair pair, Standpoint standpoint)
    {
        var hour = _live.Asked(pair, standpoint.AsOf);
        if (hour is null)
        {
            // Bars that closed later are in memory; none of them may be seen. That the question comes a moment after the turn of the hour is no fault of the clock.
            return _live.Reached(pair) <= _clock.GetUtcNow() ? Past(pair, standpoint) : Past(pair, standpoint, $"the clock of this machine went back: {_live.Reached(pair):yyyy-MM-dd HH:mm} UTC was reached before");
        }

        if (hour.Missing is { } missing)
        {
            return new ForecastAnswer(null, missing);
        }

        var served = Served(pair);
        return Answer(served, hour.Baseline!, standpoint, served.Model is { } model ? _outlooks.Of(hour, model, standpoint.AsOf) : null);
    }

    private ForecastAnswer Past(CurrencyPair pair, Standpoint standpoint, string? whyBaseline = null)
    {
        var key = (pair, Hour: UnixHour.Floor(standpoint.AsOf));
        var (baseline, missing) = Kept(_past, key, MostPastHours, () => Read(pair, key.Hour) is var hour ? (hour.Baseline, hour.Missing) : default);
        if (baseline is null)
        {
            return new ForecastAnswer(null, missing);
        }

        var served = whyBaseline is null ? Served(pair) : new ServingModel(null, null, whyBaseline);
        return Answer(
            served, baseline, standpoint, served.Model is { } model ? Kept(_pastModels, (pair, key.Hour, model.Row.Fingerprint), MostPastModels, () => _outlooks.Past(Read(pair, key.Hour), model)) : null);
    }

    private ForecastAnswer Answer(ServingModel served, Volatility baseline, Standpoint standpoint, ModelHour? outlook)
    {
        if (outlook?.From is { } from)
        {
            return new ForecastAnswer(from(standpoint), null, new ForecastOrigin(IsChampion: true, served.Why, _outlooks.MeanHours(served.Model!, baseline.Pair)));
        }

        return new ForecastAnswer(baseline.Predict(standpoint.AsOf, standpoint.Spot), null, new ForecastOrigin(IsChampion: false, outlook?.Why ?? served.Why, EdgeHours: []));
    }

    private ServingModel Served(CurrencyPair pair) => _serving?.For(pair) ?? new ServingModel(null, null, "no model is asked for");

    private PairHour Read(CurrencyPair pair, long hour) => LivePair.Past(pair, UnixHour.ToInstant(hour), SeasonalEwma.FitWeeks, _history);

    private static T Kept<TKey, T>(ConcurrentDictionary<TKey, Lazy<T>> kept, TKey key, int most, Func<T> make)
        where TKey : notnull
    {
        if (kept.TryGetValue(key, out var known))
        {
            return known.Value;
        }

        if (kept.Count >= most)
        {
            kept.Clear();
        }

        return kept.GetOrAdd(key, _ => new Lazy<T>(make, LazyThreadSafetyMode.PublicationOnly)).Value;
    }
}
