using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Cambist.App.Audit;
using Cambist.App.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Cambist.App.Forecasting.Registry;

/// <summary>The registry's tables. Every change is one transaction, stands in line behind others of any process, and leaves an event.</summary>
public sealed class ModelStore(Database database)
{
    private int _changes;

    /// <summary>How often this process has changed something.</summary>
    internal int Changes => Volatile.Read(ref _changes);

    /// <summary>Number of the newest event; 0 where nothing has ever happened.</summary>
    public long Revision()
    {
        using var connection = database.Connect();
        return RevisionOf(connection);
    }

    /// <summary>Everything, as of one moment.</summary>
    public ModelBook Read()
    {
        using var connection = database.Connect();
        using var transaction = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true) : connection.BeginTransaction(IsolationLevel.RepeatableRead);
        return Read(connection);
    }

    /// <summary>What happened to a model, the newest first.</summary>
    public IReadOnlyList<ModelEvent> Events(string model, int most = 50)
    {
        using var connection = database.Connect();
        return connection.Rows(
            "SELECT id, at, model, what, actor, reason, figures FROM model_event WHERE model = @model ORDER BY id DESC LIMIT @most;",
            row => new ModelEvent(
                row.GetInt64(0), database.InstantAt(row, 1), row.GetString(2), row.GetString(3), Word<ModelActor>(row.GetString(4)), row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6)),
            ("model", model),
            ("most", most));
    }

    /// <summary>Whether a model was ever registered, deleted ones included.</summary>
    public bool EverHad(string model)
    {
        using var connection = database.Connect();
        return connection.Scalar("SELECT 1 FROM model_event WHERE model = @model AND what = 'registered' LIMIT 1;", ("model", model)) is not null;
    }

    /// <summary>Whether there was ever a champion.</summary>
    public bool EverPromoted()
    {
        using var connection = database.Connect();
        return connection.Scalar("SELECT 1 FROM model_event WHERE what = 'promoted' LIMIT 1;") is not null;
    }

    /// <summary>Adds a model with its verdicts; false where its id is taken.</summary>
    internal bool TryAdd(RegisteredModel model, RegistrationNote note) => Change(connection =>
    {
        var added = connection.Execute(
            """
            INSERT INTO model (id, family, stage, origin, created_at, trained_until, registered_at, fingerprint)
            VALUES (@id, @family, @stage, @origin, @created, @until, @registered, @fingerprint) ON CONFLICT DO NOTHING;
            """,
            ("id", model.Id),
            ("family", model.Family),
            ("stage", Word(model.Stage)),
            ("origin", Word(model.Origin)),
            ("created", database.Stored(model.CreatedAt)),
            ("until", database.Stored(model.TrainedUntil)),
            ("registered", database.Stored(model.RegisteredAt)),
            ("fingerprint", model.Fingerprint)) > 0;
        if (added)
        {
            SetGates(connection, model.Id, note.Gates);
            Tell(connection, model.RegisteredAt, model.Id, ModelHappening.Registered, new ModelDoer(note.Actor), note.Reason, new JsonObject { ["origin"] = Word(note.Origin), ["gates"] = Figures(note.Gates) });
        }

        return added;
    });

    /// <summary>Replaces the verdicts on a model for the pairs that are given.</summary>
    internal void Gate(string model, IReadOnlyList<ModelGate> gates, DateTimeOffset at, string reason) => Change(connection =>
    {
        SetGates(connection, model, gates);
        Tell(connection, at, model, ModelHappening.Gated, ModelDoer.Gate, reason, new JsonObject { ["gates"] = Figures(gates) });
        return true;
    });

    /// <summary>Makes a model champion and retires the one before, where that is still the expected one; otherwise changes nothing and returns false.</summary>
    internal bool TryPromote(string model, string? former, DateTimeOffset at, ModelDoer doer, string reason, JsonObject figures, bool isRollback = false) => Change(connection =>
    {
        if (connection.Scalar("SELECT id FROM model WHERE stage = 'champion';") as string != former)
        {
            return false;
        }

        if (former is not null)
        {
            connection.Execute("UPDATE model SET stage = 'retired', retired_at = @at WHERE id = @former;", ("at", database.Stored(at)), ("former", former));
            Tell(connection, at, former, isRollback ? ModelHappening.RolledBack : ModelHappening.Retired, doer, isRollback ? reason : $"replaced by {model}", figures: null);
        }

        // A champion that comes back keeps the one that it had replaced itself: rolling back again goes one further.
        var changed = connection.Execute(
            $"UPDATE model SET stage = 'champion', promoted_at = @at, retired_at = NULL{(isRollback ? "" : ", predecessor = @former")} WHERE id = @id;",
            isRollback ? [("at", database.Stored(at)), ("id", model)] : [("at", database.Stored(at)), ("id", model), ("former", former)]);
        if (changed == 0)
        {
            throw new ModelFaultException(ModelFault.NotFound, $"There is no model {model} any more.");
        }

        Tell(connection, at, model, ModelHappening.Promoted, doer, reason, figures);
        return true;
    });

    /// <summary>Retires a challenger.</summary>
    internal bool TryRetire(string model, DateTimeOffset at, ModelActor actor, string reason) => Change(connection =>
    {
        var retired = connection.Execute("UPDATE model SET stage = 'retired', retired_at = @at WHERE id = @id AND stage = 'challenger';", ("at", database.Stored(at)), ("id", model)) > 0;
        if (retired)
        {
            Tell(connection, at, model, ModelHappening.Retired, new ModelDoer(actor), reason, figures: null);
        }

        return retired;
    });

    /// <summary>Takes a model out of service for a pair, or for all.</summary>
    internal bool TryFallBack(ModelFallback fallback, JsonObject? figures) => Change(connection =>
    {
        var isNew = connection.Execute(
            "INSERT INTO model_fallback (model, pair, since, reason) VALUES (@model, @pair, @since, @reason) ON CONFLICT DO NOTHING;",
            ("model", fallback.Model),
            ("pair", fallback.Pair),
            ("since", database.Stored(fallback.Since)),
            ("reason", fallback.Reason)) > 0;
        if (isNew)
        {
            Tell(connection, fallback.Since, fallback.Model, ModelHappening.FellBack, ModelDoer.Gate, fallback.Reason, With(fallback.Pair, figures));
        }

        return isNew;
    });

    /// <summary>Puts it back into service.</summary>
    internal bool TryRecover(string model, string pair, DateTimeOffset at, string reason, JsonObject? figures) => Change(connection =>
    {
        var was = connection.Execute("DELETE FROM model_fallback WHERE model = @model AND pair = @pair;", ("model", model), ("pair", pair)) > 0;
        if (was)
        {
            Tell(connection, at, model, ModelHappening.Recovered, ModelDoer.Gate, reason, With(pair, figures));
        }

        return was;
    });

    /// <summary>Forgets a retired model but for its events; false where it is not retired, or the champion would go back to it.</summary>
    internal bool TryDelete(string model, DateTimeOffset at, string reason) => Change(connection =>
    {
        var deleted = connection.Execute(
            "DELETE FROM model WHERE id = @id AND stage = 'retired' AND NOT EXISTS (SELECT 1 FROM model AS champion WHERE champion.stage = 'champion' AND champion.predecessor = @id);", ("id", model)) > 0;
        if (deleted)
        {
            connection.Execute("DELETE FROM model_gate WHERE model = @id; DELETE FROM model_fallback WHERE model = @id; UPDATE model SET predecessor = NULL WHERE predecessor = @id;", ("id", model));
            Tell(connection, at, model, ModelHappening.Deleted, ModelDoer.Gate, reason, figures: null);
        }

        return deleted;
    });

    internal static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T Word<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word, ignoreCase: true);

    private T Change<T>(Func<DbConnection, T> work)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        if (connection is NpgsqlConnection)
        {
            // SQLite has one writer at a time anyway. Here it also keeps the numbers of events in the order in which they are committed.
            connection.Execute("LOCK TABLE model IN SHARE ROW EXCLUSIVE MODE;");
        }

        var done = work(connection);
        transaction.Commit();
        Interlocked.Increment(ref _changes);
        return done;
    }

    private ModelBook Read(DbConnection connection) => new(
        RevisionOf(connection),
        connection.Rows(
            """
            SELECT id, family, stage, origin, created_at, trained_until, registered_at, promoted_at, retired_at, predecessor, fingerprint FROM model
            ORDER BY registered_at DESC, id;
            """,
            row => new RegisteredModel(
                row.GetString(0),
                row.GetString(1),
                Word<ModelStage>(row.GetString(2)),
                Word<ModelOrigin>(row.GetString(3)),
                database.InstantAt(row, 4),
                database.InstantAt(row, 5),
                database.InstantAt(row, 6),
                row.IsDBNull(7) ? null : database.InstantAt(row, 7),
                row.IsDBNull(8) ? null : database.InstantAt(row, 8),
                row.IsDBNull(9) ? null : row.GetString(9),
                row.GetString(10))),
        connection.Rows(
            "SELECT model, pair, passed, mean_horizons, crps_skill, p_value, n, measured_from, measured_until FROM model_gate ORDER BY model, pair;",
            row => new ModelGate(
                row.GetString(0),
                row.GetString(1),
                row.GetBoolean(2),
                [.. row.GetString(3).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(hours => int.Parse(hours, CultureInfo.InvariantCulture))],
                row.GetDouble(4),
                row.IsDBNull(5) ? null : row.GetDouble(5),
                row.GetInt64(6),
                database.InstantAt(row, 7),
                database.InstantAt(row, 8))),
        connection.Rows(
            "SELECT model, pair, since, reason FROM model_fallback ORDER BY model, pair;",
            row => new ModelFallback(row.GetString(0), row.GetString(1), database.InstantAt(row, 2), row.GetString(3))));

    private static long RevisionOf(DbConnection connection) => Convert.ToInt64(connection.Scalar("SELECT coalesce(max(id), 0) FROM model_event;"), CultureInfo.InvariantCulture);

    private void SetGates(DbConnection connection, string model, IReadOnlyList<ModelGate> gates)
    {
        foreach (var gate in gates)
        {
            connection.Execute(
                """
                INSERT INTO model_gate (model, pair, passed, mean_horizons, crps_skill, p_value, n, measured_from, measured_until)
                VALUES (@model, @pair, @passed, @horizons, @skill, @p, @n, @from, @until)
                ON CONFLICT (model, pair) DO UPDATE SET passed = excluded.passed, mean_horizons = excluded.mean_horizons, crps_skill = excluded.crps_skill,
                    p_value = excluded.p_value, n = excluded.n, measured_from = excluded.measured_from, measured_until = excluded.measured_until;
                """,
                ("model", model),
                ("pair", gate.Pair),
                ("passed", gate.Passed),
                ("horizons", string.Join(',', gate.MeanHorizons)),
                ("skill", gate.CrpsSkill),
                ("p", gate.PValue),
                ("n", gate.Count),
                ("from", database.Stored(gate.MeasuredFrom)),
                ("until", database.Stored(gate.MeasuredUntil)));
        }
    }

    private void Tell(DbConnection connection, DateTimeOffset at, string model, string what, ModelDoer doer, string reason, JsonObject? figures)
    {
        connection.Execute(
            "INSERT INTO model_event (at, model, what, actor, reason, figures) VALUES (@at, @model, @what, @actor, @reason, @figures);",
            ("at", database.Stored(at)),
            ("model", model),
            ("what", what),
            ("actor", Word(doer.Actor)),
            ("reason", reason),
            ("figures", figures?.ToJsonString()));
        if (doer.Actor != ModelActor.Gate)
        {
            AuditTrail.Append(database, connection, at, $"model.{what}", doer.Account ?? Word(doer.Actor), model, new JsonObject { ["reason"] = reason });
        }
    }

    private static JsonArray Figures(IReadOnlyList<ModelGate> gates) => [.. gates.Select(gate => (JsonNode)gate.ToJson())];

    private static JsonObject With(string pair, JsonObject? figures)
    {
        var told = (JsonObject?)figures?.DeepClone() ?? [];
        told["pair"] = pair;
        return told;
    }
}
