using System.Globalization;
using Npgsql;

namespace Cambist.App.Storage;

/// <summary>What kind of PostgreSQL a database is; decided when its tables are created, and then kept.</summary>
internal sealed record PostgresFlavour(string Name, bool HasTimescale);

/// <summary>
/// Creates the tables of a PostgreSQL database and brings them up to date. The version stands in a table; several nodes may start at once, so the steps
/// are applied in one transaction under a lock of their own.
/// </summary>
internal sealed class PostgresSchema(NpgsqlDataSource source, string place)
{
    // Any number that nobody else would take for an advisory lock of the database.
    private const long LockKey = 0x43616D62697374; // "Cambist"

    private const string VersionTable = "CREATE TABLE IF NOT EXISTS cambist_schema (version integer NOT NULL, has_timescale boolean NOT NULL);";

    public PostgresFlavour BringUpToDate(bool useTimescale, IReadOnlyList<SchemaStep>? steps)
    {
        using var connection = source.OpenConnection();
        var state = StateOf(connection);
        var known = (steps ?? SchemaStep.Postgres).Count;
        RefuseNewer(state, known);
        string? lacking = null;
        if (state is null && useTimescale)
        {
            lacking = TryToCreateTimescale();
        }

        if (state?.Version != known)
        {
            state = Apply(connection, useTimescale && lacking is null, steps);
        }

        return new PostgresFlavour(NameOf(connection, state!, lacking), state!.HasTimescale);
    }

    private State Apply(NpgsqlConnection connection, bool mayUseTimescale, IReadOnlyList<SchemaStep>? given)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute("SELECT pg_advisory_xact_lock(@key);", ("key", LockKey));
        connection.Execute(VersionTable);

        // The version is read again under the lock: another node may have applied the steps meanwhile.
        var state = StateOf(connection) ?? new State(0, mayUseTimescale && TimescaleVersion(connection) is not null);
        var steps = given ?? (state.HasTimescale ? SchemaStep.Timescale : SchemaStep.Postgres);
        RefuseNewer(state, steps.Count);
        foreach (var step in steps.Skip(state.Version))
        {
            connection.Execute(step.Sql);
        }

        connection.Execute(
            "DELETE FROM cambist_schema; INSERT INTO cambist_schema (version, has_timescale) VALUES (@version, @timescale);",
            ("version", steps.Count),
            ("timescale", state.HasTimescale));
        transaction.Commit();
        return state with { Version = steps.Count };
    }

    private void RefuseNewer(State? state, int known)
    {
        if (state?.Version > known)
        {
            throw new InvalidDataException(
                $"{place} was written by a newer version of Cambist: expected schema {known} or older, found {state.Version}. Use that version, or another database.");
        }
    }

    private static State? StateOf(NpgsqlConnection connection)
    {
        if (connection.Scalar("SELECT to_regclass('cambist_schema')::text;") is not string)
        {
            return null;
        }

        using var command = connection.Command("SELECT version, has_timescale FROM cambist_schema;");
        using var reader = command.ExecuteReader();
        return reader.Read() ? new State(reader.GetInt32(0), reader.GetBoolean(1)) : null;
    }

    // Returns what stands in the way of an extension that the server has; null where nothing does, or where there is no such extension. A server that has not
    // loaded its library ends the connection, so the attempt has one of its own.
    private string? TryToCreateTimescale()
    {
        try
        {
            using var connection = source.OpenConnection();
            if (connection.Scalar("SELECT 1 FROM pg_available_extensions WHERE name = 'timescaledb';") is null)
            {
                return null;
            }

            using var transaction = connection.BeginTransaction();
            connection.Execute("SELECT pg_advisory_xact_lock(@key);", ("key", LockKey));
            connection.Execute("SET LOCAL client_min_messages = error; CREATE EXTENSION IF NOT EXISTS timescaledb;");
            transaction.Commit();

            // The edition under the Apache licence has no continuous aggregates and no compression.
            if ((string?)connection.Scalar("SELECT current_setting('timescaledb.license', true);") != "timescale")
            {
                return "its edition here is the one without continuous aggregates";
            }

            return connection.Scalar("SELECT 1 FROM pg_proc WHERE proname = 'create_hypertable' AND pg_function_is_visible(oid) LIMIT 1;") is null
                ? "its functions are not in the search path"
                : null;
        }
        catch (PostgresException fault)
        {
            return fault.MessageText;
        }
    }

    private static string? TimescaleVersion(NpgsqlConnection connection) =>
        (string?)connection.Scalar("SELECT extversion FROM pg_extension WHERE extname = 'timescaledb';");

    private static string NameOf(NpgsqlConnection connection, State state, string? lacking)
    {
        var server = string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {connection.PostgreSqlVersion.Major}");
        if (state.HasTimescale && Version.TryParse(TimescaleVersion(connection), out var version))
        {
            return $"{server} with TimescaleDB {version.ToString(2)}";
        }

        return lacking is null ? server : $"{server} (without TimescaleDB: {lacking})";
    }

    private sealed record State(int Version, bool HasTimescale);
}
