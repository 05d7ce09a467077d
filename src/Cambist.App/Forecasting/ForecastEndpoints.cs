using Cambist.App.Edge;
using Cambist.App.Rates;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Forecasting;

/// <summary>Routes of forecasts.</summary>
internal static class ForecastEndpoints
{
    public static void MapForecasts(this IEndpointRouteBuilder api) =>
        api.MapGet("/forecasts/{base}/{quote}", Forecast)
            .WithName("Forecast")
            .WithSummary("The distribution of a pair's rate 1 to 24 hours ahead.")
            .WithTags("Forecasts")
            .Produces<ForecastResponse>()
            .ProducesProblems();

    private static IResult Forecast(string @base, string quote, RateDesk rates, ForecastService forecasts, MarketFacts market)
    {
        var fields = new FieldReader();
        var pair = fields.Pair("pair", $"{@base}/{quote}");
        if (fields.Problem is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var now = rates.Now;
        var rate = rates.Find(pair!, asOf: null);
        if (rate is null || rate.IsStale(now))
        {
            return new ProblemResult(rates.NoFreshRate(pair!, rate, asOf: null));
        }

        var answer = forecasts.Predict(pair!, now, rate.Rate.Mid);
        return answer.Forecast is { } forecast
            ? TypedResults.Json(ForecastWire.Of(forecast, answer.Origin, market.IsSimulated), CambistJson.Wire.ForecastResponse)
            : new ProblemResult(Problems.Unavailable("no_forecast", $"There is no forecast of {pair}: {answer.Missing}."));
    }
}
