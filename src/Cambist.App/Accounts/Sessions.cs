using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Audit;
using Cambist.App.Storage;

namespace Cambist.App.Accounts;

/// <summary>How a session is carried.</summary>
public enum SessionKind
{
    /// <summary>By access and refresh tokens.</summary>
    Token,

    /// <summary>By a cookie.</summary>
    Page,
}

/// <summary>Somebody is logged in somewhere.</summary>
public sealed record AccountSession(string Id, string AccountId, SessionKind Kind, DateTimeOffset CreatedAt, DateTimeOffset AuthenticatedAt, DateTimeOffset UsedAt);

/// <summary>Who is logged in. A refresh token works once (RFC 9700, 4.14.2): each use gives the next, and a second use ends the session with all its tokens.</summary>
public sealed class Sessions(Database database, EndedSessions ended, AuthOptions options, TimeProvider clock)
{
    private const string Columns = "id, account_id, kind, created_at, authenticated_at, used_at";
    private const int TokenBytes = 32;

    // A page's session is not written at each of its requests.
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(5);

    /// <summary>Begins a session of somebody who has just shown who it is; null where how one gets into the account was changed since it was read, or it is gone.</summary>
    /// <param name="account">Whose, as it was read before it was shown.</param>
    /// <param name="kind">How it is carried.</param>
    /// <param name="by">How it was shown: <c>password</c>, <c>code</c>, <c>recovery_code</c> or <c>passkey</c>.</param>
    public AccountSession? Begin(Account account, SessionKind kind, string by)
    {
        var now = clock.GetUtcNow();
        var session = new AccountSession(NewToken(), account.Id, kind, now, now, now);
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();

        // First, because it holds the account's row until the end: a password that is changed meanwhile waits, and then finds this session and ends it.
        if (connection.Execute("UPDATE account SET last_seen_at = @now WHERE id = @id AND security_stamp = @stamp;", ("now", database.Stored(now)), ("id", account.Id), ("stamp", account.SecurityStamp)) == 0)
        {
            return null;
        }

        connection.Execute(
            $"INSERT INTO account_session ({Columns}) VALUES (@id, @account, @kind, @now, @now, @now);",
            ("id", session.Id), ("account", account.Id), ("kind", NameOf(kind)), ("now", database.Stored(now)));
        AuditTrail.Append(database, connection, now, "account.logged_in", account.Id, account.Id, new JsonObject { ["session"] = Shown(session.Id), ["kind"] = NameOf(kind), ["by"] = by });
        transaction.Commit();
        return session;
    }

    /// <summary>The first refresh token of a session.</summary>
    public string FirstRefreshToken(AccountSession session)
    {
        using var connection = database.Connect();
        return Insert(connection, session.Id, clock.GetUtcNow());
    }

    /// <summary>Uses a refresh token: its session, and the next one; null where it is none, has run out, or its session ended. One that was used before is somebody else's too, and ends the session.</summary>
    public (AccountSession Session, string RefreshToken)? Refresh(string token)
    {
        var now = clock.GetUtcNow();
        var hash = HashOf(token);
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();

        // Of two requests with one token, on whichever nodes, one finds it unused.
        var isFirst = connection.Execute("UPDATE refresh_token SET used_at = @now WHERE hash = @hash AND used_at IS NULL;", ("now", database.Stored(now)), ("hash", hash)) == 1;
        if (connection.Scalar("SELECT session_id FROM refresh_token WHERE hash = @hash;", ("hash", hash)) is not string id || Find(connection, id, now) is not { } session)
        {
            return null;
        }

        if (isFirst)
        {
            connection.Execute("UPDATE account_session SET used_at = @now WHERE id = @id;", ("now", database.Stored(now)), ("id", session.Id));
            var next = Insert(connection, session.Id, now);
            transaction.Commit();
            return (session with { UsedAt = now }, next);
        }

        EndOf(connection, session.Id, now);
        AuditTrail.Append(database, connection, now, "session.token_reused", session.AccountId, session.AccountId, new JsonObject { ["session"] = Shown(session.Id) });
        transaction.Commit();
        ended.Add(session.Id);
        return null;
    }

    /// <summary>The session that a refresh token belongs to, used or not; null where there is none that goes on.</summary>
    public AccountSession? OfToken(string token)
    {
        using var connection = database.Connect();
        return connection.Scalar("SELECT session_id FROM refresh_token WHERE hash = @hash;", ("hash", HashOf(token))) is string id ? Find(connection, id, clock.GetUtcNow()) : null;
    }

