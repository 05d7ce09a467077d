using System.Data.Common;
using Cambist.App.Storage;
using Npgsql;

namespace Cambist.App.Rates.Ticks;

/// <summary>Deletes old ticks: whole tables where PostgreSQL has them, pair by pair on SQLite, so that no other writer waits for long.</summary>
internal sealed class TickRetention(Database database)
{
    public int Trim(DateTimeOffset ticksBefore, DateTimeOffset refusalsBefore)
    {
        using var connection = database.Connect();
        var day = new DateTimeOffset(ticksBefore.UtcDateTime.Date, TimeSpan.Zero);
        var ticks = database switch
        {
            PostgresStore { HasTimescale: true } => DropChunks(connection, day),
            PostgresStore => TickPartitions.DropEnded((NpgsqlConnection)connection, day) + DeleteByPair(connection, day),
            _ => DeleteByPair(connection, day),
        };
        var refusals = connection.Execute("DELETE FROM refused_rate WHERE observed_at < @before;", ("before", database.Stored(refusalsBefore)));
        connection.Execute("DELETE FROM verdict_count WHERE minute < @before;", ("before", database.Stored(refusalsBefore)));
        return (int)Math.Min(ticks + refusals, int.MaxValue);
    }

    // A chunk is a day, so none is left that the bound cuts.
    private long DropChunks(DbConnection connection, DateTimeOffset day)
    {
        var before = ("before", database.Stored(day));
        var ticks = (long)connection.Scalar("SELECT count(*) FROM tick WHERE effective_at < @before;", before)!;
        connection.Execute("SELECT drop_chunks('tick', older_than => @before);", before);
        return ticks;
    }

    private long DeleteByPair(DbConnection connection, DateTimeOffset day)
    {
        var pairs = new List<object>();
        using (var command = connection.Command("SELECT id FROM currency_pair;"))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                pairs.Add(reader.GetValue(0));
            }
        }

        return pairs.Sum(pair => (long)connection.Execute("DELETE FROM tick WHERE pair = @pair AND effective_at < @before;", ("pair", pair), ("before", database.Stored(day))));
    }
}
