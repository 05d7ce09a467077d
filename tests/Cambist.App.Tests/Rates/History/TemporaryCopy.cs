using Cambist.App.Storage;
using Cambist.TestKit;

namespace Cambist.App.Tests.Rates.History;

/// <summary>A copy of a database's files as they lie on disk at one moment, the way that a dead process leaves them.</summary>
internal sealed class TemporaryCopy : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string LogPath => folder.File(SqliteStore.FileName + "-wal");

    public void Take(string databasePath)
    {
        File.Copy(databasePath, folder.File(SqliteStore.FileName), overwrite: true);
        File.Copy(databasePath + "-wal", LogPath, overwrite: true);
    }

    public void CutLog(double kept)
    {
        using var log = new FileStream(LogPath, FileMode.Open);
        log.SetLength((long)(log.Length * kept));
    }

    public SqliteStore Open() => SqliteStore.Open(folder.Path);

    public static string? IntegrityOf(SqliteStore store)
    {
        using var connection = store.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check;";
        return (string?)command.ExecuteScalar();
    }

    public void Dispose() => folder.Dispose();
}
