using System.ComponentModel;
using Cambist.App.Edge;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Cambist.App.Assistant;

/// <summary>Routes of the assistant.</summary>
internal static class AssistantEndpoints
{
    private const int LargestBody = 16 * 1024;
    private const string PendingHeader = "Cambist-Pending";

    public static void MapAssistant(this IEndpointRouteBuilder api)
    {
        api.MapPost("/analyze", AnalyzeAsync)
            .WithName("Analyze")
            .WithSummary("Convert now, or wait? With whom, at what cost, how sure?")
            .WithTags("Assistant")
            .Accepts<AnalyzeRequest>("application/json")
            .Produces<AnalyzeResponse>()
            .ProducesProblems();

        api.MapGet("/providers", ProvidersAsync)
            .WithName("Providers")
            .WithSummary("What each provider costs all in, best first.")
            .WithDescription($"Services that are slow to quote are waited for no longer than a second and a half; the header {PendingHeader} then names them, and /providers/stream tells what they say.")
            .WithTags("Assistant")
            .Produces<IReadOnlyList<ProviderQuote>>()
            .ProducesProblems()
            .WithEntityTags();

        api.MapGet("/providers/stream", StreamAsync)
            .WithName("ProviderStream")
            .WithSummary("The same as slow services answer, as server-sent events.")
            .WithDescription("Each event 'providers' is the whole table with what has been quoted by then; the last one is named 'complete'.")
            .WithTags("Assistant")
            .Produces<IReadOnlyList<ProviderQuote>>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblems();
    }

    private static async Task<IResult> AnalyzeAsync(HttpContext context, RecentAnswers answers, AdviceTrail trail)
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

        var (json, refusal) = await answers.AdviseAsync(form, context.RequestAborted);
        if (json is null)
        {
            return new ProblemResult(refusal!);
        }

        await trail.TellAsync(context.User, form, json, context.RequestAborted);
        return TypedResults.Bytes(json, "application/json; charset=utf-8");
    }

    private static async Task<IResult> ProvidersAsync([AsParameters] CostTableQuery query, ConversionAssistant assistant, HttpContext context)
    {
        switch (await assistant.CompareAsync(query.Form(), patience: null, context.RequestAborted))
        {
            case CostTableAnswer.Given given:
                if (given.Pending.Count > 0)
                {
                    // The body is the list itself, so what is still awaited is told beside it.
                    context.Response.Headers[PendingHeader] = string.Join(", ", given.Pending);
                }

                return TypedResults.Json(given.Table, CambistJson.Wire.IReadOnlyListProviderQuote);
            case CostTableAnswer.Refused refused:
                return new ProblemResult(refused.Problem);
            default:
                throw new InvalidOperationException("A table is given or refused.");
        }
    }

    private static async Task<IResult> StreamAsync(
        [AsParameters] CostTableQuery query, ConversionAssistant assistant, CostTableStream stream, IHostApplicationLifetime lifetime, HttpContext context)
    {
        var form = query.Form();
        if (await assistant.CompareAsync(form, TimeSpan.Zero, context.RequestAborted) is CostTableAnswer.Refused refused)
        {
            return new ProblemResult(refused.Problem);
        }

        var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(end);
        return TypedResults.ServerSentEvents(stream.EventsAsync(form, end.Token));
    }
}

/// <summary>The question of a cost table as it stands in the address.</summary>
internal sealed class CostTableQuery
{
    [FromQuery(Name = "from_currency"), Description("The currency that is sent (ISO 4217).")]
    public string? FromCurrency { get; init; }

    [FromQuery(Name = "to_currency"), Description("The currency that is needed (ISO 4217).")]
    public string? ToCurrency { get; init; }

    [FromQuery(Name = "amount"), Description("How much: a decimal number above zero.")]
    public string? Amount { get; init; }

    [FromQuery(Name = "amount_side"), Description("send (default) or receive.")]
    public string? AmountSide { get; init; }

    [FromQuery(Name = "deadline"), Description("When the money is needed: a date or an instant. Each provider then has its latest safe date.")]
    public string? Deadline { get; init; }

    [FromQuery(Name = "time_zone"), Description("IANA time zone in which a deadline without a time ends. Absent: UTC.")]
    public string? TimeZone { get; init; }

    [FromQuery(Name = "country"), Description("Where the sender is (ISO 3166 alpha-2). Absent: where the send currency is at home.")]
    public string? Country { get; init; }

    [FromQuery(Name = "plans"), Description("The providers' plans that the person is on, separated by commas: revolut-premium.")]
    public string? Plans { get; init; }

    [FromQuery(Name = "pay_in"), Description("How the money must be paid in: any (default), bank_transfer, card, cash, balance or mobile_wallet.")]
    public string? PayIn { get; init; }

    [FromQuery(Name = "pay_out"), Description("How it must be paid out, in the same words.")]
    public string? PayOut { get; init; }

    [FromQuery(Name = "as_of"), Description("Answer from recorded history as of this instant.")]
    public string? AsOf { get; init; }

    public AskForm Form() => new()
    {
        Amount = Amount,
        From = FromCurrency,
        To = ToCurrency,
        Side = AmountSide,
        By = Deadline,
        TimeZone = TimeZone,
        Country = Country,
        Plans = Plans?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        PayIn = PayIn,
        PayOut = PayOut,
        AsOf = AsOf,
    };
}
