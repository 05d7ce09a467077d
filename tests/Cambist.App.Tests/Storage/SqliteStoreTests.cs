using Cambist.App.Storage;
using Cambist.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Cambist.App.Tests.Storage;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    private string Folder => temporary.Path;

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_missing_folder_is_created_and_the_database_uses_a_write_ahead_log()
    {
        using var store = SqliteStore.Open(Path.Combine(Folder, "deep", "down"));

        Assert.True(File.Exists(store.DatabasePath));
        Assert.Equal("wal", Scalar(store, "PRAGMA journal_mode;"));
        Assert.Equal((long)SchemaStep.Sqlite.Count, Scalar(store, "PRAGMA user_version;"));
    }

    [Fact]
    public void Opening_again_keeps_what_was_stored()
    {
        using (var store = SqliteStore.Open(Folder))
            Scalar(store, "INSERT INTO currency_pair (symbol) VALUES ('EURUSD');");

        using var again = SqliteStore.Open(Folder);
        Assert.Equal("EURUSD", Scalar(again, "SELECT symbol FROM currency_pair;"));
    }

    [Fact]
    public void Only_the_steps_that_a_database_lacks_are_applied()
    {
        SchemaStep first = new(1, "0001", "CREATE TABLE one (n INTEGER); INSERT INTO one VALUES (1);");
        SchemaStep second = new(2, "0002", "INSERT INTO one VALUES (2);");
        SqliteStore.Open(Folder, [first]).Dispose();

        using var store = SqliteStore.Open(Folder, [first, second]);

        Assert.Equal("1,2", Scalar(store, "SELECT group_concat(n) FROM one;"));
        Assert.Equal(2L, Scalar(store, "PRAGMA user_version;"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_database_at_the_version_before()
    {
        SchemaStep good = new(1, "0001", "CREATE TABLE one (n INTEGER);");
        SchemaStep bad = new(2, "0002", "CREATE TABLE two (n INTEGER); INSERT INTO nowhere VALUES (1);");
        SqliteStore.Open(Folder, [good]).Dispose();

        Assert.Throws<SqliteException>(() => SqliteStore.Open(Folder, [good, bad]));

        using var store = SqliteStore.Open(Folder, [good]);
        Assert.Equal("one", Scalar(store, "SELECT group_concat(name) FROM sqlite_schema;"));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        using (var store = SqliteStore.Open(Folder))
            Scalar(store, "PRAGMA user_version = 4711;");
        var before = File.ReadAllBytes(Path.Combine(Folder, SqliteStore.FileName));

        var fault = Assert.Throws<InvalidDataException>(() => SqliteStore.Open(Folder));

        Assert.Contains("newer version of Cambist", fault.Message, StringComparison.Ordinal);
        Assert.Contains("found 4711", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(Folder, SqliteStore.FileName)));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_alone()
    {
        var path = Path.Combine(Folder, SqliteStore.FileName);
        File.WriteAllText(path, new string('x', 5000));

        var fault = Assert.Throws<InvalidDataException>(() => SqliteStore.Open(Folder));

        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 5000), File.ReadAllText(path));
    }

    [Fact]
    public void Many_may_create_the_same_database_at_once()
    {
        Parallel.For(0, 8, _ => SqliteStore.Open(Folder).Dispose());

        using var store = SqliteStore.Open(Folder);
        Assert.Equal(0L, Scalar(store, "SELECT count(*) FROM currency_pair;"));
    }

    [Fact]
    public void Opening_does_not_wait_for_whoever_writes()
    {
        using var store = SqliteStore.Open(Folder);
        using var writer = store.Connect();
        using var transaction = writer.BeginTransaction();

        using var reader = SqliteStore.Open(Folder); // Would fail after the patience of a connection.

        Assert.Equal(store.SchemaVersion, reader.SchemaVersion);
    }

    [Fact]
    public void A_throw_away_store_takes_its_folder_with_it()
    {
        var store = SqliteStore.OpenThrowAway();
        var itsFolder = Path.GetDirectoryName(store.DatabasePath);
        Scalar(store, "INSERT INTO currency_pair (symbol) VALUES ('EURUSD');");

        store.Dispose();

        Assert.False(Directory.Exists(itsFolder));
    }

    [Fact]
    public void Schema_steps_are_numbered_without_a_gap_and_alike_on_every_engine() => Assert.All(
        new[] { SchemaStep.Sqlite, SchemaStep.Postgres, SchemaStep.Timescale },
        steps => Assert.Equal(Enumerable.Range(1, SchemaStep.Sqlite.Count), steps.Select(step => step.Number)));

    private static object? Scalar(SqliteStore store, string sql)
    {
        using var connection = store.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
