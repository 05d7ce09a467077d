using Cambist.App.Storage;

namespace Cambist.App.Tests.Rates;

/// <summary>A copy of a database's files as they lie on disk at one moment, the way that a dead process leaves them.</summary>
internal sealed class TemporaryCopy : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cambist-test-").FullName;

    private string LogPath => Path.Combine(folder, SqliteStore.FileName + "-wal");

    public void Take(string databasePath)
    {
        File.Copy(databasePath, Path.Combine(folder, SqliteStore.FileName), overwrite: true);
        File.Copy(databasePath + "-wal", LogPath, overwrite: true);
    }

    public void CutLog(double kept)
    {
        using var log = new FileStream(LogPath, FileMode.Open);
        log.SetLength((long)(log.Length * kept));
    }

    public SqliteStore Open() => SqliteStore.Open(folder);

    public static string? IntegrityOf(SqliteStore store)
    {
        using var connection = store.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check;";
        return (string?)command.ExecuteScalar();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
