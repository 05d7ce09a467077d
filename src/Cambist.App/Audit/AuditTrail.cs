using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambist.App.Storage;

namespace Cambist.App.Audit;

/// <summary>
/// The trail of what was done: one chain for all nodes, to which is only ever added. A change that has to be answered for and its event are written in one transaction, so that
/// neither is there without the other.
/// </summary>
public sealed class AuditTrail(Database database)
{
    private static readonly HashChain Chain = new("audit_event", "trail", "event", key: 0x6175646974); // "audit" in ASCII.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds an event by itself.</summary>
    public AuditEvent Append(DateTimeOffset at, string kind, string actor, string? subject, JsonObject? details = null)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        var added = Append(database, connection, at, kind, actor, subject, details);
        transaction.Commit();
        return added;
    }

    /// <summary>Adds events in one transaction, in their order; the same list, given again after a fault, is added once.</summary>
    internal void Append(IReadOnlyList<AuditEntry> entries) => Chain.Append(database, entries, (connection, head) => entries.Aggregate(head, (last, entry) =>
    {
        var added = Add(database, connection, last, entry);
        return new ChainHead(added.Number, added.Hash);
    }));

    /// <summary>Events after a number, in order.</summary>
    public IReadOnlyList<AuditEvent> Read(long after, int most)
    {
        using var connection = database.Connect();
        return connection.Rows(
            "SELECT number, at, kind, actor, subject, details, hash FROM audit_event WHERE number > @after ORDER BY number LIMIT @most;",
            row => new AuditEvent(
                row.GetInt64(0), database.InstantAt(row, 1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5), (byte[])row.GetValue(6)),
            ("after", after),
            ("most", most));
    }

    /// <summary>The last events, the newest first.</summary>
    public IReadOnlyList<AuditEvent> Last(int most)
    {
        using var connection = database.Connect();
        var newest = connection.Scalar("SELECT max(number) FROM audit_event;") is long number ? number : 0;
        return [.. Read(Math.Max(0, newest - most), most).Reverse()];
    }

    /// <summary>Goes through the whole trail.</summary>
    /// <param name="remembered">How far it went once, as somebody outside wrote down; null: nobody did. Without it nothing tells that the last events are missing.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public ChainVerdict Verify(ChainHead? remembered = null, CancellationToken cancellationToken = default) => Chain.Verify(
        Read,
        (one, before) => new ChainLink(new ChainHead(one.Number, one.Hash), AuditEvent.HashOf(before, one.Number, one.At, one.Kind, one.Actor, one.Subject, one.Details)),
        remembered,
        cancellationToken);

    /// <summary>Adds an event within a transaction of somebody's own; it stands in line behind others of any node until that ends.</summary>
    internal static AuditEvent Append(Database database, DbConnection connection, DateTimeOffset at, string kind, string actor, string? subject, JsonObject? details) =>
        Add(database, connection, Chain.Hold(connection), new AuditEntry(at, kind, actor, subject, details?.ToJsonString(Plain) ?? "{}"));

    private static AuditEvent Add(Database database, DbConnection connection, ChainHead head, AuditEntry entry)
    {
        var (_, kind, actor, subject, told) = entry;
        var number = head.Number + 1;
        var at = HashChain.Cut(entry.At);
        var added = new AuditEvent(number, at, kind, actor, subject, told, AuditEvent.HashOf(head.Hash, number, at, kind, actor, subject, told));
        connection.Execute(
            "INSERT INTO audit_event (number, at, kind, actor, subject, details, hash) VALUES (@number, @at, @kind, @actor, @subject, @details, @hash);",
            ("number", number),
            ("at", database.Stored(at)),
            ("kind", kind),
            ("actor", actor),
            ("subject", subject),
            ("details", told),
            ("hash", added.Hash));
        return added;
    }
}
