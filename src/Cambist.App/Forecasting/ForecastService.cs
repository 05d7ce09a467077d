using System.Collections.Concurrent;
using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Forecasting;

/// <summary>A forecast, or why there is none: exactly one is set.</summary>
/// <param name="Forecast">The forecast.</param>
/// <param name="Missing">The reason, to follow "there is no forecast: ".</param>
public readonly record struct ForecastAnswer(Forecast? Forecast, string? Missing);

/// <summary>Forecasts any pair with history. What is read and fitted is kept for the hour of the market that it belongs to.</summary>
public sealed class ForecastService(RateHistory history)
{
    // A busy service follows a few dozen pairs at one hour; questions about the past add to them.
    private const int MostKept = 1024;

    // A level of volatility that is a market day old says little about the next hours.
    private static readonly TimeSpan OldestLastBar = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<(CurrencyPair Pair, long Hour), Lazy<Prepared>> _prepared = new();

    /// <summary>The forecast of a pair from an instant and the rate at it; nothing that closed later is read.</summary>
    public ForecastAnswer Predict(CurrencyPair pair, DateTimeOffset asOf, decimal spot)
    {
        var prepared = Prepare(pair, asOf);
        return new ForecastAnswer(prepared.Volatility?.Predict(asOf, (double)spot), prepared.Missing);
    }

    private Prepared Prepare(CurrencyPair pair, DateTimeOffset asOf)
    {
        var key = (pair, UnixHour.Floor(asOf));
        return _prepared.TryGetValue(key, out var prepared) ? prepared.Value : Add(key).Value;
    }

    private Lazy<Prepared> Add((CurrencyPair Pair, long Hour) key)
    {
        if (_prepared.Count > MostKept)
        {
            _prepared.Clear();
        }

        return _prepared.GetOrAdd(key, static (added, service) => new Lazy<Prepared>(() => service.Read(added.Pair, UnixHour.ToInstant(added.Hour))), this);
    }

    private Prepared Read(CurrencyPair pair, DateTimeOffset hour)
    {
        var closes = history.Closes(pair, SeasonalEwma.HistoryStart(hour), hour);
        if (closes is null)
        {
            return new Prepared(null, $"no recent history of {pair} is recorded");
        }

        if (FxWeek.OpenTimeBetween(closes.LastCloseTime, hour) > OldestLastBar)
        {
            return new Prepared(null, $"the recorded history of {pair} ends on {closes.LastCloseTime:yyyy-MM-dd HH:mm} UTC");
        }

        return SeasonalEwma.Fit(closes, hour) is { } fit
            ? new Prepared(fit.Follow(closes, hour), null)
            : new Prepared(null, $"{closes.Count} hours of {pair} are recorded, and a forecast needs {SeasonalEwma.LeastBars} moving ones before the week's open");
    }

    private sealed record Prepared(Volatility? Volatility, string? Missing);
}
