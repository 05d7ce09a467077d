using Cambist.App.Accounts.Pages;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Audit;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts.Retention;

/// <summary>What a turn did.</summary>
/// <param name="Sessions">How many sessions were taken out.</param>
/// <param name="Tokens">How many tokens of mails.</param>
/// <param name="Warned">How many owners were told that their account will be erased.</param>
/// <param name="Erased">How many accounts were erased.</param>
/// <param name="Renewed">How many accounts, with their passkeys, and keys of cookies were written again under the newest key.</param>
internal sealed record Swept(int Sessions, int Tokens, int Warned, int Erased, int Renewed);

/// <summary>Takes out what is of no use any more, and writes what is under an old key under the newest. A turn that breaks off, or that two nodes take at once, harms nothing: the next one goes on.</summary>
internal sealed class RetentionSweep(
    Database database, AccountStore store, UserManager<Account> users, Sessions sessions, OneTimeTokens tokens, PersonalData data, AccountMails mails, AuditTrail audit, ProtectionKeys protectionKeys,
    RetentionOptions options, TimeProvider clock)
{
    private const string Actor = "retention";
    private const string Warned = "account.inactive_warned";

    /// <summary>One turn.</summary>
    public async Task<Swept> RunAsync(CancellationToken cancellationToken)
    {
        // Before sessions go: how long one was used is known by them alone.
        store.SeenBySessions();
        var (goneSessions, goneTokens) = (sessions.Forget(), tokens.Forget());
        var (warned, erased) = (0, 0);
        foreach (var id in Due())
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Read anew: whoever came back meanwhile is not due any more.
            if (await users.FindByIdAsync(id) is { Role: AccountRole.User } account)
            {
                var fate = FateOf(account);
                warned += fate == Fate.Warn ? Warn(account) : 0;
                erased += fate == Fate.Erase ? await EraseAsync(account) : 0;
            }
        }

        return new Swept(goneSessions, goneTokens, warned, erased, await RenewAsync(cancellationToken) + protectionKeys.Renew());
    }

    private enum Fate
    {
        Stay,
        Warn,
        Erase,
    }

    private DateTimeOffset UnconfirmedSince => clock.GetUtcNow() - TimeSpan.FromDays(options.UnconfirmedDays);

    private DateTimeOffset? InactiveSince => options.InactiveDays is { } days ? clock.GetUtcNow() - TimeSpan.FromDays(days) : null;

    private IReadOnlyList<string> Due()
    {
        using var connection = database.Connect();
        return connection.Rows(
            "SELECT id FROM account WHERE role = 'user' AND ((email_confirmed = 0 AND created_at < @unconfirmed) OR last_seen_at < @inactive) ORDER BY id;",
            row => row.GetString(0),
            ("unconfirmed", database.Stored(UnconfirmedSince)), ("inactive", database.Stored(InactiveSince + RetentionOptions.Notice ?? DateTimeOffset.UnixEpoch)));
    }

    private Fate FateOf(Account account)
    {
        // One that was entered, when no confirmed address was needed, is somebody's.
        if (mails.MustConfirm && !account.IsEmailConfirmed && account.LastSeenAt <= account.CreatedAt && account.CreatedAt < UnconfirmedSince)
        {
            return Fate.Erase;
        }

        if (InactiveSince is not { } since || account.LastSeenAt >= since + RetentionOptions.Notice)
        {
            return Fate.Stay;
        }

        if (!mails.AreSent)
        {
            return account.LastSeenAt < since ? Fate.Erase : Fate.Stay;
        }

        return WarnedAt(account) is not { } at ? Fate.Warn
            : account.LastSeenAt < since && at <= clock.GetUtcNow() - RetentionOptions.Notice ? Fate.Erase
            : Fate.Stay;
    }

    // Since it was last used; the trail is where it was written down.
    private DateTimeOffset? WarnedAt(Account account)
    {
        using var connection = database.Connect();
        var found = connection.Rows(
            "SELECT at FROM audit_event WHERE subject = @id AND kind = @kind AND at > @seen ORDER BY number LIMIT 1;",
            row => database.InstantAt(row, 0), ("id", account.Id), ("kind", Warned), ("seen", database.Stored(account.LastSeenAt)));
        return found.Count > 0 ? found[0] : null;
    }

    private int Warn(Account account)
    {
        audit.Append(clock.GetUtcNow(), Warned, Actor, account.Id);
        mails.Inactive(account.Id);
        return 1;
    }

    private async Task<int> EraseAsync(Account account)
    {
        await data.EraseAsync(account, Actor);
        return 1;
    }

    private async Task<int> RenewAsync(CancellationToken cancellationToken)
    {
        var renewed = 0;
        foreach (var id in store.UnderOldKeys())
        {
            // Whoever writes the account meanwhile writes it under the newest key, too.
            renewed += await store.RenewAsync(id, cancellationToken) ? 1 : 0;
        }

        return renewed;
    }
}
