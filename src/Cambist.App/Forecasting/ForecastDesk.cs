using Cambist.App.Edge;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Rates;

namespace Cambist.App.Forecasting;

/// <summary>Answers questions about what a rate may do, as the wire tells it; every face that shows forecasts asks here.</summary>
public sealed class ForecastDesk(RateDesk rates, ForecastService forecasts, MarketFacts market)
{
    // No pair of two active currencies is outside of these by a factor of ten thousand, and logarithms stay exact.
    private const decimal SmallestTarget = 0.000000000001m, LargestTarget = 1_000_000_000_000m;

    /// <summary>The distribution of a pair's rate 1 to 24 hours ahead, or why there is none; exactly one is set.</summary>
    /// <param name="pair">A pair such as EUR/USD.</param>
    public (ForecastResponse? Forecast, Problem? Problem) Forecast(string? pair)
    {
        var fields = new FieldReader();
        var of = fields.Pair("pair", pair);
        if (fields.Problem is { } wrong)
        {
            return (null, wrong);
        }

        var (forecast, origin, problem) = Now(of!, field: "to_currency");
        return forecast is null ? (null, problem) : (ForecastWire.Of(forecast, origin, market.IsSimulated), null);
    }

    /// <summary>How likely a rate is to reach a target at any moment until an instant, or why that cannot be said; exactly one is set.</summary>
    /// <param name="pair">A pair such as EUR/USD.</param>
    /// <param name="target">The rate.</param>
    /// <param name="by">A date, whose end in the time zone counts, or an ISO 8601 instant; at most 90 days ahead.</param>
    /// <param name="timeZone">IANA time zone; null: UTC.</param>
    public (TargetProbability? Probability, Problem? Problem) Reach(string? pair, string? target, string? by, string? timeZone)
    {
        var fields = new FieldReader();
        var (of, aim) = (fields.Pair("pair", pair), fields.Number("target", target));
        var deadline = fields.Deadline("by", by, fields.Zone("time_zone", timeZone));
        Check(fields, aim, target, deadline, by, rates.Now);
        if (fields.Problem is { } wrong)
        {
            return (null, wrong);
        }

        var (forecast, origin, problem) = Now(of!, field: "pair");
        return forecast is null ? (null, problem) : (Told(forecast, origin, aim, deadline!.Value), null);
    }

    private (Forecast? Forecast, ForecastOrigin? Origin, Problem? Problem) Now(CurrencyPair pair, string field)
    {
        var now = rates.Now;
        var rate = rates.Find(pair, asOf: null);
        if (rate is null || rate.IsStale(now))
        {
            return (null, null, rates.NoFreshRate(pair, rate, asOf: null, field));
        }

        var answer = forecasts.Predict(pair, now, rate.Rate.Mid);
        return answer.Forecast is null
            ? (null, null, Problems.Unavailable("no_forecast", $"There is no forecast of {pair}: {answer.Missing}."))
            : (answer.Forecast, answer.Origin, null);
    }

    private static void Check(FieldReader fields, decimal target, string? told, DateTimeOffset? deadline, string? by, DateTimeOffset now)
    {
        if (fields.Problem is null && target is < SmallestTarget or > LargestTarget)
        {
            fields.Refuse(Problems.Invalid("invalid_target", "target", "a rate above zero", told));
        }

        if (deadline is null)
        {
            fields.Refuse(Problems.Missing("by", "a date such as 2026-03-15 or an ISO 8601 instant"));
        }
        else if (deadline <= now)
        {
            fields.Refuse(Problems.Invalid("deadline_past", "by", $"later than now, {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", by));
        }
        else if (deadline - now > TouchProbability.LongestDeadline)
        {
            fields.Refuse(Problems.Invalid("deadline_too_far", "by", $"at most {TouchProbability.LongestDeadline.TotalDays} days ahead", by));
        }
    }

    private TargetProbability Told(Forecast forecast, ForecastOrigin? origin, decimal target, DateTimeOffset by) => new(
        forecast.Pair.ToString(),
        target,
        by,
        TouchProbability.SideOf(forecast, (double)target) == TargetSide.AtOrAbove ? "at_or_above" : "at_or_below",
        RateDigits.Round((decimal)forecast.Spot),
        TouchProbability.Of(forecast, (double)target, by),
        Math.Round((by - forecast.AsOf).TotalHours, 2),
        Math.Round(FxWeek.OpenTimeBetween(forecast.AsOf, by).TotalHours, 2),
        ForecastWire.ModelOf(forecast, origin),
        forecast.AsOf,
        market.IsSimulated);
}
