using Cambist.App.Edge;
using Cambist.App.Accounts;
using Cambist.App.Accounts.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Web.Accounts;

/// <summary>Who looks at a page.</summary>
internal static class Visitor
{
    /// <summary>Whether somebody is logged in.</summary>
    public static bool IsKnown(HttpContext? http) => http is not null && WhoAsks.AccountOf(http.User) is not null;

    /// <summary>The account; null where nobody is logged in.</summary>
    public static async Task<Account?> FindAccountAsync(HttpContext? http) =>
        http is not null && WhoAsks.AccountOf(http.User) is { } id ? await http.RequestServices.GetRequiredService<UserManager<Account>>().FindByIdAsync(id) : null;

    /// <summary>The account, on a page that asks for one.</summary>
    /// <exception cref="BadHttpRequestException">It was erased after the request came in.</exception>
    public static async Task<Account> AccountAsync(HttpContext http) =>
        await FindAccountAsync(http) ?? throw new BadHttpRequestException("The account is gone.", StatusCodes.Status401Unauthorized);
}
