using System.Data.Common;
using Cambist.App.Storage;

namespace Cambist.App.Accounts;

/// <summary>
/// Counts wrong passwords and codes. An attempt is counted before it is looked at and forgiven when it was right: requests that come at once, on all nodes together, never get more attempts than are allowed.
/// </summary>
public sealed class AccountLocks(Database database, AuthOptions options, TimeProvider clock)
{
    /// <summary>Takes one attempt of an account; false where it is locked. The last one that is allowed locks it until it is forgiven.</summary>
    public bool TryBegin(string account)
    {
        const string Count = "CASE WHEN locked_until IS NULL THEN failures + 1 ELSE 1 END";
        var now = clock.GetUtcNow();
        using var connection = database.Connect();
        return connection.Execute(
            $"UPDATE account SET failures = {Count}, locked_until = CASE WHEN {Count} >= @most THEN @until ELSE NULL END WHERE id = @id AND (locked_until IS NULL OR locked_until <= @now);",
            ("id", account), ("now", database.Stored(now)), ("until", database.Stored(now + options.LockedFor)), ("most", options.MostFailures)) == 1;
    }

    /// <summary>The attempt was right.</summary>
    public void Forgive(string account)
    {
        using var connection = database.Connect();
        Forgive(connection, account);
    }

    /// <summary>The same within a transaction of somebody's own.</summary>
    internal static void Forgive(DbConnection connection, string account) =>
        connection.Execute("UPDATE account SET failures = 0, locked_until = NULL WHERE id = @id;", ("id", account));

    /// <summary>The attempt was neither right nor wrong.</summary>
    public void TakeBack(string account)
    {
        using var connection = database.Connect();
        connection.Execute("UPDATE account SET failures = failures - 1, locked_until = NULL WHERE id = @id AND failures > 0;", ("id", account));
    }

    /// <summary>Whether no attempt is left for a while.</summary>
    public bool IsLocked(string account)
    {
        using var connection = database.Connect();
        return connection.Scalar("SELECT 1 FROM account WHERE id = @id AND locked_until > @now;", ("id", account), ("now", database.Stored(clock.GetUtcNow()))) is not null;
    }

    /// <summary>Takes a time step of the authenticator for a code; false where it, or a later one, was taken: a code works once.</summary>
    public bool TryTakeStep(string account, long step)
    {
        using var connection = database.Connect();
        return connection.Execute("UPDATE account SET totp_step = @step WHERE id = @id AND totp_step < @step;", ("step", step), ("id", account)) == 1;
    }
}