    /// <summary>A session that goes on, counted as used; null where it has ended.</summary>
    public AccountSession? Use(string id)
    {
        var now = clock.GetUtcNow();
        using var connection = database.Connect();
        if (Find(connection, id, now) is not { } session)
        {
            return null;
        }

        if (now - session.UsedAt > UsedEvery)
        {
            connection.Execute("UPDATE account_session SET used_at = @now WHERE id = @id AND ended_at IS NULL;", ("now", database.Stored(now)), ("id", id));
        }

        return session;
    }

    /// <summary>When a session ends unless it is used before; null where it has ended. To ask is no use of it.</summary>
    public DateTimeOffset? EndsAt(string id)
    {
        using var connection = database.Connect();
        return Find(connection, id, clock.GetUtcNow()) is { } session ? EndsAt(session) : null;
    }

    /// <summary>The sessions of an account that go on, the newest first.</summary>
    public IReadOnlyList<AccountSession> Of(string account)
    {
        var now = clock.GetUtcNow();
        using var connection = database.Connect();
        return [.. connection.Rows($"SELECT {Columns} FROM account_session WHERE account_id = @account AND ended_at IS NULL;", Read, ("account", account))
            .Where(session => GoesOn(session, now)).OrderByDescending(session => session.CreatedAt)];
    }

    /// <summary>Ends a session of an account; false where it has none of that id that goes on.</summary>
    public bool End(string account, string id)
    {
        // What is no id is asked of no database: PostgreSQL takes not every text.
        if (!Base64Url.IsValid(id))
        {
            return false;
        }

        using var connection = database.Connect();
        var isEnded = connection.Execute(
            "UPDATE account_session SET ended_at = @now WHERE id = @id AND account_id = @account AND ended_at IS NULL;",
            ("now", database.Stored(clock.GetUtcNow())), ("id", id), ("account", account)) == 1;
        if (isEnded)
        {
            ended.Add(id);
        }

        return isEnded;
    }

    /// <summary>Ends all sessions of an account.</summary>
    public void EndAll(string account)
    {
        foreach (var session in Of(account))
        {
            End(account, session.Id);
        }
    }

    /// <summary>The same within a transaction of somebody's own, and in another process than the service's: it sees the ends in the database.</summary>
    internal void EndAll(DbConnection connection, string account) =>
        connection.Execute("UPDATE account_session SET ended_at = @now WHERE account_id = @account AND ended_at IS NULL;", ("now", database.Stored(clock.GetUtcNow())), ("account", account));

    /// <summary>Takes out what ended so long ago that no token of it runs.</summary>
    public int Forget()
    {
        var now = clock.GetUtcNow();
        const string Over = "ended_at < @over OR used_at < @idle OR created_at < @old";
        using var connection = database.Connect();
        (string, object?)[] instants = [("over", database.Stored(now - TimeSpan.FromDays(1))), ("idle", database.Stored(now - options.SessionIdle - TimeSpan.FromDays(1))), ("old", database.Stored(now - options.SessionLife - TimeSpan.FromDays(1)))];
        connection.Execute($"DELETE FROM refresh_token WHERE session_id IN (SELECT id FROM account_session WHERE {Over});", instants);
        return connection.Execute($"DELETE FROM account_session WHERE {Over};", instants);
    }

    internal static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    internal static byte[] HashOf(string token) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token));

    /// <summary>Enough to tell sessions apart; the whole of an id is in tokens.</summary>
    public static string Shown(string session) => session[..8];

    private static string NameOf(SessionKind kind) => kind == SessionKind.Page ? "page" : "token";

    private string Insert(DbConnection connection, string session, DateTimeOffset now)
    {
        var token = NewToken();
        connection.Execute("INSERT INTO refresh_token (hash, session_id, issued_at) VALUES (@hash, @session, @now);", ("hash", HashOf(token)), ("session", session), ("now", database.Stored(now)));
        return token;
    }

    private void EndOf(DbConnection connection, string id, DateTimeOffset now) =>
        connection.Execute("UPDATE account_session SET ended_at = @now WHERE id = @id AND ended_at IS NULL;", ("now", database.Stored(now)), ("id", id));

    private AccountSession? Find(DbConnection connection, string id, DateTimeOffset now)
    {
        var found = connection.Rows($"SELECT {Columns} FROM account_session WHERE id = @id AND ended_at IS NULL;", Read, ("id", id));
        return found.Count == 1 && GoesOn(found[0], now) ? found[0] : null;
    }

    private bool GoesOn(AccountSession session, DateTimeOffset now) => now < EndsAt(session);

    private DateTimeOffset EndsAt(AccountSession session)
    {
        var (idle, old) = (session.UsedAt + options.SessionIdle, session.CreatedAt + options.SessionLife);
        return idle < old ? idle : old;
    }

    private AccountSession Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2) == "page" ? SessionKind.Page : SessionKind.Token, database.InstantAt(row, 3), database.InstantAt(row, 4), database.InstantAt(row, 5));
}
