using System.ComponentModel;
using Cambist.App.Edge;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Assistant;

/// <summary>Routes of the assistant.</summary>
internal static class AssistantEndpoints
{
    private const int LargestBody = 16 * 1024;

    public static void MapAssistant(this IEndpointRouteBuilder api)
    {
        api.MapPost("/analyze", AnalyzeAsync)
            .WithName("Analyze")
            .WithSummary("Convert now, or wait? With whom, at what cost, how sure?")
            .WithTags("Assistant")
            .Accepts<AnalyzeRequest>("application/json")
            .Produces<AnalyzeResponse>()
            .ProducesProblems();

        api.MapGet("/providers", Providers)
            .WithName("Providers")
            .WithSummary("What each provider costs all in, best first.")
            .WithTags("Assistant")
            .Produces<IReadOnlyList<ProviderQuote>>()
            .ProducesProblems();
    }

    private static async Task<IResult> AnalyzeAsync(HttpContext context, RecentAnswers answers)
    {
        if (!context.Request.HasJsonContentType())
        {
            return new ProblemResult(Problems.BadShape("A body of type application/json was expected."));
        }

        if (context.Request.ContentLength > LargestBody)
        {
            return new ProblemResult(Problems.BadShape($"A body of at most {LargestBody} bytes was expected."));
        }

        var (form, problem) = await AnalyzeBody.ReadAsync(context.Request.Body, LargestBody, context.RequestAborted);
        if (form is null)
        {
            return new ProblemResult(problem!);
        }

        var (json, refusal) = answers.Advise(form);
        return json is null ? new ProblemResult(refusal!) : TypedResults.Bytes(json, "application/json; charset=utf-8");
    }

    private static IResult Providers(
        ConversionAssistant assistant,
        [FromQuery(Name = "from_currency"), Description("The currency that is sent (ISO 4217).")] string? fromCurrency = null,
        [FromQuery(Name = "to_currency"), Description("The currency that is needed (ISO 4217).")] string? toCurrency = null,
        [Description("How much: a decimal number above zero.")] string? amount = null,
        [FromQuery(Name = "amount_side"), Description("send (default) or receive.")] string? amountSide = null,
        [Description("Where the sender is (ISO 3166 alpha-2). Absent: where the send currency is at home.")] string? country = null,
        [FromQuery(Name = "as_of"), Description("Answer from recorded history as of this instant.")] string? asOf = null)
    {
        var form = new AskForm { Amount = amount, From = fromCurrency, To = toCurrency, Side = amountSide, Country = country, AsOf = asOf };
        return assistant.Compare(form) switch
        {
            CostTableAnswer.Given given => TypedResults.Json(given.Table, CambistJson.Wire.IReadOnlyListProviderQuote),
            CostTableAnswer.Refused refused => new ProblemResult(refused.Problem),
            _ => throw new InvalidOperationException("A table is given or refused."),
        };
    }
}
