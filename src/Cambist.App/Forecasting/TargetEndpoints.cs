using Cambist.App.Edge;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Forecasting;

/// <summary>Routes of target rates.</summary>
internal static class TargetEndpoints
{
    public static void MapTargets(this IEndpointRouteBuilder api) =>
        api.MapGet("/targets/probability", Probability)
            .WithName("TargetProbability")
            .WithSummary("How likely a rate is to reach a target at any moment until an instant of the next 90 days.")
            .WithDescription("'by' is a date, whose end in 'time_zone' (IANA; absent: UTC) counts, or an ISO 8601 instant.")
            .WithTags("Forecasts")
            .Produces<TargetProbability>()
            .ProducesProblems();

    private static IResult Probability(string? pair, string? target, string? by, [FromQuery(Name = "time_zone")] string? timeZone, ForecastDesk forecasts) =>
        forecasts.Reach(pair, target, by, timeZone) switch
        {
            { Problem: { } problem } => new ProblemResult(problem),
            var answer => TypedResults.Json(answer.Probability, CambistJson.Wire.TargetProbability),
        };
}
