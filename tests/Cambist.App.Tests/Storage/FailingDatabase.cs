using System.Data.Common;
using System.Net.Sockets;
using System.Threading.Channels;
using Cambist.App.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cambist.App.Tests.Storage;

/// <summary>A database that a test takes away and brings back.</summary>
internal sealed class FailingDatabase(Database inner) : Database
{
    private readonly Channel<bool> _refusals = Channel.CreateUnbounded<bool>();

    /// <summary>Names of <see cref="Fault(string)"/>.</summary>
    public static TheoryData<string> Faults => ["database", "name or connection", "time"];

    /// <summary>What whoever connects gets; null: a connection.</summary>
    public Exception? Refuses { get; set; }

    /// <summary>How often somebody was refused, as it happens.</summary>
    public ChannelReader<bool> Refusals => _refusals.Reader;

    public override string Name => inner.Name;

    public override string Place => inner.Place;

    public override int SchemaVersion => inner.SchemaVersion;

    /// <summary>What Npgsql or SQLite throw where they cannot connect.</summary>
    public static Exception Fault(string kind) => kind switch
    {
        "database" => new SqliteException("it is locked", 5),
        "name or connection" => new SocketException((int)SocketError.HostNotFound),
        _ => new TimeoutException("it took too long"),
    };

    public override DbConnection Connect()
    {
        if (Refuses is not { } fault)
        {
            return inner.Connect();
        }

        _refusals.Writer.TryWrite(true);
        throw fault;
    }

    public override string? Fault() => Refuses?.Message;

    public override void Dispose() => inner.Dispose();

    internal override object Stored(DateTimeOffset instant) => inner.Stored(instant);

    internal override DateTimeOffset InstantAt(DbDataReader row, int column) => inner.InstantAt(row, column);
}
