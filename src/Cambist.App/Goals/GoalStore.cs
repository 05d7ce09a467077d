using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Cambist.App.Audit;
using Cambist.App.Storage;
using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>Something that a person did to a goal, for the audit trail; never with an amount, for the trail is not erased.</summary>
/// <param name="Kind">The kind of event.</param>
/// <param name="Details">What it says besides.</param>
internal sealed record GoalDeed(string Kind, JsonObject? Details = null);

/// <summary>The goals of accounts. A goal is changed as it was read or not at all, and a change and its event of the audit trail are one transaction.</summary>
internal sealed class GoalStore(Database database, GoalRows rows, GoalActor actor, TimeProvider clock)
{
    /// <summary>The most goals of an account that are active or paused.</summary>
    public const int Most = 100;

    /// <summary>The most conversions of a goal.</summary>
    public const int MostConversions = 1_000;

    // The key's hash comes first.
    private const string WithKey = "substr(effect, 1, length(@key)) = @key";

    private const string ConversionColumns = "id, goal_id, account_id, recorded_at, details";

    /// <summary>Adds a goal; false where the account has too many already, or the same key has made one.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="effect">The request that makes it; null where that has no key.</param>
    public bool TryAdd(StoredGoal goal, GoalEffect? effect)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        // First, for it lets one transaction through at a time: two at once do not both take the last place.
        Tell(connection, goal, new GoalDeed("goal.created"));
        if (IsFull(connection, goal.Account) || (effect is not null && Made(connection, goal.Account, effect) is not null))
        {
            return false; // And the event goes with the transaction.
        }

