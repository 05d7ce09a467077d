using Cambist.App.Accounts.Pages;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Accounts.Retention;

/// <summary>What a turn did.</summary>
/// <param name="Sessions">How many sessions were taken out.</param>
/// <param name="Tokens">How many tokens of mails.</param>
/// <param name="Warned">How many mails were asked for that tell an owner that the account will be erased.</param>
/// <param name="Erased">How many accounts were erased.</param>
/// <param name="Renewed">How many accounts, with their passkeys, and keys of cookies were written again under the newest key.</param>
/// <param name="Failed">How many of both were left out, because they cannot be read.</param>
internal sealed record Swept(int Sessions, int Tokens, int Warned, int Erased, int Renewed, int Failed);

/// <summary>Takes out what is of no use any more, and writes what is under an old key under the newest. A turn that breaks off, or that two nodes take at once, harms nothing: the next one goes on.</summary>
internal sealed class RetentionSweep(
    Database database, AccountStore store, UserManager<Account> users, Sessions sessions, OneTimeTokens tokens, PersonalData data, AccountMails mails, InactiveNotices notices, ProtectionKeys protectionKeys,
    RetentionOptions options, TimeProvider clock, ILogger<RetentionSweep> log)
{
    /// <summary>The name by which the trail knows what goes by itself.</summary>
    public const string Actor = "retention";

    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);

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

            await TryAsync(id, async () =>
            {
                // Read anew: whoever came back meanwhile is not due any more.
                if (await users.FindByIdAsync(id) is { Role: AccountRole.User } account)
                {
                    switch (FateOf(account))
                    {
                        case Fate.Warn when warned < InactiveNotices.MostAtOnce && notices.TryTell(id):
                            warned++;
                            break;
                        case Fate.Erase:
                            await data.EraseAsync(account, Actor);
                            erased++;
                            break;
                    }
                }
            });
        }

        var renewed = await RenewAsync(cancellationToken);
        return new Swept(goneSessions, goneTokens, warned, erased, renewed, _failed.Count);
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

        // Told of this time: a mail that was late, and reached somebody who had come back meanwhile, was of another.
        return notices.ToldAt(account.Id, account.LastSeenAt + (clock.GetUtcNow() - since) - RetentionOptions.Notice) is not { } at ? Fate.Warn
            : account.LastSeenAt < since && at <= clock.GetUtcNow() - RetentionOptions.Notice ? Fate.Erase
            : Fate.Stay;
    }

    private async Task<int> RenewAsync(CancellationToken cancellationToken)
    {
        var renewed = 0;
        foreach (var id in store.UnderOldKeys())
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Whoever writes the account meanwhile writes it under the newest key, too.
            await TryAsync(id, async () => renewed += await store.RenewAsync(id, cancellationToken) ? 1 : 0);
        }

        foreach (var id in protectionKeys.Ids())
        {
            await TryAsync(id, () => Task.FromResult(renewed += protectionKeys.Renew(id) ? 1 : 0));
        }

        return renewed;
    }

    // One row that cannot be read must not keep the others from what is due to them. Where the database itself fails, the turn breaks off.
    private async Task TryAsync(string id, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !Database.IsFault(fault))
        {
            // Other faults' messages may repeat what is in the row.
            _failed.Add(id);
            log.LogError("Retention left {Id} out: {Fault}", id, fault is FieldCipherFaultException or KeyRingFaultException ? fault.Message : fault.GetType().Name);
        }
    }
}
