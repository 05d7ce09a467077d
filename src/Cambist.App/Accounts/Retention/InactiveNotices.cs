using System.Collections.Concurrent;
using Cambist.App.Audit;
using Cambist.App.Storage;

namespace Cambist.App.Accounts.Retention;

/// <summary>
/// Tells owners that an account which was not used for long will be erased. The two weeks count from the event of the audit trail, and that is written when the mail server has taken the mail: of a mail that was lost,
/// with a full queue, a server that refuses it or a process that ended, there is none, and the owner is told again a day later. Told twice is better than not at all.
/// </summary>
internal sealed class InactiveNotices(Database database, AccountMails mails, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The most mails of a turn: those that people wait for go through the same queue.</summary>
    public const int MostAtOnce = 200;

    /// <summary>The event.</summary>
    public const string Kind = "account.inactive_warned";

    /// <summary>How long a mail is waited for: one that was not sent by then is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);

    /// <summary>When the mail server took the mail to an owner, at or after an instant; null: it did not.</summary>
    public DateTimeOffset? ToldAt(string account, DateTimeOffset notBefore)
    {
        using var connection = database.Connect();
        var found = connection.Rows(
            "SELECT at FROM audit_event WHERE subject = @id AND kind = @kind AND at >= @from ORDER BY number LIMIT 1;",
            row => database.InstantAt(row, 0), ("id", account), ("kind", Kind), ("from", database.Stored(notBefore)));
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>Has the owner told; false where a mail may be on its way still.</summary>
    public bool TryTell(string account)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, at) in _asked)
        {
            if (at + Patience <= now)
            {
                _asked.TryRemove(id, out _);
            }
        }

        if (!_asked.TryAdd(account, now))
        {
            return false;
        }

        mails.Inactive(account, () => audit.Append(clock.GetUtcNow(), Kind, RetentionSweep.Actor, account));
        return true;
    }
}
