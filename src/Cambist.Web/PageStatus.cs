using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.Web;

/// <summary>The status of a page that shows a problem.</summary>
internal static class PageStatus
{
    /// <summary>Gives the answer the problem's status. Not at once: a page whose status is 404 while it is rendered is thrown away by Blazor, which leaves it to status code pages.</summary>
    public static void Tell(HttpContext context, Problem problem) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = problem.Status;
        return Task.CompletedTask;
    });
}
