using System.Data.Common;
using System.Security.Cryptography;
using Cambist.App.Storage;
using Npgsql;

namespace Cambist.App.Audit;

/// <summary>
/// Rows of which each one's hash covers the row and the hash before it, so that none can be changed, taken out or put in without every later hash telling. One chain for all nodes, to which is only ever added.
/// </summary>
/// <param name="table">The table: its rows have a <c>number</c> (1, 2, 3 … without a gap) and a <c>hash</c>.</param>
/// <param name="name">What it is, in words: <c>trail</c>.</param>
/// <param name="row">What a row is, in words: <c>Event</c>.</param>
/// <param name="key">A number that no other lock of the database has.</param>
internal sealed class HashChain(string table, string name, string row, long key)
{
    /// <summary>The head of a chain without a row.</summary>
    public static AuditHead Beginning { get; } = new(0, new byte[SHA256.HashSizeInBytes]);

    /// <summary>The last row; none comes after it before the transaction ends.</summary>
    public AuditHead Hold(DbConnection connection)
    {
        if (connection is NpgsqlConnection)
        {
            connection.Execute("SELECT pg_advisory_xact_lock(@lock);", ("lock", key)); // SQLite has one writer at a time anyway.
        }

        var last = connection.Rows($"SELECT number, hash FROM {table} ORDER BY number DESC LIMIT 1;", read => new AuditHead(read.GetInt64(0), (byte[])read.GetValue(1)));
        return last.Count > 0 ? last[0] : Beginning;
    }

    /// <summary>What is wrong with the next row, in a sentence; null where nothing is.</summary>
    /// <param name="next">The row.</param>
    /// <param name="expected">The hash that it has when it is what was written.</param>
    /// <param name="head">The row before.</param>
    /// <param name="remembered">How far the chain went once; null: nobody knows.</param>
    public string? FaultAt(AuditHead next, byte[] expected, AuditHead head, AuditHead? remembered)
    {
        if (next.Number != head.Number + 1)
        {
            return $"After {row.ToLowerInvariant()} {head.Number} comes {row.ToLowerInvariant()} {next.Number}: what was between them was taken out.";
        }

        if (!CryptographicOperations.FixedTimeEquals(expected, next.Hash))
        {
            return $"{row} {next.Number} is not what was written, or the one before it is not.";
        }

        return next.Number == remembered?.Number && !CryptographicOperations.FixedTimeEquals(remembered.Hash, next.Hash)
            ? $"{row} {next.Number} has another hash than was remembered: the {name} was written anew."
            : null;
    }

    /// <summary>What is wrong with the end; null where nothing is.</summary>
    public string? FaultAtEnd(AuditHead head, AuditHead? remembered) => remembered?.Number > head.Number
        ? $"The {name} ends with {row.ToLowerInvariant()} {head.Number}, and it went to {row.ToLowerInvariant()} {remembered.Number} before: the last ones were taken out."
        : null;
}
