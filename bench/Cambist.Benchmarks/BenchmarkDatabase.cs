using Cambist.App.Storage;
using Npgsql;

namespace Cambist.Benchmarks;

/// <summary>A new empty database on one engine, gone afterwards. PostgreSQL is the server of <c>CAMBIST_TEST_POSTGRES</c>, and has TimescaleDB where that server has it.</summary>
internal sealed class BenchmarkDatabase : IDisposable
{
    private readonly string _server;
    private readonly string _name = $"cambist_bench_{Guid.NewGuid():N}";

    private BenchmarkDatabase(string server)
    {
        _server = server;
        if (server.Length == 0)
        {
            Store = SqliteStore.OpenThrowAway();
            return;
        }

        Run($"CREATE DATABASE {_name} TEMPLATE template0");
        Store = PostgresStore.Open(new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString);
    }

    /// <summary>The engines that can be had here.</summary>
    public static IReadOnlyList<string> Engines { get; } =
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CAMBIST_TEST_POSTGRES")) ? ["SQLite"] : ["SQLite", "PostgreSQL"];

    public Database Store { get; }

    /// <summary>Where it is, for who opens it once more; of PostgreSQL alone.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;

    public static BenchmarkDatabase Create(string engine) => new(engine == "SQLite" ? "" : Environment.GetEnvironmentVariable("CAMBIST_TEST_POSTGRES")!);

    public void Dispose()
    {
        Store.Dispose();
        if (_server.Length > 0)
        {
            Run($"DROP DATABASE {_name} WITH (FORCE)");
        }
    }

    private void Run(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
