using Cambist.App.Storage;
using Cambist.TestKit;

namespace Cambist.App.Tests.Storage;

/// <summary>The engines that a contract holds for.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
    Timescale,
}

/// <summary>A database of the test's own, gone afterwards. Skips the running test where its server is absent.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly Engine _engine;
    private readonly TemporaryFolder? _folder;
    private readonly PostgresDatabase? _postgres;

    public TestDatabase(Engine engine)
    {
        _engine = engine;
        if (engine == Engine.Sqlite) _folder = new TemporaryFolder();
        else _postgres = PostgresDatabase.Create(engine == Engine.Postgres ? RealComponents.Postgres : RealComponents.Timescale);
    }

    /// <summary>The folder of SQLite's file, or the connection string.</summary>
    public string Place => _folder?.Path ?? _postgres!.ConnectionString;

    /// <summary>Opens it, as often as one likes; dispose what is returned first.</summary>
    public Database Open() => _engine switch
    {
        Engine.Sqlite => SqliteStore.Open(Place),
        Engine.Postgres => PostgresStore.Open(Place, useTimescale: false),
        _ => PostgresStore.Open(Place),
    };

    public void Dispose()
    {
        _folder?.Dispose();
        _postgres?.Dispose();
    }
}
