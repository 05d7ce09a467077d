using System.Data.Common;
using System.Text.Json;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Goals;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cambist.App.Goals;

/// <summary>Goals that somebody has taken to look at.</summary>
/// <param name="Id">By which they are given back.</param>
/// <param name="Goals">The goals.</param>
/// <param name="Taken">How many were taken, with those that cannot be read.</param>
internal sealed record GoalClaim(string Id, IReadOnlyList<StoredGoal> Goals, int Taken);

/// <summary>
/// Hands out the goals that are due, each to one at a time, whatever the node. Who dies with some loses them after a while to somebody else; who is late writes nothing, and neither does who looked at what its person
/// has changed meanwhile.
/// </summary>
internal sealed partial class GoalClaims(Database database, GoalRows rows, TimeProvider clock, ILogger<GoalClaims> log)
{
    // Many times what a batch takes.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Takes goals that are due, the longest overdue first.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="account">Only those of this account; null: anybody's.</param>
    public GoalClaim Take(int most, string? account = null)
    {
        var (now, claim) = (clock.GetUtcNow(), Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
        using var connection = database.Connect();
        var skip = connection is NpgsqlConnection ? "FOR UPDATE SKIP LOCKED" : ""; // SQLite has one writer at a time.
        var taken = connection.Rows(
            $"""
            UPDATE goal SET claim = @claim, evaluate_at = @until
            WHERE id IN (SELECT id FROM goal WHERE evaluate_at <= @now {OfAccount(account)} ORDER BY evaluate_at LIMIT @most {skip})
            RETURNING {GoalRows.Columns};
            """,
            TryRead,
            [("claim", claim), ("until", database.Stored(now + Lease)), ("now", database.Stored(now)), ("most", most), .. Named(account)]);
        return new GoalClaim(claim, [.. taken.OfType<StoredGoal>()], taken.Count);
    }

    /// <summary>Writes what a look has brought. Only what is returned was written, and only of that others may be told.</summary>
    /// <param name="claim">The claim that they were taken with.</param>
    /// <param name="looked">Goals after the look, each with whether what is planned has changed.</param>
    public IReadOnlySet<string> Give(string claim, IReadOnlyList<(StoredGoal Goal, bool IsChanged)> looked)
    {
        using var connection = database.Connect();
        return connection is NpgsqlConnection ? GiveAtOnce(connection, claim, looked) : GiveEach(connection, claim, looked);
    }

    /// <summary>Lets the goals of a pair be looked at now, but for those that were a short while ago, and those that somebody looks at.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="notSince">Those that were looked at since are left alone.</param>
    /// <param name="account">Only those of this account; null: anybody's.</param>
    /// <returns>How many.</returns>
    public int Hasten(CurrencyPair pair, DateTimeOffset notSince, string? account = null)
    {
        using var connection = database.Connect();
        return connection.Execute(
            $"UPDATE goal SET evaluate_at = @now WHERE pair = @pair AND evaluate_at > @now AND evaluated_at <= @since AND claim IS NULL {OfAccount(account)};",
            [("now", database.Stored(clock.GetUtcNow())), ("pair", pair.Symbol), ("since", database.Stored(notSince)), .. Named(account)]);
    }

    /// <summary>The pairs of the goals that are looked after.</summary>
    /// <param name="account">Only of those of this account; null: of all.</param>
    public IReadOnlyList<CurrencyPair> Pairs(string? account = null)
    {
        using var connection = database.Connect();
        return [.. connection.Rows(
            $"SELECT DISTINCT pair FROM goal WHERE evaluate_at IS NOT NULL {OfAccount(account)} ORDER BY pair;", row => CurrencyPair.TryParse(row.GetString(0), out var pair) ? pair : null, Named(account)).OfType<CurrencyPair>()];
    }

    private static string OfAccount(string? account) => account is null ? "" : "AND account_id = @account";

    private static (string, object?)[] Named(string? account) => account is null ? [] : [("account", account)];

    // One statement for all: a round trip each would take longer than the looks.
    private HashSet<string> GiveAtOnce(DbConnection connection, string claim, IReadOnlyList<(StoredGoal Goal, bool IsChanged)> looked) =>
    [
        .. connection.Rows(
            """
            UPDATE goal SET status = looked.status, version = goal.version + looked.changed, turn = goal.turn + 1, details = coalesce(looked.details, goal.details), advice = looked.advice,
                evaluate_at = looked.evaluate_at, evaluated_at = @now, claim = NULL, updated_at = CASE looked.changed WHEN 1 THEN @now ELSE goal.updated_at END
            FROM unnest(@ids, @versions, @turns, @statuses, @changed, @details, @advice, @evaluate_at) AS looked(id, version, turn, status, changed, details, advice, evaluate_at)
            WHERE goal.id = looked.id AND goal.claim = @claim AND goal.version = looked.version AND goal.turn = looked.turn
            RETURNING goal.id;
            """,
            row => row.GetString(0),
            ("now", database.Stored(clock.GetUtcNow())),
            ("claim", claim),
            ("ids", looked.Select(one => one.Goal.Id).ToArray()),
            ("versions", looked.Select(one => one.Goal.Version).ToArray()),
            ("turns", looked.Select(one => one.Goal.Turn).ToArray()),
            ("statuses", looked.Select(one => GoalWords.Statuses.Of(one.Goal.Status)).ToArray()),
            ("changed", looked.Select(one => one.IsChanged ? 1 : 0).ToArray()),
            ("details", looked.Select(one => one.IsChanged ? rows.DetailsOf(one.Goal) : null).ToArray()),
            ("advice", looked.Select(one => rows.AdviceOf(one.Goal)).ToArray()),
            ("evaluate_at", looked.Select(one => one.Goal.EvaluateAt?.UtcDateTime).ToArray())),
    ];

    private HashSet<string> GiveEach(DbConnection connection, string claim, IReadOnlyList<(StoredGoal Goal, bool IsChanged)> looked)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        using var transaction = connection.BeginTransaction();
        foreach (var (goal, isChanged) in looked)
        {
            var count = connection.Execute(
                """
                UPDATE goal SET status = @status, version = version + @changed, turn = turn + 1, details = coalesce(@details, details), advice = @advice,
                    evaluate_at = @evaluate_at, evaluated_at = @now, claim = NULL, updated_at = CASE @changed WHEN 1 THEN @now ELSE updated_at END
                WHERE id = @id AND claim = @claim AND version = @version AND turn = @turn;
                """,
                ("now", database.Stored(clock.GetUtcNow())),
                ("claim", claim),
                ("id", goal.Id),
                ("version", goal.Version),
                ("turn", goal.Turn),
                ("status", GoalWords.Statuses.Of(goal.Status)),
                ("changed", isChanged ? 1 : 0),
                ("details", isChanged ? rows.DetailsOf(goal) : null),
                ("advice", rows.AdviceOf(goal)),
                ("evaluate_at", rows.Stored(goal.EvaluateAt)));
            if (count == 1)
            {
                written.Add(goal.Id);
            }
        }

        transaction.Commit();
        return written;
    }

    // One that cannot be read must not keep the others waiting; it comes again when its lease has run out.
    private StoredGoal? TryRead(DbDataReader row)
    {
        try
        {
            return rows.Read(row);
        }
        catch (Exception fault) when (fault is Privacy.FieldCipherFaultException or FormatException or TimeZoneNotFoundException or InvalidTimeZoneException or JsonException or ArgumentException)
        {
            LogUnreadable(log, row.GetString(0), fault.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Goal {Id} cannot be read and is left out: {Fault}")]
    private static partial void LogUnreadable(ILogger log, string id, string fault);
}
