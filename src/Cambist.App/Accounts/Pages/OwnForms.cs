using Cambist.App.Edge;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Accounts.Pages;

/// <summary>
/// Takes what changes something by a cookie from our own pages only. Two walls: what a browser says of where a request comes from, and the token that our forms carry and other sites' pages cannot read.
/// Below <c>/api</c>, <c>/ws</c> and <c>/mcp</c> cookies are worth nothing, so there is nothing to forge.
/// </summary>
internal static class OwnForms
{
    public static IApplicationBuilder UseOwnForms(this IApplicationBuilder app) => app
        .Use((context, next) => Changes(context.Request) && IsForeign(context.Request) ? RefuseAsync(context, "form_of_others", "This came from another site's page, and is not done.") : next(context))
        .UseAntiforgery()
        .Use((context, next) => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? RefuseAsync(context, "form_outdated", "This form is too old, or you logged in or out meanwhile, and nothing was done. Go back, load the page again, and repeat it.")
            : next(context));

    private static bool Changes(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method) && PageProblems.IsPage(request.Path);

    // Sec-Fetch-Site is of all browsers since 2023, over https and on the machine itself; Origin of older ones, and elsewhere. What has neither is no browser, or an old one, and still needs the token.
    private static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site ? site is not ("same-origin" or "none")
        : request.Headers.Origin.Count > 0 && !PageOrigins.IsOwn(request);

    private static Task RefuseAsync(HttpContext context, string code, string why)
    {
        RefusalLog.Tell(context);
        return PageProblems.AnswerAsync(context, Problems.Of(StatusCodes.Status400BadRequest, code, "Nothing was done", why));
    }
}
