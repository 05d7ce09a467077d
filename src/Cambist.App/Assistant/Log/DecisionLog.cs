using System.Collections.Concurrent;
using System.Data.Common;
using Cambist.App.Audit;
using Cambist.App.Storage;
using Npgsql;

namespace Cambist.App.Assistant.Log;

/// <summary>The log of every advice: one chain for all nodes, to which is only ever added. Each entry names a document with all that the advice was decided from, so that it can be decided again. Safe to use from any thread.</summary>
public sealed class DecisionLog(Database database)
{
    private const int SharedAtOnce = 1_000;
    private static readonly HashChain Chain = new("decision_entry", "log", "entry", key: 0x646563696465); // "decide" in ASCII.

    // Shipped schedules that are in the store for certain. Panels with quotes in them change with every rate, and would fill the memory.
    private readonly ConcurrentDictionary<LogDocument, bool> _stored = new();

    /// <summary>Goes through the whole log: every entry, and every document that one names.</summary>
    /// <param name="remembered">How far it went once, as somebody outside wrote down; null: nobody did. Without it nothing tells that the last entries are missing.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public ChainVerdict Verify(ChainHead? remembered = null, CancellationToken cancellationToken = default)
    {
        var verdict = Chain.Verify(
            Read,
            (read, before) => new ChainLink(
                new ChainHead(read.Entry.Number, read.Entry.Hash),
                LoggedDecision.HashOf(before, read.Entry.Number, read.Entry.At, read.Entry.Document, read.Entry.Answer),
                FaultOf(read.Entry, read.Document)),
            remembered,
            cancellationToken);
        return verdict.Fault is null ? verdict with { Fault = FaultOfShared(cancellationToken) } : verdict;
    }

    /// <summary>Adds advice in one transaction, in its order; the same list, given again after a fault, is added once.</summary>
    internal void Append(IReadOnlyList<GivenAdvice> given)
    {
        // Compressing takes longest; it is done before others of any node have to wait.
        var documents = given.Select(advice => advice.Document()).ToList();
        var panels = given.Select(advice => PanelDocument.Of(advice.Context.Providers)).Distinct().ToList();
        var schedules = panels.SelectMany(panel => panel.Schedules).Distinct().Where(schedule => !_stored.ContainsKey(schedule)).ToList();
        Chain.Append(database, given, (connection, head) =>
        {
            Add(connection, [.. schedules.Concat(panels.Select(panel => panel.Panel))], areShared: true);
            Add(connection, documents, areShared: false);
            var entries = Chained(head, given, documents);
            Add(connection, entries);
            return entries.Count > 0 ? new ChainHead(entries[^1].Number, entries[^1].Hash) : head;
        });
        foreach (var schedule in schedules)
        {
            _stored[schedule] = true;
        }
    }

    /// <summary>Entries after a number, in order, each with its document.</summary>
    internal IReadOnlyList<(LoggedDecision Entry, LogDocument? Document)> Read(long after, int most)
    {
        using var connection = database.Connect();
        return connection.Rows(
            """
            SELECT number, at, document, answer, hash, content FROM decision_entry LEFT JOIN decision_document ON digest = document
            WHERE number > @after ORDER BY number LIMIT @most;
            """,
            row =>
            {
                var entry = new LoggedDecision(row.GetInt64(0), database.InstantAt(row, 1), (byte[])row.GetValue(2), (byte[])row.GetValue(3), (byte[])row.GetValue(4));
                return (entry, row.IsDBNull(5) ? null : new LogDocument(entry.Document, (byte[])row.GetValue(5)));
            },
            ("after", after),
            ("most", most));
    }

    /// <summary>The facts of the entry with a number; null where the entry or its facts are missing or not what was written.</summary>
    internal byte[]? Find(long number) => Read(number - 1, 1) is [var (entry, document)] && entry.Number == number ? document?.Read() : null;

