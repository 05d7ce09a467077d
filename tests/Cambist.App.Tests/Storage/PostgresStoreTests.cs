using Cambist.App.Storage;
using Cambist.TestKit;
using Npgsql;
using Xunit;

namespace Cambist.App.Tests.Storage;

public sealed class PlainPostgresStoreTests() : PostgresStoreContract(RealComponents.Postgres, useTimescale: false)
{
    [Fact]
    public void It_names_itself_by_its_version()
    {
        using var store = Open();

        Assert.Matches(@"^PostgreSQL \d+$", store.Name);
    }

    [Fact]
    public void A_database_that_began_without_the_extension_stays_so()
    {
        Open().Dispose();

        using var store = PostgresStore.Open(ConnectionString);

        Assert.False(store.HasTimescale);
        Assert.Matches(@"^PostgreSQL \d+$", store.Name);
    }

    [Fact]
    public void A_role_that_may_not_create_the_extension_gets_plain_tables_or_one_that_is_there()
    {
        RealComponents.Timescale.Where();
        var role = $"cambist_test_{Guid.NewGuid():N}";
        using var admin = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        admin.Open();
        admin.Execute($"CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role};");
        try
        {
            using var store = PostgresStore.Open(new NpgsqlConnectionStringBuilder(ConnectionString) { Username = role }.ConnectionString);

            Assert.False(store.HasTimescale);
            Assert.Contains("without TimescaleDB: permission denied", store.Name, StringComparison.Ordinal);
            Assert.Null(store.Fault());
        }
        finally
        {
            admin.Execute($"DROP OWNED BY {role} CASCADE; DROP ROLE {role};");
        }
    }
}

public sealed class TimescaleStoreTests() : PostgresStoreContract(RealComponents.Timescale, useTimescale: true)
{
    [Fact]
    public void It_names_both_versions()
    {
        using var store = Open();

        Assert.True(store.HasTimescale);
        Assert.Matches(@"^PostgreSQL \d+ with TimescaleDB \d+\.\d+$", store.Name);
    }
}

/// <summary>What a PostgreSQL database does, with and without TimescaleDB.</summary>
public abstract class PostgresStoreContract(RealComponent server, bool useTimescale) : IDisposable
{
    private readonly PostgresDatabase database = PostgresDatabase.Create(server);

    protected string ConnectionString => database.ConnectionString;

    public void Dispose()
    {
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Opening_again_keeps_what_was_stored()
    {
        using (var store = Open())
            Scalar(store, "INSERT INTO currency_pair (symbol) VALUES ('EURUSD');");

        using var again = Open();
        Assert.Equal("EURUSD", Scalar(again, "SELECT symbol FROM currency_pair;"));
        Assert.Equal(SchemaStep.Postgres.Count, Scalar(again, "SELECT version FROM cambist_schema;"));
    }

    [Fact]
    public void Only_the_steps_that_a_database_lacks_are_applied()
    {
        SchemaStep first = new(1, "0001", "CREATE TABLE one (n integer); INSERT INTO one VALUES (1);");
        SchemaStep second = new(2, "0002", "INSERT INTO one VALUES (2);");
        Open([first]).Dispose();

        using var store = Open([first, second]);

        Assert.Equal("1,2", Scalar(store, "SELECT string_agg(n::text, ',' ORDER BY n) FROM one;"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_database_at_the_version_before()
    {
        SchemaStep good = new(1, "0001", "CREATE TABLE one (n integer);");
        SchemaStep bad = new(2, "0002", "CREATE TABLE two (n integer); INSERT INTO nowhere VALUES (1);");
        Open([good]).Dispose();

        var fault = Assert.Throws<CannotOpenDatabaseException>(() => Open([good, bad]));

        Assert.Contains("nowhere", fault.Message, StringComparison.Ordinal);
        using var store = Open([good]);
        Assert.Equal("one", Scalar(store, "SELECT string_agg(relname, ',') FROM pg_class WHERE relname IN ('one', 'two');"));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        using (var store = Open())
            Scalar(store, "UPDATE cambist_schema SET version = 4711;");

        var fault = Assert.Throws<InvalidDataException>(() => Open());

        Assert.Contains("newer version of Cambist", fault.Message, StringComparison.Ordinal);
        Assert.Contains("found 4711", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_may_create_the_same_tables_at_once()
    {
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ => Open().Dispose());

        using var store = Open();
        Assert.Equal(0L, Scalar(store, "SELECT count(*) FROM currency_pair;"));
        Assert.Equal(1L, Scalar(store, "SELECT count(*) FROM cambist_schema;"));
    }

    [Fact]
    public void The_first_schema_of_the_search_path_holds_the_tables()
    {
        using (var admin = new NpgsqlConnection(ConnectionString + ";Pooling=false"))
        {
            admin.Open();
            admin.Execute("CREATE SCHEMA market;");
        }

        using var store = PostgresStore.Open(ConnectionString + ";Search Path=market,public", useTimescale);

        Assert.Equal("market", Scalar(store, "SELECT table_schema FROM information_schema.tables WHERE table_name = 'hourly_bar';"));
    }

    [Fact]
    public void A_database_that_is_gone_is_a_fault_and_no_exception()
    {
        using var store = Open();
        Assert.Null(store.Fault());
        using (var admin = new NpgsqlConnection(ConnectionString + ";Pooling=false"))
        {
            admin.Open();
            admin.Execute("DROP TABLE cambist_schema;");
        }

        Assert.Contains("cambist_schema", store.Fault(), StringComparison.Ordinal);
    }

    protected PostgresStore Open() => PostgresStore.Open(ConnectionString, useTimescale);

    private PostgresStore Open(IReadOnlyList<SchemaStep> steps) => PostgresStore.Open(ConnectionString, useTimescale, steps);

    private static object? Scalar(PostgresStore store, string sql)
    {
        using var connection = store.Connect();
        return connection.Scalar(sql);
    }
}
