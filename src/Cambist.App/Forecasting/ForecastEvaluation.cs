using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Forecasting;

/// <summary>A forecast made in the past, and how to find what came of it.</summary>
/// <param name="Forecast">The forecast.</param>
/// <param name="Outcome">The last close known a number of clock hours later; null where the recorded history ends before.</param>
public sealed record PastForecast(Forecast Forecast, Func<int, double?> Outcome);

/// <summary>Walks forward through recorded history and forecasts from each instant of a grid with nothing that closed after it.</summary>
public sealed class ForecastEvaluation(RateHistory history)
{
    /// <summary>
    /// Forecasts in rising time; null where no history of the pair is recorded. An instant at which the market is closed is left out, and so is one whose
    /// last close is older than <see cref="RateHistory.FreshFor"/>; the forecast's instant is the close of the last bar it used.
    /// </summary>
    public IEnumerable<PastForecast>? Run(CurrencyPair pair, DateTimeOffset from, DateTimeOffset to, TimeSpan every)
    {
        var closes = history.Closes(pair, SeasonalEwma.HistoryStart(from), to.AddHours(Forecast.LongestFittedHorizon));
        return closes is null ? null : AsOfs(closes, from, to, every)
            .GroupBy(FxWeek.OpenOf)
            .AsParallel().AsOrdered()
            .SelectMany(week => Week(closes, [.. week]));
    }

    private static IEnumerable<DateTimeOffset> AsOfs(HourlySeries closes, DateTimeOffset from, DateTimeOffset to, TimeSpan every)
    {
        DateTimeOffset? last = null;
        for (var instant = from; instant <= to; instant += every)
        {
            var known = closes.Until(instant);
            if (!FxWeek.IsOpen(instant) || known.Count == 0)
            {
                continue;
            }

            var asOf = known.LastCloseTime;
            if (asOf != last && asOf >= from && FxWeek.IsOpen(asOf) && FxWeek.OpenTimeBetween(asOf, instant) <= RateHistory.FreshFor)
            {
                last = asOf;
                yield return asOf;
            }
        }
    }

    private static IEnumerable<PastForecast> Week(HourlySeries closes, IReadOnlyList<DateTimeOffset> asOfs)
    {
        if (SeasonalEwma.Fit(closes, asOfs[0]) is not { } fit)
        {
            yield break;
        }

        foreach (var asOf in asOfs)
        {
            yield return new PastForecast(
                fit.Follow(closes, asOf).Predict(asOf, closes.Until(asOf).Closes[^1]),
                hours => closes.LastCloseTime >= asOf.AddHours(hours) ? closes.Until(asOf.AddHours(hours)).Closes[^1] : null);
        }
    }
}
