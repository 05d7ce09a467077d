using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambist.App.Storage;

namespace Cambist.App.Audit;

/// <summary>An event by which somebody outside remembers how far the trail went.</summary>
/// <param name="Number">Its number; 0: nothing had happened.</param>
/// <param name="Hash">Its hash.</param>
public sealed record AuditHead(long Number, byte[] Hash);

/// <summary>What a look at the whole trail found.</summary>
/// <param name="Head">The last event that is right.</param>
/// <param name="Fault">What is wrong after it, in a sentence; null where nothing is.</param>
public sealed record AuditVerdict(AuditHead Head, string? Fault);

/// <summary>
/// The trail of what was done: one chain for all nodes, to which is only ever added. A change that has to be answered for and its event are written in one transaction, so that
/// neither is there without the other.
/// </summary>
public sealed class AuditTrail(Database database)
{
    private static readonly HashChain Chain = new("audit_event", "trail", "Event", key: 0x6175646974); // "audit" in ASCII.
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

    /// <summary>Adds events in one transaction, in their order.</summary>
    internal void Append(IReadOnlyList<AuditEntry> entries)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        var head = Chain.Hold(connection);
        foreach (var entry in entries)
        {
            var added = Add(database, connection, head, entry);
            head = new AuditHead(added.Number, added.Hash);
        }

        transaction.Commit();
    }

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
    public AuditVerdict Verify(AuditHead? remembered = null, CancellationToken cancellationToken = default)
    {
        const int AtOnce = 10_000;
        var head = HashChain.Beginning;
        while (Read(head.Number, AtOnce) is { Count: > 0 } events)
        {
            foreach (var one in events)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (next, expected) = (new AuditHead(one.Number, one.Hash), AuditEvent.HashOf(head.Hash, one.Number, one.At, one.Kind, one.Actor, one.Subject, one.Details));
                if (Chain.FaultAt(next, expected, head, remembered) is { } fault)
                {
                    return new AuditVerdict(head, fault);
                }

                head = next;
            }
        }

        return new AuditVerdict(head, Chain.FaultAtEnd(head, remembered));
    }

    /// <summary>Adds an event within a transaction of somebody's own; it stands in line behind others of any node until that ends.</summary>
    internal static AuditEvent Append(Database database, DbConnection connection, DateTimeOffset at, string kind, string actor, string? subject, JsonObject? details) =>
        Add(database, connection, Chain.Hold(connection), new AuditEntry(at, kind, actor, subject, details?.ToJsonString(Plain) ?? "{}"));

    private static AuditEvent Add(Database database, DbConnection connection, AuditHead head, AuditEntry entry)
    {
        var (_, kind, actor, subject, told) = entry;
        var number = head.Number + 1;
        var at = new DateTimeOffset(entry.At.UtcTicks - entry.At.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
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
