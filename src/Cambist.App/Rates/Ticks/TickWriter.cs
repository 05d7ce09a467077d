using System.Data.Common;
using Cambist.App.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Cambist.App.Rates.Ticks;

/// <summary>Many ticks at once, by the fastest way that each engine has.</summary>
internal sealed class TickWriter(Database database)
{
    private const string Columns = "effective_at, observed_at, bid, ask, consensus, pair, source";

    private readonly NamedIds _pairs = new("currency_pair", "symbol");
    private readonly NamedIds _sources = new("rate_source", "name");

    /// <summary>Sees to what must be there before a transaction begins: the numbers of pairs and sources, and PostgreSQL's partitions.</summary>
    public void Prepare(DbConnection connection, IReadOnlyList<Tick> ticks)
    {
        foreach (var tick in ticks)
        {
            _pairs.Of(connection, tick.Pair.Symbol);
            _sources.Of(connection, tick.Source);
        }

        if (database is PostgresStore { HasTimescale: false })
        {
            TickPartitions.Ensure((NpgsqlConnection)connection, ticks);
        }
    }

    /// <summary>Writes the ticks in the transaction that the connection is in.</summary>
    public void Write(DbConnection connection, IReadOnlyList<Tick> ticks)
    {
        if (ticks.Count == 0)
        {
            return;
        }

        if (connection is NpgsqlConnection postgres)
        {
            Copy(postgres, ticks);
        }
        else
        {
            Insert((SqliteConnection)connection, ticks);
        }
    }

    private void Copy(NpgsqlConnection connection, IReadOnlyList<Tick> ticks)
    {
        using var copy = connection.BeginBinaryImport($"COPY tick ({Columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var tick in ticks)
        {
            copy.StartRow();
            copy.Write((DateTime)database.Stored(tick.EffectiveAt), NpgsqlDbType.TimestampTz);
            copy.Write((DateTime)database.Stored(tick.ObservedAt), NpgsqlDbType.TimestampTz);
            copy.Write((double)tick.Bid, NpgsqlDbType.Double);
            copy.Write((double)tick.Ask, NpgsqlDbType.Double);
            copy.Write((double)tick.Consensus, NpgsqlDbType.Double);
            copy.Write(_pairs.Of(connection, tick.Pair.Symbol), NpgsqlDbType.Integer);
            copy.Write(_sources.Of(connection, tick.Source), NpgsqlDbType.Integer);
        }

        copy.Complete();
    }

    private void Insert(SqliteConnection connection, IReadOnlyList<Tick> ticks)
    {
        using var insert = new SqliteStatement(connection, $"INSERT INTO tick ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);");
        foreach (var tick in ticks)
        {
            insert.Bind(1, (long)database.Stored(tick.EffectiveAt));
            insert.Bind(2, (long)database.Stored(tick.ObservedAt));
            insert.Bind(3, (double)tick.Bid);
            insert.Bind(4, (double)tick.Ask);
            insert.Bind(5, (double)tick.Consensus);
            insert.Bind(6, (long)_pairs.Of(connection, tick.Pair.Symbol));
            insert.Bind(7, (long)_sources.Of(connection, tick.Source));
            insert.Run();
        }
    }
}
