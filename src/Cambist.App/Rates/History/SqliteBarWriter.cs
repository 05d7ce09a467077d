using Cambist.App.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.Data.Sqlite;

namespace Cambist.App.Rates.History;

/// <summary>Bars into SQLite: an insert that meets its key does nothing and is followed by an update that touches the row only where a figure differs.</summary>
internal sealed class SqliteBarWriter : IBarWriter
{
    private const string Insert = """
        INSERT INTO hourly_bar (pair, hour, open, high, low, close, volume, spread, source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT DO NOTHING;
        """;

    private const string Update = """
        UPDATE hourly_bar SET open = ?3, high = ?4, low = ?5, close = ?6, volume = ?7, spread = ?8, source = ?9
        WHERE pair = ?1 AND hour = ?2 AND (open, high, low, close, volume, spread, source) IS NOT (?3, ?4, ?5, ?6, ?7, ?8, ?9);
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _update;
    private readonly OnSameHour _onSameHour;
    private readonly long _pairId;
    private readonly Action _committed;
    private int _inserted;
    private int _changed;
    private int _unchanged;

    public SqliteBarWriter(SqliteConnection connection, CurrencyPair pair, OnSameHour onSameHour, Action committed)
    {
        _connection = connection;
        _onSameHour = onSameHour;
        _committed = committed;
        _transaction = connection.BeginTransaction();
        _pairId = (long)connection.Scalar(
            "INSERT INTO currency_pair (symbol) VALUES (@symbol) ON CONFLICT DO NOTHING; SELECT id FROM currency_pair WHERE symbol = @symbol;", ("symbol", pair.Symbol))!;
        _insert = new SqliteStatement(connection, Insert);
        _update = new SqliteStatement(connection, Update);
    }

    public void Add(in HourlyBar bar)
    {
        if (BarRules.Fault(bar) is { } fault) throw new ArgumentException($"A bar is stored only without fault: {fault}.", nameof(bar));

        if (RowsTouchedBy(_insert, bar) > 0) _inserted++;
        else if (_onSameHour == OnSameHour.Replace && RowsTouchedBy(_update, bar) > 0) _changed++;
        else _unchanged++;
    }

    public UpsertCounts Commit()
    {
        _transaction.Commit();
        _committed();
        return new UpsertCounts(_inserted, _changed, _unchanged);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    private int RowsTouchedBy(SqliteStatement statement, in HourlyBar bar)
    {
        statement.Bind(1, _pairId);
        statement.Bind(2, UnixHour.Floor(bar.OpenTime));
        statement.Bind(3, (double)bar.Open);
        statement.Bind(4, (double)bar.High);
        statement.Bind(5, (double)bar.Low);
        statement.Bind(6, (double)bar.Close);
        statement.Bind(7, bar.Volume);
        statement.Bind(8, bar.Spread);
        statement.Bind(9, bar.Source);
        return statement.Run();
    }
}
