using System.Data.Common;
using Cambist.App.Storage;
using Cambist.Domain.Calendars;

namespace Cambist.App.Rates.History;

/// <summary>
/// Makes the bars of an hour out of its ticks. What the hour was like is asked of TimescaleDB's continuous aggregate, for all pairs at once, or of the ticks, pair by pair:
/// then their index is used, whatever a planner knows or does not know of the table.
/// </summary>
internal sealed class HourlyRollUp : IDisposable
{
    /// <summary>The source that the bars name.</summary>
    public const string Source = "consensus";

    private const string HourOfPair = "FROM tick WHERE pair = @pair AND effective_at >= @opened AND effective_at < @ended AND observed_at < @ended";

    // The consensus moves with what is observed, whenever it was true: so the first and the last are those of observed time.
    private const string OfTicks = $"""
        SELECT @pair AS pair, min(effective_at) AS first_at, max(effective_at) AS last_at, max(consensus) AS high, min(consensus) AS low,
            (SELECT consensus {HourOfPair} ORDER BY observed_at, effective_at LIMIT 1) AS open,
            (SELECT consensus {HourOfPair} ORDER BY observed_at DESC, effective_at DESC LIMIT 1) AS close
        {HourOfPair}
        """;

    private const string OfAggregate = "SELECT pair, first_at, last_at, open, high, low, close FROM tick_hour WHERE opened_at = @opened";

    // It is brought up to date by a job now and then; what came late for an hour that it has taken up would be missed until then.
    private const string Refresh = "CALL refresh_continuous_aggregate('tick_hour', @from, @to);";

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly Database _database;
    private readonly DbConnection _connection;
    private readonly bool _isAggregated;
    private readonly List<int> _pairs = [];
    private readonly DbCommand _write;

    public HourlyRollUp(Database database, DbConnection connection)
    {
        _database = database;
        _connection = connection;
        _isAggregated = database is PostgresStore { HasTimescale: true };
        using (var command = connection.Command("SELECT id FROM currency_pair;"))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                _pairs.Add(reader.GetInt32(0));
            }
        }

        var instant = database.Stored(DateTimeOffset.UnixEpoch);
        _write = connection.Command(
            $"""
            INSERT INTO hourly_bar (pair, hour, open, high, low, close, source)
            SELECT pair, @hour, open, high, low, close, '{Source}'
            FROM ({(_isAggregated ? OfAggregate : OfTicks)}) AS priced_hour
            WHERE first_at < @begun AND last_at >= @lasting
            ON CONFLICT (pair, hour) DO UPDATE SET open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close
            WHERE hourly_bar.source = '{Source}'
                AND (hourly_bar.open, hourly_bar.high, hourly_bar.low, hourly_bar.close) <> (excluded.open, excluded.high, excluded.low, excluded.close);
            """,
            ("pair", 0),
            ("hour", 0),
            ("opened", instant),
            ("ended", instant),
            ("begun", instant),
            ("lasting", instant));
        _write.Prepare();
    }

    /// <summary>Sees to it that the hours of [from, to) are known as they are now.</summary>
    public void Prepare(long from, long to)
    {
        if (_isAggregated && from < to)
        {
            _connection.Execute(Refresh, ("from", _database.Stored(UnixHour.ToInstant(from))), ("to", _database.Stored(UnixHour.ToInstant(to))));
        }
    }

    /// <summary>Writes the bars of an hour, and returns how many are new or have changed.</summary>
    public int Write(long hour)
    {
        var opened = UnixHour.ToInstant(hour);
        var ended = opened.AddHours(1);
        _write.Parameters["hour"].Value = (int)hour;
        _write.Parameters["opened"].Value = _database.Stored(opened);
        _write.Parameters["ended"].Value = _database.Stored(ended);
        _write.Parameters["begun"].Value = _database.Stored(opened + Margin);
        _write.Parameters["lasting"].Value = _database.Stored(ended - Margin);
        return _isAggregated ? _write.ExecuteNonQuery() : _pairs.Sum(Write);
    }

    public void Dispose() => _write.Dispose();

    private int Write(int pair)
    {
        _write.Parameters["pair"].Value = pair;
        return _write.ExecuteNonQuery();
    }
}