        connection.Execute(
            $"""
            INSERT INTO goal ({GoalRows.Columns}, evaluated_at, effect)
            VALUES (@id, @account, @pair, @status, @version, @turn, @details, @advice, @evaluate_at, @created_at, @created_at, @created_at, @effect);
            """,
            [.. Values(goal), ("account", goal.Account), ("pair", goal.Goal.Pair.Symbol), ("version", goal.Version), ("turn", goal.Turn), ("created_at", database.Stored(goal.CreatedAt)), ("effect", effect?.Stored)]);
        transaction.Commit();
        return true;
    }

    /// <summary>The goal that a request with a key made of late, and that request; null where none did.</summary>
    public (StoredGoal Goal, GoalEffect Effect)? Made(string account, GoalEffect effect)
    {
        using var connection = database.Connect();
        return Made(connection, account, effect);
    }

    /// <summary>The request with a key that recorded a conversion of a goal of late; null where none did.</summary>
    public GoalEffect? Recorded(string goalId, GoalEffect effect)
    {
        using var connection = database.Connect();
        return connection.Scalar($"SELECT effect FROM goal_conversion WHERE goal_id = @goal AND {WithKey} AND recorded_at > @since;", [("goal", goalId), .. Named(effect)]) is string stored ? GoalEffect.Read(stored) : null;
    }

    /// <summary>Whether an account has as many goals as it may have.</summary>
    public bool IsFull(string account)
    {
        using var connection = database.Connect();
        return IsFull(connection, account);
    }

    /// <summary>A goal of an account; null where it has no such one.</summary>
    public StoredGoal? Find(string account, string id)
    {
        using var connection = database.Connect();
        var found = connection.Rows($"SELECT {GoalRows.Columns} FROM goal WHERE id = @id AND account_id = @account;", rows.Read, ("id", id), ("account", account));
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The ids of all goals of an account, newest first.</summary>
    public IReadOnlyList<string> Ids(string account)
    {
        using var connection = database.Connect();
        return connection.Rows("SELECT id FROM goal WHERE account_id = @account ORDER BY id DESC;", row => row.GetString(0), ("account", account));
    }

    /// <summary>Goals of an account, newest first.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="status">Only those that stand like this; null: all.</param>
    /// <param name="before">Only those that were made before the one of this id; null: from the newest on.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<StoredGoal> Page(string account, GoalStatus? status, string? before, int most)
    {
        using var connection = database.Connect();
        return connection.Rows(
            $"""
            SELECT {GoalRows.Columns} FROM goal WHERE account_id = @account
            {(status is null ? "" : "AND status = @status")} {(before is null ? "" : "AND id < @before")} ORDER BY id DESC LIMIT @most;
            """,
            rows.Read,
            [("account", account), ("most", most), .. status is { } wanted ? [("status", GoalWords.Statuses.Of(wanted))] : Array.Empty<(string, object?)>(), .. before is null ? Array.Empty<(string, object?)>() : [("before", before)]]);
    }

    /// <summary>Writes a goal that was read and changed, with a conversion where one is recorded; false where somebody wrote it since, and then nothing is done.</summary>
    public bool TryChange(StoredGoal goal, GoalDeed deed, StoredConversion? conversion = null)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        var written = connection.Execute(
            """
            UPDATE goal SET status = @status, version = version + 1, details = @details, advice = @advice, evaluate_at = @evaluate_at, claim = NULL, updated_at = @updated_at
            WHERE id = @id AND account_id = @account AND version = @version AND turn = @turn;
            """,
            [.. Values(goal), ("account", goal.Account), ("version", goal.Version), ("turn", goal.Turn), ("updated_at", database.Stored(goal.UpdatedAt))]);
        if (written == 0)
        {
            return false;
        }

        if (conversion is not null)
        {
            connection.Execute(
                $"INSERT INTO goal_conversion ({ConversionColumns}, effect) VALUES (@id, @goal, @account, @recorded_at, @details, @effect);",
                ("id", conversion.Id),
                ("goal", conversion.GoalId),
                ("account", conversion.Account),
                ("recorded_at", database.Stored(conversion.RecordedAt)),
                ("details", rows.ConversionOf(conversion)),
                ("effect", conversion.Effect?.Stored));
        }

        Tell(connection, goal, deed);
        transaction.Commit();
        return true;
    }

    /// <summary>Whether a goal has as many conversions as it may have.</summary>
    public bool IsFullOfConversions(string goalId)
    {
        using var connection = database.Connect();
        return Convert.ToInt32(connection.Scalar("SELECT count(*) FROM goal_conversion WHERE goal_id = @goal;", ("goal", goalId)), CultureInfo.InvariantCulture) >= MostConversions;
    }

    /// <summary>The conversions of a goal, newest first.</summary>
    public IReadOnlyList<StoredConversion> ConversionsOf(string goalId) => Conversions("goal_id", goalId);

    /// <summary>The conversions of an account, newest first.</summary>
    public IReadOnlyList<StoredConversion> ConversionsOfAccount(string account) => Conversions("account_id", account);

    /// <summary>Takes out everything of an account.</summary>
    public void Erase(string account)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        // The goals first: who is recording a conversion of one at this moment is waited for, and its conversion goes too.
        connection.Execute("DELETE FROM goal WHERE account_id = @account;", ("account", account));
        connection.Execute("DELETE FROM goal_conversion WHERE account_id = @account;", ("account", account));
        transaction.Commit();
    }

    private (StoredGoal Goal, GoalEffect Effect)? Made(DbConnection connection, string account, GoalEffect effect)
    {
        var made = connection.Rows(
            $"SELECT {GoalRows.Columns}, effect FROM goal WHERE account_id = @account AND {WithKey} AND created_at > @since;",
            row => (rows.Read(row), GoalEffect.Read(row.GetString(row.GetOrdinal("effect")))), [("account", account), .. Named(effect)]);
        return made.Count == 0 ? null : made[0];
    }

    private (string, object?)[] Named(GoalEffect effect) => [("key", effect.Key), ("since", database.Stored(clock.GetUtcNow() - GoalEffect.Remembered))];

    private static bool IsFull(DbConnection connection, string account) =>
        Convert.ToInt32(connection.Scalar("SELECT count(*) FROM goal WHERE account_id = @account AND status IN ('active', 'paused');", ("account", account)), CultureInfo.InvariantCulture) >= Most;

    private IReadOnlyList<StoredConversion> Conversions(string column, string value)
    {
        using var connection = database.Connect();
        return connection.Rows($"SELECT {ConversionColumns} FROM goal_conversion WHERE {column} = @value ORDER BY id DESC;", rows.ReadConversion, ("value", value));
    }

    private (string, object?)[] Values(StoredGoal goal) =>
    [
        ("id", goal.Id), ("status", GoalWords.Statuses.Of(goal.Status)), ("details", rows.DetailsOf(goal)), ("advice", rows.AdviceOf(goal)), ("evaluate_at", rows.Stored(goal.EvaluateAt)),
    ];

    private void Tell(DbConnection connection, StoredGoal goal, GoalDeed deed)
    {
        var details = deed.Details ?? [];
        details["goal"] = goal.Id;
        AuditTrail.Append(database, connection, clock.GetUtcNow(), deed.Kind, actor.Name ?? goal.Account, goal.Account, details);
    }
}
