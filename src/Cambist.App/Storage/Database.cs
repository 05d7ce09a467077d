using System.Data.Common;
using System.Net.Sockets;

namespace Cambist.App.Storage;

/// <summary>
/// Where everything is stored: <see cref="SqliteStore"/> or <see cref="PostgresStore"/>. Both understand the same SQL with <c>@name</c> parameters,
/// save for how an instant is written and for the bulk writers. Safe to use from any thread.
/// </summary>
public abstract class Database : IDisposable
{
    /// <summary>What it is, as in "PostgreSQL 15 with TimescaleDB 2.19"; never where it is and never a secret.</summary>
    public abstract string Name { get; }

    /// <summary>Where it is, for whoever operates it: a file, or a server's address and its database; never a secret.</summary>
    public abstract string Place { get; }

    /// <summary>The number of the last schema step that was applied.</summary>
    public abstract int SchemaVersion { get; }

    /// <summary>An open connection, out of a pool; dispose it soon.</summary>
    public abstract DbConnection Connect();

    /// <summary>Whether it is the database that failed, whatever it was asked: what asks now and then goes on and asks again. Npgsql lets faults of names, connections and time through as they are.</summary>
    public static bool IsFault(Exception fault) => fault is DbException or SocketException or TimeoutException;

    /// <summary>What keeps the database from answering; null where it answers.</summary>
    public abstract string? Fault();

    /// <summary>Closes the pooled connections.</summary>
    public abstract void Dispose();

    /// <summary>An instant as a parameter: whole microseconds, what is finer is cut off.</summary>
    internal abstract object Stored(DateTimeOffset instant);

    /// <summary>An instant of a row.</summary>
    internal abstract DateTimeOffset InstantAt(DbDataReader row, int column);
}

/// <summary>A database cannot be reached, or lets nobody in. The message says which and why, and holds no secret.</summary>
public sealed class CannotOpenDatabaseException(string message, Exception fault) : IOException(message, fault);
