using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cambist.App.Rates;

/// <summary>
/// One write transaction on the bars of a pair; dispose without commit leaves the store as it was. The two statements are bound and stepped
/// through SQLite's own functions: an ADO.NET command boxes each value, looks each parameter up by name and opens a reader for each row, which
/// doubles the cost of the row.
/// </summary>
internal sealed class BarWriter : IDisposable
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
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _update;
    private readonly long _pairId;
    private readonly Action _committed;
    private int _inserted;
    private int _changed;
    private int _unchanged;

    public BarWriter(SqliteConnection connection, CurrencyPair pair, Action committed)
    {
        _connection = connection;
        _committed = committed;
        _database = connection.Handle!;
        _transaction = connection.BeginTransaction();
        _pairId = IdOf(pair);
        _insert = Prepare(Insert);
        _update = Prepare(Update);
    }

    /// <summary>Inserts the bar, or replaces the one of its hour.</summary>
    /// <exception cref="ArgumentException">The bar has a fault, or a figure that the store cannot hold exactly.</exception>
    public void Upsert(in HourlyBar bar)
    {
        if (BarRules.Fault(bar) is { } fault) throw new ArgumentException($"A bar is stored only without fault: {fault}.", nameof(bar));

        if (RowsTouchedBy(_insert, bar) > 0) _inserted++;
        else if (RowsTouchedBy(_update, bar) > 0) _changed++;
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

    private int RowsTouchedBy(sqlite3_stmt statement, in HourlyBar bar)
    {
        Check(raw.sqlite3_bind_int64(statement, 1, _pairId));
        Check(raw.sqlite3_bind_int64(statement, 2, UnixHour.Floor(bar.OpenTime)));
        Check(raw.sqlite3_bind_double(statement, 3, (double)bar.Open));
        Check(raw.sqlite3_bind_double(statement, 4, (double)bar.High));
        Check(raw.sqlite3_bind_double(statement, 5, (double)bar.Low));
        Check(raw.sqlite3_bind_double(statement, 6, (double)bar.Close));
        Check(BindOptional(statement, 7, bar.Volume));
        Check(BindOptional(statement, 8, bar.Spread));
        Check(raw.sqlite3_bind_text(statement, 9, bar.Source));

        // Reset returns the error of the step again, and ends the statement whether or not there was one.
        var stepped = raw.sqlite3_step(statement);
        Check(raw.sqlite3_reset(statement));
        return stepped == raw.SQLITE_DONE ? raw.sqlite3_changes(_database) : throw new InvalidOperationException($"Expected a finished statement, SQLite said {stepped}.");
    }

    private static int BindOptional(sqlite3_stmt statement, int position, decimal? value) =>
        value is { } number ? raw.sqlite3_bind_double(statement, position, (double)number) : raw.sqlite3_bind_null(statement, position);

    private long IdOf(CurrencyPair pair)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO currency_pair (symbol) VALUES ($symbol) ON CONFLICT DO NOTHING; SELECT id FROM currency_pair WHERE symbol = $symbol;";
        command.Parameters.AddWithValue("$symbol", pair.Symbol);
        return (long)command.ExecuteScalar()!;
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out var statement));
        return statement;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
