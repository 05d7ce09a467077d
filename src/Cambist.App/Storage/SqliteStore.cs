using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Cambist.App.Storage;

/// <summary>The database of one data folder: one SQLite file that is created, brought up to date and lent out as connections. Safe to use from any thread.</summary>
public sealed class SqliteStore : Database
{
    /// <summary>Name of the database file in its folder.</summary>
    public const string FileName = "cambist.db";

    private const int NotADatabase = 26; // SQLITE_NOTADB

    private static readonly long EpochMicroseconds = DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerMicrosecond;

    private readonly string _connectionString;
    private readonly string _directory;
    private readonly bool _isThrowAway;

    private SqliteStore(string directory, bool isThrowAway)
    {
        _directory = directory;
        _isThrowAway = isThrowAway;
        DatabasePath = Path.Combine(directory, FileName);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = DatabasePath }.ToString();
    }

    /// <inheritdoc />
    public override string Name => "SQLite";

    /// <inheritdoc />
    public override string Place => DatabasePath;

    /// <inheritdoc />
    public override int SchemaVersion
    {
        get
        {
            using var connection = Connect();
            return VersionOf(connection);
        }
    }

    /// <summary>Full path of the database file.</summary>
    public string DatabasePath { get; }

    /// <summary>Opens the database of a folder; creates both where they do not exist, and applies the schema steps that it lacks.</summary>
    /// <exception cref="InvalidDataException">The file is no SQLite database, or was written by a newer version of Cambist. It is left as it was.</exception>
    public static SqliteStore Open(string directory) => Open(directory, SchemaStep.Sqlite);

    /// <summary>A new empty database in a temporary folder that is deleted on dispose: for simulated data, which never enters a real store.</summary>
    public static SqliteStore OpenThrowAway()
    {
        ThrowAwayFolder.SweepAbandoned();
        return Open(ThrowAwayFolder.Create(), SchemaStep.Sqlite, isThrowAway: true);
    }

    internal static SqliteStore Open(string directory, IReadOnlyList<SchemaStep> steps, bool isThrowAway = false)
    {
        var full = Path.GetFullPath(directory);
        Directory.CreateDirectory(full);
        var store = new SqliteStore(full, isThrowAway);
        try
        {
            store.BringUpToDate(steps);
            return store;
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == NotADatabase)
        {
            store.Dispose();
            throw new InvalidDataException($"Expected a SQLite database, '{store.DatabasePath}' is none.", fault);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>An open connection, out of a pool; dispose it soon. Readers never wait; a writer waits for another one, for up to 30 s.</summary>
    public override SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();

        // These three belong to the connection, not to the file. With a write-ahead log, NORMAL loses at worst the last transactions in a
        // power cut and never corrupts; 16 MiB hold two years of one pair's bars twenty times over.
        Execute(connection, "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;");
        return connection;
    }

    /// <inheritdoc />
    public override string? Fault()
    {
        try
        {
            using var connection = Connect();
            _ = VersionOf(connection);
            return null;
        }
        catch (SqliteException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Closes the pooled connections, which folds the write-ahead log into the file; deletes the folder of a throw-away store.</summary>
    public override void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
            SqliteConnection.ClearPool(connection);

        if (_isThrowAway && Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    // Whole microseconds since 1970-01-01T00:00Z.
    internal override object Stored(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerMicrosecond - EpochMicroseconds;

    internal override DateTimeOffset InstantAt(DbDataReader row, int column) =>
        new((row.GetInt64(column) + EpochMicroseconds) * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    private void BringUpToDate(IReadOnlyList<SchemaStep> steps)
    {
        using var connection = Connect();
        var found = VersionOf(connection);
        RefuseNewer(found, steps.Count);
        Execute(connection, "PRAGMA journal_mode = WAL;");
        if (found == steps.Count)
        {
            return; // Without the write lock: whoever only reads does not wait for a long import.
        }

        // The version is read again inside the write transaction: another process may have applied the steps meanwhile.
        using var transaction = connection.BeginTransaction();
        var version = VersionOf(connection);
        RefuseNewer(version, steps.Count);
        foreach (var step in steps.Skip(version))
            Execute(connection, step.Sql + $"; PRAGMA user_version = {step.Number};");

        transaction.Commit();
    }

    private void RefuseNewer(int version, int known)
    {
        if (version > known)
        {
            throw new InvalidDataException(
                $"'{DatabasePath}' was written by a newer version of Cambist: expected schema {known} or older, found {version}. Use that version, or another data folder.");
        }
    }

    private static int VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version;";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
