using Cambist.App.Edge;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Rates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Forecasting;

/// <summary>Routes of target rates.</summary>
internal static class TargetEndpoints
{
    // No pair of two active currencies is outside of these by a factor of ten thousand, and logarithms stay exact.
    private const decimal SmallestTarget = 0.000000000001m, LargestTarget = 1_000_000_000_000m;

    public static void MapTargets(this IEndpointRouteBuilder api) =>
        api.MapGet("/targets/probability", Probability)
            .WithName("TargetProbability")
            .WithSummary("How likely a rate is to reach a target at any moment until an instant of the next 90 days.")
            .WithDescription("'by' is a date, whose end in 'time_zone' (IANA; absent: UTC) counts, or an ISO 8601 instant.")
            .WithTags("Forecasts")
            .Produces<TargetProbability>()
            .ProducesProblems();

    private static IResult Probability(
        string? pair, string? target, string? by, [FromQuery(Name = "time_zone")] string? timeZone, RateDesk rates, ForecastService forecasts, MarketFacts market)
    {
        var fields = new FieldReader();
        var (of, aim) = (fields.Pair("pair", pair), fields.Number("target", target));
        var zone = fields.Zone("time_zone", timeZone);
        var deadline = fields.Deadline("by", by, zone);
        var now = rates.Now;
        Check(fields, aim, target, deadline, by, now);
        if (fields.Problem is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var rate = rates.Find(of!, asOf: null);
        if (rate is null || rate.IsStale(now))
        {
            return new ProblemResult(rates.NoFreshRate(of!, rate, asOf: null, field: "pair"));
        }

        var answer = forecasts.Predict(of!, now, rate.Rate.Mid);
        return answer.Forecast is { } forecast
            ? TypedResults.Json(Of(forecast, answer.Origin, aim, deadline!.Value, market.IsSimulated), CambistJson.Wire.TargetProbability)
            : new ProblemResult(Problems.Unavailable("no_forecast", $"There is no forecast of {of}: {answer.Missing}."));
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

    private static TargetProbability Of(Forecast forecast, ForecastOrigin? origin, decimal target, DateTimeOffset by, bool simulated)
    {
        return new TargetProbability(
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
            simulated);
    }
}
