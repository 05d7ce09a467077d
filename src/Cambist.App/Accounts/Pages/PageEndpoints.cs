using System.Text;
using System.Text.Json;
using Cambist.App.Edge;
using Cambist.App.Edge.Limits;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Accounts.Pages;

/// <summary>What buttons of the account's pages do that lead to no page of their own.</summary>
internal static class PageEndpoints
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static void MapAccountPages(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").ExcludeFromDescription().Limit().WithMetadata(new RequireAntiforgeryTokenAttribute()).AddEndpointFilter<AccountFaults>();
        account.MapPost("/logout", LeaveAsync);
        account.MapPost("/export", ExportAsync).RequireAuthorization(EdgePolicies.RecentLogin);
    }

    // Who is logged in nowhere is where logging out leads.
    private static async Task LeaveAsync(HttpContext context, PageSessions sessions)
    {
        await sessions.LeaveAsync(context);
        context.SeeOther("/account/login?note=left");
    }

    private static async Task<IResult> ExportAsync(HttpContext context, UserManager<Account> users, PersonalData data) =>
        await users.FindByIdAsync(WhoAsks.AccountOf(context.User)!) is { } account
            ? TypedResults.File(Encoding.UTF8.GetBytes(data.Export(account, account.Id).ToJsonString(Readable)), "application/json", "cambist-export.json")
            : TypedResults.NotFound();
}

/// <summary>Where a form leads when it is done.</summary>
public static class FormAnswers
{
    /// <summary>Answers a form with another page, which is loaded anew: a reload sends nothing twice.</summary>
    /// <param name="context">A request whose answer has not begun.</param>
    /// <param name="address">Of our own.</param>
    public static void SeeOther(this HttpContext context, string address)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
    }
}
