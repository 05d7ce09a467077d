using Cambist.App.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Npgsql;
using NpgsqlTypes;

namespace Cambist.App.Rates.History;

/// <summary>Bars into PostgreSQL: copied in binary into a table of the transaction, and merged from there in one statement.</summary>
internal sealed class PostgresBarWriter : IBarWriter
{
    private const string Columns = "hour, open, high, low, close, volume, spread, source";

    // Writers of one pair wait for each other: their counts would not add up otherwise.
    private const string PairId = """
        INSERT INTO currency_pair (symbol) VALUES (@symbol) ON CONFLICT DO NOTHING;
        SELECT id FROM currency_pair WHERE symbol = @symbol FOR UPDATE;
        """;

    private const string Incoming = """
        CREATE TEMPORARY TABLE incoming_bar (
            hour integer NOT NULL, open double precision NOT NULL, high double precision NOT NULL, low double precision NOT NULL, close double precision NOT NULL,
            volume double precision, spread double precision, source text NOT NULL) ON COMMIT DROP;
        """;

    private const string Replace = """
        UPDATE SET open = excluded.open, high = excluded.high, low = excluded.low, close = excluded.close,
            volume = excluded.volume, spread = excluded.spread, source = excluded.source
        WHERE (hourly_bar.open, hourly_bar.high, hourly_bar.low, hourly_bar.close, hourly_bar.volume, hourly_bar.spread, hourly_bar.source)
            IS DISTINCT FROM (excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.spread, excluded.source)
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _merge;
    private readonly int _pairId;
    private readonly Action _committed;
    private readonly HashSet<int> _hours = [];
    private NpgsqlBinaryImporter? _copy;
    private UpsertCounts _counts;

    public PostgresBarWriter(NpgsqlConnection connection, CurrencyPair pair, OnSameHour onSameHour, Action committed)
    {
        _connection = connection;
        _committed = committed;

        // A row of this statement that was not there before has no deleting transaction.
        _merge = $"""
            WITH merged AS (
                INSERT INTO hourly_bar (pair, {Columns}) SELECT @pair, {Columns} FROM incoming_bar
                ON CONFLICT (pair, hour) DO {(onSameHour == OnSameHour.Replace ? Replace : "NOTHING")}
                RETURNING hourly_bar.xmax = 0 AS is_new)
            SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM merged;
            """;
        _transaction = connection.BeginTransaction();
        _pairId = (int)connection.Scalar(PairId, ("symbol", pair.Symbol))!;
        connection.Execute(Incoming);
    }

    public void Add(in HourlyBar bar)
    {
        if (BarRules.Fault(bar) is { } fault) throw new ArgumentException($"A bar is stored only without fault: {fault}.", nameof(bar));

        var hour = (int)UnixHour.Floor(bar.OpenTime);
        if (!_hours.Add(hour))
        {
            // One statement cannot change a row twice, so what came before this hour's second bar is merged first.
            Merge();
            _hours.Add(hour);
        }

        _copy ??= _connection.BeginBinaryImport($"COPY incoming_bar ({Columns}) FROM STDIN (FORMAT BINARY)");
        _copy.StartRow();
        _copy.Write(hour, NpgsqlDbType.Integer);
        _copy.Write((double)bar.Open, NpgsqlDbType.Double);
        _copy.Write((double)bar.High, NpgsqlDbType.Double);
        _copy.Write((double)bar.Low, NpgsqlDbType.Double);
        _copy.Write((double)bar.Close, NpgsqlDbType.Double);
        WriteOptional(bar.Volume);
        WriteOptional(bar.Spread);
        _copy.Write(bar.Source, NpgsqlDbType.Text);
    }

    public UpsertCounts Commit()
    {
        Merge();
        _transaction.Commit();
        _committed();
        return _counts;
    }

    public void Dispose()
    {
        _copy?.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    private void WriteOptional(decimal? value)
    {
        if (value is { } number) _copy!.Write((double)number, NpgsqlDbType.Double);
        else _copy!.WriteNull();
    }

    private void Merge()
    {
        if (_copy is null) return;

        _copy.Complete();
        _copy.Dispose();
        _copy = null;
        using (var command = _connection.Command(_merge, ("pair", _pairId)))
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            var (inserted, changed) = (reader.GetInt32(0), reader.GetInt32(1));
            _counts = new UpsertCounts(_counts.Inserted + inserted, _counts.Changed + changed, _counts.Unchanged + _hours.Count - inserted - changed);
        }

        _connection.Execute("TRUNCATE incoming_bar;");
        _hours.Clear();
    }
}