    /// <summary>The content of a document by the hexadecimal digits of its digest; null where it is missing or is not what was written.</summary>
    internal byte[]? Document(string digest)
    {
        using var connection = database.Connect();
        var bytes = Convert.FromHexString(digest);
        return connection.Scalar("SELECT content FROM decision_document WHERE digest = @digest;", ("digest", bytes)) is byte[] content ? new LogDocument(bytes, content).Read() : null;
    }

    private static List<LoggedDecision> Chained(ChainHead head, IReadOnlyList<GivenAdvice> given, IReadOnlyList<LogDocument> documents)
    {
        var entries = new List<LoggedDecision>(given.Count);
        foreach (var (advice, document) in given.Zip(documents))
        {
            var (number, at, answer) = (head.Number + 1, HashChain.Cut(advice.Context.AsOf), advice.Digest());
            head = new ChainHead(number, LoggedDecision.HashOf(head.Hash, number, at, document.Digest, answer));
            entries.Add(new LoggedDecision(number, at, document.Digest, answer, head.Hash));
        }

        return entries;
    }

    private static void Add(DbConnection connection, IReadOnlyList<LogDocument> documents, bool areShared)
    {
        if (connection is NpgsqlConnection)
        {
            // One statement for all, here and below: others of any node wait for the chain meanwhile.
            connection.Execute(
                "INSERT INTO decision_document (digest, shared, content) SELECT digest, @shared, content FROM unnest(@digests, @contents) AS given(digest, content) ON CONFLICT DO NOTHING;",
                ("shared", areShared ? 1 : 0),
                ("digests", documents.Select(document => document.Digest).ToArray()),
                ("contents", documents.Select(document => document.Content).ToArray()));
            return;
        }

        foreach (var document in documents)
        {
            connection.Execute(
                "INSERT INTO decision_document (digest, shared, content) VALUES (@digest, @shared, @content) ON CONFLICT DO NOTHING;", ("digest", document.Digest), ("shared", areShared ? 1 : 0), ("content", document.Content));
        }
    }

    private void Add(DbConnection connection, IReadOnlyList<LoggedDecision> entries)
    {
        if (connection is NpgsqlConnection)
        {
            connection.Execute(
                "INSERT INTO decision_entry (number, at, document, answer, hash) SELECT * FROM unnest(@numbers, @ats, @documents, @answers, @hashes);",
                ("numbers", entries.Select(entry => entry.Number).ToArray()),
                ("ats", entries.Select(entry => entry.At.UtcDateTime).ToArray()),
                ("documents", entries.Select(entry => entry.Document).ToArray()),
                ("answers", entries.Select(entry => entry.Answer).ToArray()),
                ("hashes", entries.Select(entry => entry.Hash).ToArray()));
            return;
        }

        foreach (var entry in entries)
        {
            connection.Execute(
                "INSERT INTO decision_entry (number, at, document, answer, hash) VALUES (@number, @at, @document, @answer, @hash);",
                ("number", entry.Number),
                ("at", database.Stored(entry.At)),
                ("document", entry.Document),
                ("answer", entry.Answer),
                ("hash", entry.Hash));
        }
    }

    private static string? FaultOf(LoggedDecision entry, LogDocument? document) => document is null
        ? $"The facts of entry {entry.Number} were taken out."
        : document.Read() is null ? $"The facts of entry {entry.Number} are not what was written." : null;

    // Panels and schedules, which many entries name.
    private string? FaultOfShared(CancellationToken cancellationToken)
    {
        byte[] last = [];
        while (Shared(last) is { Count: > 0 } documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (documents.FirstOrDefault(document => document.Read() is null) is { } broken)
            {
                return $"A list of providers, {Convert.ToHexStringLower(broken.Digest)}, is not what was written.";
            }

            last = documents[^1].Digest;
        }

        return null;
    }

    private IReadOnlyList<LogDocument> Shared(byte[] after)
    {
        using var connection = database.Connect();
        return connection.Rows(
            "SELECT digest, content FROM decision_document WHERE shared = 1 AND digest > @after ORDER BY digest LIMIT @most;",
            row => new LogDocument((byte[])row.GetValue(0), (byte[])row.GetValue(1)),
            ("after", after),
            ("most", SharedAtOnce));
    }
}
