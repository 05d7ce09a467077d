using System.Data.Common;
using Cambist.App.Storage;
using Cambist.Domain.Calendars;

namespace Cambist.App.Rates;

/// <summary>Makes the bars of an hour out of its ticks, in one statement. What the hour was like for each pair is asked of the ticks, or of TimescaleDB's continuous aggregate.</summary>
internal sealed class HourlyRollUp(Database database, DbConnection connection)
{
    /// <summary>The source that the bars name.</summary>
    public const string Source = "consensus";

    // The consensus moves with what is observed, whenever it was true: so the first and the last are those of observed time.
    private const string OfTicks = """
        SELECT pair, min(effective_at) AS first_at, max(effective_at) AS last_at, max(opening) AS open, max(consensus) AS high, min(consensus) AS low, max(closing) AS close
        FROM (
            SELECT pair, effective_at, consensus,
                first_value(consensus) OVER (PARTITION BY pair ORDER BY observed_at, effective_at) AS opening,
                first_value(consensus) OVER (PARTITION BY pair ORDER BY observed_at DESC, effective_at DESC) AS closing
            FROM currency_pair JOIN tick ON pair = id
            WHERE effective_at >= @opened AND effective_at < @ended AND observed_at < @ended) AS priced
        GROUP BY pair
        """;

    private const string OfAggregate = "SELECT pair, first_at, last_at, open, high, low, close FROM tick_hour WHERE opened_at = @opened";

    // It is brought up to date by a job now and then; what came late for an hour that it has taken up would be missed until then.
    private const string Refresh = "CALL refresh_continuous_aggregate('tick_hour', @from, @to);";

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly string _sql = $"""
        INSERT INTO hourly_bar (pair, hour, open, high, low, close, source)
        SELECT pair, @hour, open, high, low, close, '{Source}'
        FROM ({(IsAggregated(database) ? OfAggregate : OfTicks)}) AS priced_hour
        WHERE first_at < @begun AND last_at >= @lasting
        ON CONFLICT (pair, hour) DO UPDATE SET open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close
        WHERE hourly_bar.source = '{Source}'
            AND (hourly_bar.open, hourly_bar.high, hourly_bar.low, hourly_bar.close) <> (excluded.open, excluded.high, excluded.low, excluded.close);
        """;

    /// <summary>Sees to it that the hours of [from, to) are known as they are now.</summary>
    public void Prepare(long from, long to)
    {
        if (IsAggregated(database) && from < to)
        {
            connection.Execute(Refresh, ("from", database.Stored(UnixHour.ToInstant(from))), ("to", database.Stored(UnixHour.ToInstant(to))));
        }
    }

    /// <summary>Writes the bars of an hour, and returns how many are new or have changed.</summary>
    public int Write(long hour)
    {
        var opened = UnixHour.ToInstant(hour);
        var ended = opened.AddHours(1);
        return connection.Execute(
            _sql,
            ("hour", (int)hour),
            ("opened", database.Stored(opened)),
            ("ended", database.Stored(ended)),
            ("begun", database.Stored(opened + Margin)),
            ("lasting", database.Stored(ended - Margin)));
    }

    private static bool IsAggregated(Database database) => database is PostgresStore { HasTimescale: true };
}
