using Cambist.App.Storage;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts.Tokens;

/// <summary>Random tokens, each of one account and purpose, that work once and not for long. Of a purpose an account has the last one only.</summary>
public sealed class OneTimeTokens(Database database, TimeProvider clock)
{
    /// <summary>A new token.</summary>
    public string Issue(string account, string purpose, TimeSpan life)
    {
        var token = Sessions.NewToken();
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM one_time_token WHERE (account_id = @account AND purpose = @purpose) OR ends_at < @now;", [.. Of(account, purpose), Now]);
        connection.Execute(
            "INSERT INTO one_time_token (hash, account_id, purpose, ends_at) VALUES (@hash, @account, @purpose, @ends);",
            [.. Of(account, purpose), ("hash", Sessions.HashOf(token)), ("ends", database.Stored(clock.GetUtcNow() + life))]);
        transaction.Commit();
        return token;
    }

    /// <summary>Whether an account was given a token of a purpose a short while ago that it has not used.</summary>
    /// <param name="account">The account.</param>
    /// <param name="purpose">The purpose.</param>
    /// <param name="life">How long tokens of that purpose live.</param>
    /// <param name="ago">A short while.</param>
    public bool WasIssued(string account, string purpose, TimeSpan life, TimeSpan ago)
    {
        using var connection = database.Connect();
        return connection.Scalar(
            "SELECT 1 FROM one_time_token WHERE account_id = @account AND purpose = @purpose AND ends_at > @since;",
            [.. Of(account, purpose), ("since", database.Stored(clock.GetUtcNow() + life - ago))]) is not null;
    }

    /// <summary>Whose token it is; null where it is none of that purpose or has run out. It stays.</summary>
    public string? OwnerOf(string purpose, string token)
    {
        using var connection = database.Connect();
        return connection.Scalar(
            "SELECT account_id FROM one_time_token WHERE hash = @hash AND purpose = @purpose AND ends_at > @now;",
            ("hash", Sessions.HashOf(token)), ("purpose", Stored(purpose)), Now) as string;
    }

    /// <summary>Uses a token up; false where it is none of the account and purpose, or has run out.</summary>
    public bool Redeem(string account, string purpose, string token)
    {
        using var connection = database.Connect();
        return connection.Execute(
            "DELETE FROM one_time_token WHERE hash = @hash AND account_id = @account AND purpose = @purpose AND ends_at > @now;", [.. Of(account, purpose), ("hash", Sessions.HashOf(token)), Now]) == 1;
    }

    /// <summary>Takes out all of an account: what was sent before is not to undo a change of who gets in.</summary>
    public void Revoke(string account)
    {
        using var connection = database.Connect();
        connection.Execute("DELETE FROM one_time_token WHERE account_id = @account;", ("account", account));
    }

    /// <summary>Takes out those that have run out.</summary>
    public int Forget()
    {
        using var connection = database.Connect();
        return connection.Execute("DELETE FROM one_time_token WHERE ends_at < @now;", Now);
    }

    private (string, object?) Now => ("now", database.Stored(clock.GetUtcNow()));

    private static (string, object?)[] Of(string account, string purpose) => [("account", account), ("purpose", Stored(purpose))];

    // The purpose of a new address holds the address, which is not to stand in the table.
    private static string Stored(string purpose) => Convert.ToHexStringLower(Sessions.HashOf(purpose));
}

/// <summary>The tokens of mails, for Identity: its own are good for a day however often they are used, by the machine's clock.</summary>
internal sealed class MailedTokens(OneTimeTokens tokens) : IUserTwoFactorTokenProvider<Account>
{
    /// <summary>How long a link to confirm an address works.</summary>
    public static readonly TimeSpan ConfirmLife = TimeSpan.FromHours(24);

    /// <summary>How long a link to set a new password works.</summary>
    public static readonly TimeSpan ResetLife = TimeSpan.FromHours(1);

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) => Task.FromResult(false);

    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) => Task.FromResult(tokens.Issue(user.Id, purpose, LifeOf(purpose)));

    /// <summary>How long a link works.</summary>
    public static TimeSpan LifeOf(string purpose) => purpose == UserManager<Account>.ResetPasswordTokenPurpose ? ResetLife : ConfirmLife;

    public Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user) => Task.FromResult(tokens.Redeem(user.Id, purpose, token));
}
