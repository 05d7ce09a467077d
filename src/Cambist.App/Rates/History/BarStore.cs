using System.Data.Common;
using Cambist.App.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.History;

/// <summary>What a batch of bars did to the store.</summary>
/// <param name="Inserted">Hours that were not there before.</param>
/// <param name="Changed">Hours that were there with other figures; the new ones replaced them.</param>
/// <param name="Unchanged">Hours that were there exactly so.</param>
public readonly record struct UpsertCounts(int Inserted, int Changed, int Unchanged);

/// <summary>What the store holds of a pair.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="FirstOpen">Start of the first bar, UTC.</param>
/// <param name="LastClose">End of the last bar, UTC.</param>
/// <param name="Bars">Number of bars.</param>
public sealed record PairHistory(CurrencyPair Pair, DateTimeOffset FirstOpen, DateTimeOffset LastClose, int Bars);

/// <summary>
/// The hourly bars of each pair. A bounded read never returns a bar that ends after its bound, whatever the bound: nothing is seen before
/// it is known. Safe to use from any thread. The methods block: SQLite works in the calling thread, and PostgreSQL answers them in less time than a change of
/// threads would be worth.
/// </summary>
public sealed class BarStore(Database store)
{
    private const string BarsOfPair = "FROM hourly_bar WHERE pair = (SELECT id FROM currency_pair WHERE symbol = @symbol)";
    private const string Columns = "hour, open, high, low, close, volume, spread, source";

    private readonly StoredPairs _pairs = new(store, "hourly_bar", TimeProvider.System);

    /// <summary>Whether the pair may have bars; false where it has none, or another process brought its first within the last two seconds.</summary>
    public bool Has(CurrencyPair pair) => _pairs.Contains(pair);

    /// <summary>Writes the bars in one transaction, all or none; a bar of an hour that is there already replaces it.</summary>
    /// <exception cref="ArgumentException">A bar has a fault, or a figure with more than 15 significant digits. Nothing was written.</exception>
    public UpsertCounts Upsert(CurrencyPair pair, IEnumerable<HourlyBar> bars)
    {
        using var writer = Write(pair);
        foreach (var bar in bars)
            writer.Add(bar);

        return writer.Commit();
    }

    /// <summary>Writes the bars of hours that are not there yet, in one transaction, and returns their number; what is there stays as it is.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Upsert"/>.</exception>
    public int FillGaps(CurrencyPair pair, IEnumerable<HourlyBar> bars)
    {
        using var writer = Write(pair, OnSameHour.Keep);
        foreach (var bar in bars)
            writer.Add(bar);

        return writer.Commit().Inserted;
    }

    /// <summary>The bars that lie within [from, to]: opened at <paramref name="from"/> or later and closed by <paramref name="to"/>, oldest first.</summary>
    public IReadOnlyList<HourlyBar> Read(CurrencyPair pair, DateTimeOffset from, DateTimeOffset to)
    {
        using var connection = store.Connect();
        using var command = Range(connection, Columns, pair, from, to);
        using var reader = command.ExecuteReader();
        var bars = new List<HourlyBar>();
        while (reader.Read())
            bars.Add(BarOf(reader));

        return bars;
    }

    /// <summary>The closes and ranges of the bars that lie within [from, to]; two years of a pair are about 12,500 and take a few milliseconds.</summary>
    public HourlySeries ReadCloses(CurrencyPair pair, DateTimeOffset from, DateTimeOffset to)
    {
        using var connection = store.Connect();
        using var command = Range(connection, "hour, close, high, low", pair, from, to);
        using var reader = command.ExecuteReader();
        var hours = new List<long>();
        var closes = new List<double>();
        var logRanges = new List<double>();
        while (reader.Read())
        {
            hours.Add(reader.GetInt64(0) + 1);
            closes.Add(reader.GetDouble(1));
            logRanges.Add(Math.Log(reader.GetDouble(2) / reader.GetDouble(3)));
        }

        return new HourlySeries(pair, hours.ToArray(), closes.ToArray(), logRanges.ToArray());
    }

    /// <summary>The last bar that had ended by this instant; null where there is none.</summary>
    public HourlyBar? LastClosedBy(CurrencyPair pair, DateTimeOffset instant)
    {
        using var connection = store.Connect();
        using var command = Range(connection, Columns, pair, DateTimeOffset.MinValue, instant, "DESC LIMIT 1");
        using var reader = command.ExecuteReader();
        return reader.Read() ? BarOf(reader) : null;
    }

    /// <summary>The pairs that have bars, by symbol, with the span and number of them.</summary>
    public IReadOnlyList<PairHistory> Pairs()
    {
        using var connection = store.Connect();
        using var command = connection.Command("SELECT symbol, min(hour), max(hour), count(*) FROM currency_pair JOIN hourly_bar ON pair = id GROUP BY id, symbol ORDER BY symbol;");
        using var reader = command.ExecuteReader();
        var pairs = new List<PairHistory>();
        while (reader.Read())
        {
            pairs.Add(new PairHistory(
                CurrencyPair.Parse(reader.GetString(0)), UnixHour.ToInstant(reader.GetInt64(1)), UnixHour.ToInstant(reader.GetInt64(2) + 1), reader.GetInt32(3)));
        }

        return pairs;
    }

    internal IBarWriter Write(CurrencyPair pair, OnSameHour onSameHour = OnSameHour.Replace) => store is PostgresStore postgres
        ? new PostgresBarWriter(postgres.Connect(), pair, onSameHour, _pairs.Forget)
        : new SqliteBarWriter(((SqliteStore)store).Connect(), pair, onSameHour, _pairs.Forget);

    // A bar is known at its close: its last hour must have ended by `to`, so a bound within an hour leaves that hour out.
    private static DbCommand Range(
        DbConnection connection, string columns, CurrencyPair pair, DateTimeOffset from, DateTimeOffset to, string order = "") => connection.Command(
        $"SELECT {columns} {BarsOfPair} AND hour >= @from AND hour < @to ORDER BY hour {order};",
        ("symbol", pair.Symbol),
        ("from", UnixHour.Ceiling(from)),
        ("to", UnixHour.Floor(to)));

    private static HourlyBar BarOf(DbDataReader row) => new(
        UnixHour.ToInstant(row.GetInt64(0)),
        ExactReal.ToDecimal(row.GetDouble(1)),
        ExactReal.ToDecimal(row.GetDouble(2)),
        ExactReal.ToDecimal(row.GetDouble(3)),
        ExactReal.ToDecimal(row.GetDouble(4)),
        row.IsDBNull(5) ? null : ExactReal.ToDecimal(row.GetDouble(5)),
        row.IsDBNull(6) ? null : ExactReal.ToDecimal(row.GetDouble(6)),
        row.GetString(7));
}
