using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Cambist.App.Storage;
using Npgsql;

namespace Cambist.App.Audit;

/// <summary>
/// Rows of which each one's hash covers the row and the hash before it, so that none can be changed, taken out or put in without every later hash telling. One chain for all nodes, to which is only ever added.
/// </summary>
/// <param name="table">The table: its rows have a <c>number</c> (1, 2, 3 … without a gap) and a <c>hash</c>.</param>
/// <param name="name">What it is, in words: <c>trail</c>.</param>
/// <param name="row">What a row is, in words: <c>event</c>.</param>
/// <param name="key">A number that no other lock of the database has.</param>
internal sealed class HashChain(string table, string name, string row, long key)
{
    private const int AtOnce = 1_000;

    // Batches whose commit was not answered, and the head that each leads to where it did happen.
    private readonly ConditionalWeakTable<object, ChainHead> _unanswered = [];

    /// <summary>The head of a chain without a row.</summary>
    public static ChainHead Beginning { get; } = new(0, new byte[SHA256.HashSizeInBytes]);

    /// <summary>An instant as a row has it: what is finer than a microsecond is cut off.</summary>
    public static DateTimeOffset Cut(DateTimeOffset instant) => new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>The last row; none comes after it before the transaction ends.</summary>
    public ChainHead Hold(DbConnection connection)
    {
        if (connection is NpgsqlConnection)
        {
            connection.Execute("SELECT pg_advisory_xact_lock(@lock);", ("lock", key)); // SQLite has one writer at a time anyway.
        }

        var last = connection.Rows($"SELECT number, hash FROM {table} ORDER BY number DESC LIMIT 1;", read => new ChainHead(read.GetInt64(0), (byte[])read.GetValue(1)));
        return last.Count > 0 ? last[0] : Beginning;
    }

    /// <summary>Adds a batch in one transaction. A connection may break after the commit and before its answer: given again, the same batch is added only where it is not there.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="batch">The batch, by which it is known again.</param>
    /// <param name="add">Adds its rows after a head, and returns the last.</param>
    public void Append(Database database, object batch, Func<DbConnection, ChainHead, ChainHead> add)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        var head = Hold(connection);
        if (!_unanswered.TryGetValue(batch, out var reached) || !Has(connection, reached))
        {
            _unanswered.AddOrUpdate(batch, add(connection, head));
            transaction.Commit();
        }

        _unanswered.Remove(batch);
    }

    /// <summary>Goes through the whole chain.</summary>
    /// <param name="read">The rows after a number, so many at most.</param>
    /// <param name="link">A row, after the hash of the one before.</param>
    /// <param name="remembered">How far the chain went once; null: nobody knows. Without it nothing tells that the last rows are missing.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public ChainVerdict Verify<T>(Func<long, int, IReadOnlyList<T>> read, Func<T, byte[], ChainLink> link, ChainHead? remembered, CancellationToken cancellationToken)
    {
        var head = Beginning;
        while (read(head.Number, AtOnce) is { Count: > 0 } rows)
        {
            foreach (var next in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var linked = link(next, head.Hash);
                if (FaultAt(linked, head, remembered) is { } fault)
                {
                    return new ChainVerdict(head, fault);
                }

                head = linked.Head;
            }
        }

        return new ChainVerdict(head, FaultAtEnd(head, remembered));
    }

    private bool Has(DbConnection connection, ChainHead head) =>
        connection.Scalar($"SELECT hash FROM {table} WHERE number = @number;", ("number", head.Number)) is byte[] hash && hash.AsSpan().SequenceEqual(head.Hash);

    private string? FaultAt(ChainLink next, ChainHead head, ChainHead? remembered)
    {
        var number = next.Head.Number;
        if (number != head.Number + 1)
        {
            return $"After {row} {head.Number} comes {row} {number}: what was between them was taken out.";
        }

        if (!CryptographicOperations.FixedTimeEquals(next.Expected, next.Head.Hash))
        {
            return $"The {name}'s {row} {number} is not what was written, or the one before it is not.";
        }

        return number == remembered?.Number && !CryptographicOperations.FixedTimeEquals(remembered.Hash, next.Head.Hash)
            ? $"The {name}'s {row} {number} has another hash than was remembered: the {name} was written anew."
            : next.Fault;
    }

    private string? FaultAtEnd(ChainHead head, ChainHead? remembered) => remembered?.Number > head.Number
        ? $"The {name} ends with {row} {head.Number}, and it went to {row} {remembered.Number} before: the last ones were taken out."
        : null;
}
