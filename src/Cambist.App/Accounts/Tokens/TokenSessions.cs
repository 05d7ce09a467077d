using Cambist.Client;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts.Tokens;

/// <summary>Sessions that are carried by tokens.</summary>
internal sealed class TokenSessions(Sessions sessions, AccessTokens access, UserManager<Account> users, AuthOptions options)
{
    /// <summary>Begins one.</summary>
    public TokenAnswer Begin(Account account, string by)
    {
        var session = sessions.Begin(account.Id, SessionKind.Token, by);
        return Answer(account, session, sessions.FirstRefreshToken(session));
    }

    /// <summary>The next tokens for a refresh token; null where it gives none.</summary>
    public async Task<TokenAnswer?> RefreshAsync(string refreshToken) =>
        sessions.Refresh(refreshToken) is Refreshed.Done done && await users.FindByIdAsync(done.Session.AccountId) is { } account
            ? Answer(account, done.Session, done.RefreshToken)
            : null;

    private TokenAnswer Answer(Account account, AccountSession session, string refreshToken) =>
        new(access.Issue(account, session), "Bearer", (int)options.AccessTokenLife.TotalSeconds, refreshToken, (int)options.SessionIdle.TotalSeconds, account.Id);
}
