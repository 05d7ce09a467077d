using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Cambist.App.Edge;
using Cambist.App.Edge.Idempotency;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Forecasting.Registry;

/// <summary>Routes of models, for whoever has the operator's key.</summary>
internal static class ModelsEndpoints
{
    private const string NeedsKey = $"Needs the header 'Authorization: Bearer KEY' with the key that {ModelsOptions.Section}:AdminKey holds; where none is set nobody may.";

    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/models", (HttpContext context, ModelsWire models, ModelsOptions options) =>
                (IResult?)Refusal(context, options) ?? TypedResults.Json(models.All(), CambistJson.Wire.ModelList))
            .WithName("Models")
            .WithSummary("The forecasting models: stage, span, verdicts of the gate, and which of them serves.")
            .WithDescription(NeedsKey)
            .WithTags("Forecasts")
            .Produces<ModelList>()
            .Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json");

        api.MapPost("/models/{id}/promote", Promote)
            .WithName("PromoteModel")
            .WithSummary("Makes a model champion; the one before it is kept to roll back to.")
            .WithDescription(NeedsKey)
            .WithTags("Forecasts")
            .Produces<ModelSummary>()
            .Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status409Conflict, "application/problem+json")
            .ProducesProblems()
            .WithIdempotency();
    }

    private static IResult Promote(string id, PromoteModelRequest? request, HttpContext context, ModelRegistry registry, ModelsWire models, ModelStart start, ModelsOptions options)
    {
        if (Refusal(context, options) is { } refusal)
        {
            return refusal;
        }

        try
        {
            start.Once();
            registry.Promote(id, ModelActor.Admin, request?.Force == true, request?.Reason);
            return TypedResults.Json(models.Find(id)!, CambistJson.Wire.ModelSummary);
        }
        catch (ModelFaultException fault)
        {
            return new ProblemResult(ModelProblems.Of(fault));
        }
    }

    // What whoever lacks the key is answered; null to whoever has it.
    private static ProblemResult? Refusal(HttpContext context, ModelsOptions options)
    {
        if (options.AdminKey is null)
        {
            return new ProblemResult(ModelProblems.Of(StatusCodes.Status403Forbidden, "admin_off", "Not allowed here", $"Models are told of and promoted over the API only where {ModelsOptions.Section}:AdminKey is set; it is not."));
        }

        if (!HasKey(context.Request, options.AdminKey))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return new ProblemResult(ModelProblems.Of(StatusCodes.Status401Unauthorized, "not_authorized", "The key is missing or wrong", $"'Authorization: Bearer KEY' with the key of {ModelsOptions.Section}:AdminKey was expected."));
        }

        return null;
    }

    // Digests are of one length whatever was sent, and their comparison takes the same time wherever they differ.
    private static bool HasKey(HttpRequest request, string key) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var told)
        && told.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(told.Parameter ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
