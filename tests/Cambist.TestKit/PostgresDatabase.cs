using Npgsql;

namespace Cambist.TestKit;

/// <summary>A new empty database on the PostgreSQL server of the tests; it is dropped afterwards, whoever is still connected.</summary>
public sealed class PostgresDatabase : IDisposable
{
    private readonly string _server;
    private readonly string _name = $"cambist_test_{Guid.NewGuid():N}";

    private PostgresDatabase(string server)
    {
        // No pool: a connection that is kept to a dropped database would be found dead by whoever takes it next.
        _server = new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name, IncludeErrorDetail = true }.ConnectionString;
        Run($"CREATE DATABASE {_name} TEMPLATE template0");
    }

    /// <summary>Where it is.</summary>
    public string ConnectionString { get; }

    /// <summary>Creates one on a server. Skips the running test where there is no such server.</summary>
    /// <param name="server"><see cref="RealComponents.Postgres"/> or <see cref="RealComponents.Timescale"/>.</param>
    public static PostgresDatabase Create(RealComponent server) => new(server.Where());

    /// <summary>Waits until nobody is connected: the server may still do what was asked for by one who was killed.</summary>
    public void WaitUntilLeft() => Run($"DO $$ BEGIN WHILE EXISTS (SELECT FROM pg_stat_activity WHERE datname = '{_name}' AND backend_type = 'client backend') LOOP PERFORM pg_sleep(0.01), pg_stat_clear_snapshot(); END LOOP; END $$");

    /// <inheritdoc />
    public void Dispose() => Run($"DROP DATABASE {_name} WITH (FORCE)");

    private void Run(string sql)
    {
        using var connection = new NpgsqlConnection(_server);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
