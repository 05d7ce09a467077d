using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Rates.History;
using Cambist.App.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Record;

/// <summary>
/// Records after each hour what the champion, the challengers and the baseline say of every followed pair, fills in what came of it, and counts the scores. It makes up for outcomes after an
/// outage, and never for forecasts: what was not said then is not said afterwards.
/// </summary>
internal sealed class ForecastRecorder(
    ForecastRecordStore store, LivePairs live, ModelOutlooks outlooks, ServingModels serving, RateHistory history, RecordOptions options, ILogger<ForecastRecorder> log)
{
    // Hours that a source failed to tell are fetched again for two days; what is not there by then never comes.
    private const int WaitsHours = 48;

    private const int AtOnce = 2000;

    /// <summary>Does all of it as of an instant.</summary>
    public void Turn(DateTimeOffset now)
    {
        if (options.Enabled)
        {
            Record(now);
            Settle(now);
            store.Trim(UnixHour.Floor(now.AddDays(-options.KeepRowsDays)), (int)(UnixHour.Floor(now.AddDays(-options.KeepDays)) / 24));
        }
    }

    /// <summary>Records what is said of the hour that has just ended; returns how much of it is new.</summary>
    public int Record(DateTimeOffset now)
    {
        LoadedModel[] models = [.. new[] { serving.Champion() }.OfType<LoadedModel>(), .. serving.Challengers(options.MostChallengers)];
        var said = live.Followed.Where(IsTold).SelectMany(pair => Said(pair, models, now)).ToList();
        return said.Count == 0 ? 0 : store.Add(said);
    }

    /// <summary>Fills in outcomes that are known by an instant; returns how many forecasts were looked after.</summary>
    public int Settle(DateTimeOffset now)
    {
        var settled = 0;
        while (store.Awaiting(UnixHour.Floor(now), AtOnce) is { Count: > 0 } awaiting)
        {
            settled += awaiting.GroupBy(forecast => forecast.Forecast.Pair).Sum(pair => store.Settle(Outcomes(pair.Key, [.. pair], now)));
        }

        return settled;
    }

    // Of a pair and its inverse, which are one market, the usual way round is recorded.
    private bool IsTold(CurrencyPair pair) =>
        MarketPulse.Majors.Contains(pair)
        || !live.Followed.Contains(pair.Inverse)
        || (!MarketPulse.Majors.Contains(pair.Inverse) && string.CompareOrdinal(pair.Symbol, pair.Inverse.Symbol) < 0);

    private IEnumerable<SaidForecast> Said(CurrencyPair pair, LoadedModel[] models, DateTimeOffset now)
    {
        if (live.At(pair, now) is not { Missing: null } hour)
        {
            yield break;
        }

        var asOf = hour.Bars!.LastCloseTime;
        if (UnixHour.Floor(asOf) != hour.Hour || !FxWeek.IsOpen(asOf))
        {
            yield break; // The hour's bar is not there, or the market is closed.
        }

        var standpoint = new Standpoint(asOf, hour.Bars.Closes[^1]);
        yield return Row(hour.Baseline!.Predict(asOf, standpoint.Spot));
        foreach (var from in models.Select(model => outlooks.Of(hour, model, now).From).OfType<Func<Standpoint, Forecast>>())
        {
            yield return Row(from(standpoint));
        }
    }

    private SaidForecast Row(Forecast forecast) =>
        new(forecast.Model, forecast.Pair.Symbol, UnixHour.Floor(forecast.AsOf), forecast.Spot, [.. options.RecordedHours.Select(hours => SaidHorizon.Of(forecast, hours))]);

    private IReadOnlyList<Settlement> Outcomes(string pair, IReadOnlyList<AwaitingForecast> awaiting, DateTimeOffset now)
    {
        // The week before tells what a weekend ended with.
        var from = UnixHour.ToInstant(awaiting.Min(forecast => forecast.Forecast.Hour)).AddDays(-7);
        var bars = Closes(pair, from, now);
        return [.. awaiting.Select(forecast => Outcome(forecast, bars, UnixHour.Floor(now)))];
    }

    // A pair that cannot be read, whatever the fault, has no outcomes; the others have theirs.
    private HourlySeries? Closes(string pair, DateTimeOffset from, DateTimeOffset now)
    {
        try
        {
            return history.Closes(CurrencyPair.ParseNoted(pair), from, now);
        }
        catch (Exception fault) when (!Database.IsFault(fault) && fault is not OutOfMemoryException)
        {
            log.LogError(fault, "What came of forecasts of {Pair} cannot be told", pair);
            return null;
        }
    }

    private static Settlement Outcome(AwaitingForecast awaiting, HourlySeries? bars, long nowHour)
    {
        var forecast = awaiting.Forecast;
        var outcomes = awaiting.Outcomes.ToArray();
        var scores = new List<(int, DayScore)>();
        long? due = null;
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (!double.IsNaN(outcomes[i]))
            {
                continue;
            }

            var (said, then) = (forecast.Said[i], forecast.Hour + forecast.Said[i].Hours);
            if (then <= nowHour && CloseAt(bars, then) is { } rate)
            {
                outcomes[i] = rate;
                scores.Add((said.Hours, DayScore.Of(said, awaiting.Baseline?.FirstOrDefault(other => other.Hours == said.Hours), forecast.Spot, rate)));
            }
            else if (then + WaitsHours < nowHour)
            {
                outcomes[i] = ForecastBytes.Missing;
                scores.Add((said.Hours, DayScore.Untold));
            }
            else
            {
                due = Math.Min(due ?? long.MaxValue, Math.Max(then, nowHour + 1));
            }
        }

        return new Settlement(awaiting, outcomes, due, scores);
    }

    // The close of the hour's bar; of the last one before the market closed, where the hour lies in a weekend.
    private static double? CloseAt(HourlySeries? bars, long hour)
    {
        var instant = UnixHour.ToInstant(hour);
        return bars?.Until(instant) is { Count: > 0 } known && FxWeek.OpenTimeBetween(known.LastCloseTime, instant) <= TimeSpan.Zero ? known.Closes[^1] : null;
    }
}
