using System.Collections.Concurrent;
using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Forecasting;

/// <summary>A forecast made in the past, and how to find what came of it.</summary>
/// <param name="Forecast">The forecast.</param>
/// <param name="References">What each reference family said from the same instant, in their order; null where one had nothing to say.</param>
/// <param name="Outcome">The last close known a number of clock hours later; null where the recorded history ends before.</param>
public sealed record PastForecast(Forecast Forecast, IReadOnlyList<Forecast?> References, Func<int, double?> Outcome);

/// <summary>Walks forward through recorded history and forecasts from each instant of a grid with nothing that closed after it.</summary>
public sealed class ForecastEvaluation(RateHistory history)
{
    /// <summary>
    /// Forecasts in rising time; null where no history of the pair is recorded. An instant at which the market is closed is left out, and so is one whose
    /// last close is older than <see cref="RateHistory.FreshFor"/>; the forecast's instant is the close of the last bar it used.
    /// </summary>
    public IEnumerable<PastForecast>? Run(CurrencyPair pair, WalkForward walk, IForecastFamily family, params IReadOnlyList<IForecastFamily> references)
    {
        var start = FxWeek.OpenOf(walk.From).AddDays(-7 * references.Append(family).Max(each => each.WeeksOfHistory));
        var series = history.Closes(pair, start, walk.To.AddHours(Forecast.LongestFittedHorizon));
        return series is null ? null : Run(series, start, walk, family, references);
    }

    private IEnumerable<PastForecast> Run(HourlySeries series, DateTimeOffset start, WalkForward walk, IForecastFamily family, IReadOnlyList<IForecastFamily> references)
    {
        var standpoints = Standpoints(series, walk).ToList();
        if (standpoints.Count == 0)
        {
            yield break;
        }

        var known = Known(series, start, standpoints[^1].AsOf);
        var others = references.Select(reference => reference.Predict(known, standpoints).GetEnumerator()).ToList();
        try
        {
            foreach (var forecast in family.Predict(known, standpoints))
            {
                Forecast?[] said = [.. others.Select(Next)];
                if (forecast is not null)
                {
                    yield return new PastForecast(forecast, said, hours => OutcomeOf(series, forecast.AsOf.AddHours(hours)));
                }
            }
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }

    // Nothing later than the last standpoint is handed out at all; that nothing later than each is read, the look-ahead detector shows.
    private MarketHistory Known(HourlySeries series, DateTimeOffset start, DateTimeOffset last)
    {
        var read = new ConcurrentDictionary<CurrencyPair, HourlySeries?> { [series.Pair] = series.Until(last) };
        return new MarketHistory(series.Until(last), pair => read.GetOrAdd(pair, other => history.Closes(other, start, last)));
    }

    private static Forecast? Next(IEnumerator<Forecast?> forecasts) => forecasts.MoveNext()
        ? forecasts.Current
        : throw new InvalidOperationException("A family answers at every standpoint, if only with nothing; one stopped early.");

    private static double? OutcomeOf(HourlySeries series, DateTimeOffset instant) => series.LastCloseTime >= instant ? series.Until(instant).Closes[^1] : null;

    private static IEnumerable<Standpoint> Standpoints(HourlySeries series, WalkForward walk)
    {
        DateTimeOffset? last = null;
        for (var instant = walk.From; instant <= walk.To; instant += walk.Every)
        {
            var known = series.Until(instant);
            if (!FxWeek.IsOpen(instant) || known.Count == 0)
            {
                continue;
            }

            var asOf = known.LastCloseTime;
            if (asOf != last && asOf >= walk.From && FxWeek.IsOpen(asOf) && FxWeek.OpenTimeBetween(asOf, instant) <= RateHistory.FreshFor)
            {
                last = asOf;
                yield return new Standpoint(asOf, known.Closes[^1]);
            }
        }
    }
}
