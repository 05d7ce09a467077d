using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cambist.App.Storage;

/// <summary>
/// A statement that is bound and stepped through SQLite's own functions, for writing many rows: an ADO.NET command boxes each value, looks each parameter up
/// by name and opens a reader for each row, which doubles the cost of the row. Positions count from 1.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public void Bind(int position, long value) => Check(raw.sqlite3_bind_int64(_statement, position, value));

    public void Bind(int position, double value) => Check(raw.sqlite3_bind_double(_statement, position, value));

    public void Bind(int position, string value) => Check(raw.sqlite3_bind_text(_statement, position, value));

    public void Bind(int position, decimal? value) =>
        Check(value is { } number ? raw.sqlite3_bind_double(_statement, position, (double)number) : raw.sqlite3_bind_null(_statement, position));

    /// <summary>Runs the statement, and returns the number of rows that it touched.</summary>
    public int Run()
    {
        // Reset returns the error of the step again, and ends the statement whether or not there was one.
        var stepped = raw.sqlite3_step(_statement);
        Check(raw.sqlite3_reset(_statement));
        return stepped == raw.SQLITE_DONE ? raw.sqlite3_changes(_database) : throw new InvalidOperationException($"Expected a finished statement, SQLite said {stepped}.");
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
