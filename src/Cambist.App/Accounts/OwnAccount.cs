using System.Globalization;
using System.Security.Claims;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Edge;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts;

/// <summary>Finds the account of whoever asks, for routes that are about it.</summary>
internal sealed class OwnAccount(UserManager<Account> users) : IEndpointFilter
{
    internal static readonly object Key = typeof(OwnAccount);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (await users.FindByIdAsync(WhoAsks.AccountOf(context.HttpContext.User) ?? "") is not { } account)
        {
            return AccountProblems.Unauthorized("not_authorized", "The account of this token is gone.");
        }

        context.HttpContext.Items[Key] = account;
        return await next(context);
    }
}

/// <summary>What routes of one's own account share.</summary>
internal static class OwnAccounts
{
    /// <summary>The account of whoever asks, in routes below <see cref="OwnAccount"/>.</summary>
    public static Account Account(this HttpContext context) => (Account)context.Items[OwnAccount.Key]!;

    /// <summary>Lets in only who logged in a short while ago: a token that was left open somewhere changes no locks.</summary>
    public static RouteHandlerBuilder RequireRecentLogin(this RouteHandlerBuilder route) => route.AddEndpointFilter<RecentLogin>();
}

/// <summary>Lets in only who logged in a short while ago.</summary>
internal sealed class RecentLogin(AuthOptions options, TimeProvider clock) : IEndpointFilter
{
    public const string Says = "Only within Auth:RecentLoginMinutes of a log-in; later 403 login_again.";

    /// <summary>Whether somebody logged in a short while ago.</summary>
    public static bool IsIn(ClaimsPrincipal user, AuthOptions options, TimeProvider clock) =>
        long.TryParse(user.FindFirst(AccountClaims.LoggedInAt)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(at) <= options.RecentLogin;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        return IsIn(context.HttpContext.User, options, clock)
            ? next(context)
            : new ValueTask<object?>(AccountProblems.Of(StatusCodes.Status403Forbidden, "login_again", "Log in again", $"This is done only within {options.RecentLogin.TotalMinutes:0} minutes of a log-in."));
    }
}
