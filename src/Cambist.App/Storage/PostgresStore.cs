using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Cambist.App.Storage;

/// <summary>A PostgreSQL database, with TimescaleDB where its server has it. Several processes may share one.</summary>
public sealed class PostgresStore : Database
{
    private readonly NpgsqlDataSource _source;
    private readonly string _place;

    private PostgresStore(NpgsqlConnectionStringBuilder settings)
    {
        _place = $"PostgreSQL at {settings.Host}:{settings.Port}, database '{settings.Database ?? settings.Username}'";
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc />
    public override string Name => Flavour.Name;

    /// <inheritdoc />
    public override string Place => _place;

    /// <inheritdoc />
    public override int SchemaVersion
    {
        get
        {
            using var connection = Connect();
            return Convert.ToInt32(connection.Scalar("SELECT version FROM cambist_schema;"), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Whether ticks lie in a TimescaleDB hypertable.</summary>
    internal bool HasTimescale => Flavour.HasTimescale;

    private PostgresFlavour Flavour { get; set; } = null!;

    /// <summary>Opens a database that exists, and applies the schema steps that it lacks, into the first schema of its search path.</summary>
    /// <param name="connectionString">As Npgsql reads it: <c>Host=…;Database=…;Username=…;Password=…</c>.</param>
    /// <exception cref="FormatException">That is no connection string.</exception>
    /// <exception cref="CannotOpenDatabaseException">The server cannot be reached, or lets nobody in.</exception>
    /// <exception cref="InvalidDataException">The database was written by a newer version of Cambist. It is left as it was.</exception>
    public static PostgresStore Open(string connectionString) => Open(connectionString, useTimescale: true);

    internal static PostgresStore Open(string connectionString, bool useTimescale, IReadOnlyList<SchemaStep>? steps = null)
    {
        var store = new PostgresStore(Settings(connectionString));
        try
        {
            store.Flavour = new PostgresSchema(store._source, store._place).BringUpToDate(useTimescale, steps);
            return store;
        }
        catch (Exception fault) when (IsFault(fault))
        {
            store.Dispose();
            throw new CannotOpenDatabaseException($"{store._place}: {Told(fault)}.", fault);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>An open connection, out of a pool; dispose it soon. Readers and writers do not wait for each other.</summary>
    public override NpgsqlConnection Connect() => _source.OpenConnection();

    /// <inheritdoc />
    public override string? Fault()
    {
        try
        {
            using var connection = Connect();
            _ = connection.Scalar("SELECT version FROM cambist_schema;");
            return null;
        }
        catch (Exception fault) when (IsFault(fault))
        {
            return Told(fault);
        }
    }

    /// <inheritdoc />
    public override void Dispose() => _source.Dispose();

    internal override object Stored(DateTimeOffset instant) =>
        new DateTime(instant.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);

    internal override DateTimeOffset InstantAt(DbDataReader row, int column) => new(row.GetDateTime(column), TimeSpan.Zero);

    // What the reader of connection strings says may repeat a part of the string, and with it of the password.
    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            settings.ApplicationName ??= "cambist";
            return settings.Host is { Length: > 0 } ? settings : throw new ArgumentException("No host.", nameof(connectionString));
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException("expected a connection string such as Host=127.0.0.1;Database=cambist;Username=cambist;Password=…, a value with ; or = in quotation marks; it cannot be read as one");
        }
    }

    private static string Told(Exception fault) => fault switch
    {
        PostgresException answer => answer.MessageText,
        { InnerException: SocketException or IOException or TimeoutException } => $"{fault.Message.TrimEnd('.')}: {fault.InnerException.Message.TrimEnd('.')}",
        _ => fault.Message.TrimEnd('.'),
    };
}
