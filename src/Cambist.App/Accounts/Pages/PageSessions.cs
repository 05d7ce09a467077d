using System.Security.Claims;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Edge;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Accounts.Pages;

/// <summary>Sessions that browsers carry by a cookie. The cookie names the session and nothing else that counts: whether it goes on is asked of the database at each page.</summary>
public sealed class PageSessions(Sessions sessions, EndedSessions ended)
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "Cambist.Page";

    /// <summary>Begins a session of somebody who has shown who it is; a session that the browser had before ends, so that nobody's cookie becomes somebody else's.</summary>
    /// <param name="context">A request whose answer has not begun.</param>
    /// <param name="account">Who it is.</param>
    /// <param name="by">As in <see cref="LoginResult.Done"/>.</param>
    /// <returns>False as <see cref="Sessions.Begin"/> says; then nobody is logged in.</returns>
    public async Task<bool> EnterAsync(HttpContext context, Account account, string by)
    {
        End(context.User);
        if (sessions.Begin(account, SessionKind.Page, by) is not { } session)
        {
            return false;
        }

        await context.SignInAsync(Scheme, new ClaimsPrincipal(AccountClaims.Of(account, session, Scheme)));
        return true;
    }

    /// <summary>Ends the browser's session.</summary>
    public async Task LeaveAsync(HttpContext context)
    {
        End(context.User);
        await context.SignOutAsync(Scheme);
    }

    internal async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var session = WhoAsks.SessionOf(context.Principal);
        if (ended.Contains(session) || sessions.Use(session!) is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }

    private void End(ClaimsPrincipal user)
    {
        if (WhoAsks.AccountOf(user) is { } account && WhoAsks.SessionOf(user) is { } session)
        {
            sessions.End(account, session);
        }
    }
}
