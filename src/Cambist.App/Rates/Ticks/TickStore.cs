using System.Data.Common;
using System.Globalization;
using Cambist.App.Rates.History;
using Cambist.App.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Ticks;

/// <summary>
/// Every observation of every source: the accepted ones as ticks, the others with their reason. An observation that is written twice is there twice: on no
/// figure that is made from ticks has it any effect, and looking for it would halve the speed of writing. Safe to use from any thread; the methods block.
/// </summary>
public sealed class TickStore(Database database)
{
    private readonly TickWriter _writer = new(database);
    private readonly VerdictWriter _verdicts = new(database);
    private readonly TickRetention _retention = new(database);

    /// <summary>Writes all of it in one transaction. When this returns, the end of the process, however sudden, loses nothing of it.</summary>
    /// <exception cref="ArgumentException">A price of a tick is not above zero. Nothing was written.</exception>
    public void Append(IReadOnlyList<Tick> ticks, IReadOnlyList<RefusedRate> refused)
    {
        foreach (var tick in ticks)
        {
            if (tick.Bid <= 0m || tick.Ask <= 0m || tick.Consensus <= 0m)
            {
                throw new ArgumentException($"The prices of a tick are above zero, were bid {tick.Bid}, ask {tick.Ask}, consensus {tick.Consensus} of {tick.Pair}.", nameof(ticks));
            }
        }

        if (ticks.Count == 0 && refused.Count == 0)
        {
            return;
        }

        using var connection = database.Connect();
        _writer.Prepare(connection, ticks);
        using var transaction = connection.BeginTransaction();
        _writer.Write(connection, ticks);
        _verdicts.Write(connection, ticks, refused);
        transaction.Commit();
    }

    /// <summary>The ticks of a pair by effective time, oldest first.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="from">Effective at this instant or later.</param>
    /// <param name="to">Effective before this instant.</param>
    /// <param name="limit">At most so many, the oldest.</param>
    public IReadOnlyList<Tick> Read(CurrencyPair pair, DateTimeOffset from, DateTimeOffset to, int limit)
    {
        using var connection = database.Connect();
        using var command = connection.Command(
            """
            SELECT effective_at, observed_at, bid, ask, name, consensus FROM tick JOIN rate_source ON id = source
            WHERE pair = (SELECT id FROM currency_pair WHERE symbol = @symbol) AND effective_at >= @from AND effective_at < @to
            ORDER BY effective_at, observed_at LIMIT @limit;
            """,
            ("symbol", pair.Symbol),
            ("from", database.Stored(from)),
            ("to", database.Stored(to)),
            ("limit", limit));
        using var reader = command.ExecuteReader();
        var ticks = new List<Tick>();
        while (reader.Read())
        {
            ticks.Add(new Tick(
                pair, database.InstantAt(reader, 0), database.InstantAt(reader, 1), Price(reader, 2), Price(reader, 3), reader.GetString(4), Price(reader, 5)));
        }

        return ticks;
    }

    /// <summary>From when to when there are ticks of a pair by a source; null where there are none.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? SpanOf(CurrencyPair pair, string source)
    {
        using var connection = database.Connect();
        using var command = connection.Command(
            """
            SELECT min(effective_at), max(effective_at) FROM tick
            WHERE pair = (SELECT id FROM currency_pair WHERE symbol = @symbol) AND source = (SELECT id FROM rate_source WHERE name = @source);
            """,
            ("symbol", pair.Symbol),
            ("source", source));
        using var reader = command.ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? (database.InstantAt(reader, 0), database.InstantAt(reader, 1)) : null;
    }

    /// <summary>When the newest tick of a pair was true; null where there is none.</summary>
    public DateTimeOffset? NewestOf(CurrencyPair pair)
    {
        using var connection = database.Connect();
        using var command = connection.Command(
            "SELECT max(effective_at) FROM tick WHERE pair = (SELECT id FROM currency_pair WHERE symbol = @symbol);", ("symbol", pair.Symbol));
        using var reader = command.ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? database.InstantAt(reader, 0) : null;
    }

