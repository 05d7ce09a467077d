using System.Text.Json;
using Cambist.App.Privacy;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge;

/// <summary>Answers with a problem: RFC 9457, <c>application/problem+json</c>.</summary>
public sealed class ProblemResult(Problem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = "30";
        }

        return httpContext.Response.WriteAsJsonAsync(problem with { TraceId = httpContext.TraceIdentifier }, CambistJson.Wire.Problem, "application/problem+json", httpContext.RequestAborted);
    }
}

/// <summary>The edge's last words: every error that no route answered becomes a problem with a code.</summary>
internal static class ProblemEdge
{
    /// <summary>Turns bugs, unreadable bodies and unknown addresses into problem answers.</summary>
    public static IApplicationBuilder UseProblemAnswers(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // A request that breaks off or cannot be read is the client's doing, whatever layer noticed it.
            StatusCodeSelector = StatusOf,
            // What renders pages renders one in a scope, and the page that broke was it.
            CreateScopeForErrors = true,
            ExceptionHandler = context => PageProblems.AnswerAsync(context, ForStatus(context)),
        });
        return app.UseStatusCodePages(status => !PageProblems.IsPage(status.HttpContext.Request.Path) || PageProblems.WantsPage(status.HttpContext.Request)
            ? PageProblems.AnswerAsync(status.HttpContext, ForStatus(status.HttpContext))
            : Task.CompletedTask);
    }

    private static int StatusOf(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        KeyRingFaultException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Problem ForStatus(HttpContext context)
    {
        var fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var status = fault is null ? context.Response.StatusCode : StatusOf(fault);
        var (code, title, detail) = status switch
        {
            StatusCodes.Status401Unauthorized => ("not_authorized", "Not logged in", "This route needs 'Authorization: Bearer' with an access token of /api/v1/auth/login."),
            StatusCodes.Status403Forbidden => ("forbidden", "Not allowed", "The account may not do this."),
            StatusCodes.Status404NotFound when PageProblems.WantsPage(context.Request) => ("page_not_found", "Not found", $"There is no page {context.Request.Path}."),
            StatusCodes.Status404NotFound => ("route_not_found", "Not found", $"There is no route {context.Request.Method} {context.Request.Path}; /openapi/v1.json lists them."),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", "Method not allowed", $"{context.Request.Path} does not take {context.Request.Method}."),
            StatusCodes.Status413PayloadTooLarge => ("body_too_large", "The body is too large", "The body is larger than a question can be."),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported_media_type", "Unsupported media type", "A body of type application/json was expected."),
            // The message tells an operator where keys are; it is in the doctor's report, not here.
            _ when fault is KeyRingFaultException => ("keys_unavailable", "Not available now", "The keys that accounts need cannot be read; whoever runs the service finds out why with 'cambist doctor'."),
            >= 500 => ("internal_error", "Something broke here", "The fault is logged; the question may be asked again."),
            _ => ("bad_request", "The request cannot be read", fault is BadHttpRequestException or JsonException ? fault.Message : "The request cannot be read."),
        };
        return Problems.Of(status, code, title, detail);
    }
}
