using Cambist.App.Edge;
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

    private static IResult Forecast(string @base, string quote, ForecastDesk forecasts) => forecasts.Forecast($"{@base}/{quote}") switch
    {
        { Problem: { } problem } => new ProblemResult(problem),
        var answer => TypedResults.Json(answer.Forecast, CambistJson.Wire.ForecastResponse),
    };
}