    /// <summary>What was not accepted since an instant of our knowing, newest first.</summary>
    /// <param name="since">Nothing that was observed earlier.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="source">Of this source only; null: of all.</param>
    /// <param name="until">Nothing that was observed later; null: no bound.</param>
    /// <param name="skip">Leaves out so many of the newest.</param>
    public IReadOnlyList<RefusedRate> Refusals(DateTimeOffset since, int limit, string? source = null, DateTimeOffset? until = null, int skip = 0)
    {
        using var connection = database.Connect();
        using var command = connection.Command(
            """
            SELECT pair, source, effective_at, observed_at, bid, ask, verdict, code, detail FROM refused_rate
            WHERE observed_at >= @since AND observed_at <= @until AND source = COALESCE(CAST(@source AS text), source)
            ORDER BY observed_at DESC, id DESC LIMIT @limit OFFSET @skip;
            """,
            ("since", database.Stored(since)),
            ("until", database.Stored(until ?? DateTimeOffset.MaxValue)),
            ("source", source),
            ("limit", limit),
            ("skip", skip));
        using var reader = command.ExecuteReader();
        var refusals = new List<RefusedRate>();
        while (reader.Read())
        {
            refusals.Add(new RefusedRate(
                reader.GetString(0),
                reader.GetString(1),
                reader.IsDBNull(2) ? null : database.InstantAt(reader, 2),
                database.InstantAt(reader, 3),
                Figure(reader, 4),
                Figure(reader, 5),
                reader.GetString(6),
                reader.GetString(7),
                reader.GetString(8)));
        }

        return refusals;
    }

    /// <summary>How many observations met which verdict since an instant of our knowing, by source; the minute that it lies in counts whole.</summary>
    public IReadOnlyList<VerdictCount> Counts(DateTimeOffset since)
    {
        using var connection = database.Connect();
        using var command = connection.Command(
            """
            SELECT source, verdict, code, CAST(sum(count) AS bigint) FROM verdict_count
            WHERE minute >= @since GROUP BY source, verdict, code ORDER BY source, verdict, code;
            """,
            ("since", database.Stored(VerdictWriter.MinuteOf(since))));
        using var reader = command.ExecuteReader();
        var counts = new List<VerdictCount>();
        while (reader.Read())
        {
            counts.Add(new VerdictCount(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3)));
        }

        return counts;
    }

    /// <summary>
    /// Writes the hourly bar of the consensus, source <c>consensus</c>, of every hour of the FX week that lies within [from, to), for each pair whose ticks begin in
    /// its first ten minutes and reach into its last ten. Only what had been observed when the hour ended counts. A bar of any other source is left as it is.
    /// </summary>
    /// <returns>The number of bars that are new or have changed: 0 where it is done again.</returns>
    public int RollUp(DateTimeOffset from, DateTimeOffset to)
    {
        using var connection = database.Connect();
        using var rollUp = new HourlyRollUp(database, connection);
        var written = 0;
        var (first, end) = (UnixHour.Ceiling(from), UnixHour.Floor(to));
        rollUp.Prepare(first, end);
        for (var hour = first; hour < end; hour++)
        {
            if (FxWeek.IsOpen(UnixHour.ToInstant(hour)))
            {
                written += rollUp.Write(hour);
            }
        }

        return written;
    }

    /// <summary>Deletes what is too old: ticks of the UTC days that ended before an instant, and refusals and counts from before another.</summary>
    /// <returns>The number of ticks and refusals that are gone.</returns>
    public int Trim(DateTimeOffset ticksBefore, DateTimeOffset refusalsBefore) => _retention.Trim(ticksBefore, refusalsBefore);

    private static decimal Price(DbDataReader row, int column) => ExactReal.ToDecimal(row.GetDouble(column));

    private static decimal? Figure(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : decimal.Parse(row.GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture);
}
