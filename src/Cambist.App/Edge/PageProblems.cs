using Cambist.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Edge;

/// <summary>Writes a problem as a page; the status is set already.</summary>
public delegate Task ShowProblem(HttpContext context, Problem problem);

/// <summary>Which addresses are pages, and problems in a form that whoever asked can read: a page for a person's browser, JSON for everything else.</summary>
internal static class PageProblems
{
    // As routes are: in any case of letters.
    private static readonly PathString[] NoPages = ["/api", "/ws", "/mcp"];

    /// <summary>Whether an address is of the pages, and who asks is known by a cookie.</summary>
    public static bool IsPage(PathString path) => !Array.Exists(NoPages, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a person looks at a page, by what the browser says that it takes.</summary>
    public static bool WantsPage(HttpRequest request) => IsPage(request.Path) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers with a problem.</summary>
    public static Task AnswerAsync(HttpContext context, Problem problem)
    {
        if (!WantsPage(context.Request) || context.RequestServices.GetService<ShowProblem>() is not { } show)
        {
            return new ProblemResult(problem).ExecuteAsync(context);
        }

        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        return show(context, problem);
    }
}
