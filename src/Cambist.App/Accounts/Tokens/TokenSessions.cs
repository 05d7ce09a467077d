using Cambist.Client;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts.Tokens;

/// <summary>Sessions that are carried by tokens.</summary>
internal sealed class TokenSessions(Sessions sessions, AccessTokens access, UserManager<Account> users, AuthOptions options)
{
    /// <summary>Begins one; null as <see cref="Sessions.Begin"/> says.</summary>
    public TokenAnswer? Begin(Account account, string by) =>
        sessions.Begin(account, SessionKind.Token, by) is { } session ? Answer(account, access.Issue(account, session), sessions.FirstRefreshToken(session)) : null;

    /// <summary>The next tokens for a refresh token; null where it gives none.</summary>
    public async Task<TokenAnswer?> RefreshAsync(string refreshToken)
    {
        if (sessions.OfToken(refreshToken) is not { } session || await users.FindByIdAsync(session.AccountId) is not { } account)
        {
            return null;
        }

        // Before the refresh token is used: where no key signs, the next try must not count as a second use.
        var accessToken = access.Issue(account, session);
        return sessions.Refresh(refreshToken) is { } next ? Answer(account, accessToken, next.RefreshToken) : null;
    }

    private TokenAnswer Answer(Account account, string accessToken, string refreshToken) =>
        new(accessToken, "Bearer", (int)options.AccessTokenLife.TotalSeconds, refreshToken, (int)options.SessionIdle.TotalSeconds, account.Id);
}
