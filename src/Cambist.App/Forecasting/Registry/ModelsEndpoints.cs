using Cambist.App.Edge;
using Cambist.App.Edge.Idempotency;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Forecasting.Registry;

/// <summary>Routes of models, for admins.</summary>
internal static class ModelsEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", (ModelsWire models) => TypedResults.Json(models.All(), CambistJson.Wire.ModelList))
            .WithName("Models")
            .WithSummary("The forecasting models: stage, span, verdicts of the gate, and which of them serves.")
            .WithTags("Forecasts")
            .Produces<ModelList>()
            .Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json")
            .RequireAuthorization(EdgePolicies.Admin);

        api.MapPost("/models/{id}/promote", Promote)
            .WithName("PromoteModel")
            .WithSummary("Makes a model champion; the one before it is kept to roll back to.")
            .WithTags("Forecasts")
            .Produces<ModelSummary>()
            .Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status409Conflict, "application/problem+json")
            .ProducesProblems()
            .RequireAuthorization(EdgePolicies.Admin)
            .WithIdempotency();
    }

    private static IResult Promote(string id, PromoteModelRequest? request, HttpContext context, ModelRegistry registry, ModelsWire models, ModelStart start)
    {
        try
        {
            start.Once();
            registry.Promote(id, ModelActor.Admin, request?.Force == true, request?.Reason, WhoAsks.AccountOf(context.User));
            return TypedResults.Json(models.Find(id)!, CambistJson.Wire.ModelSummary);
        }
        catch (ModelFaultException fault)
        {
            return new ProblemResult(ModelProblems.Of(fault));
        }
    }
}
