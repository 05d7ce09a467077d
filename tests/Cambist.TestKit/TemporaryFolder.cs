namespace Cambist.TestKit;

/// <summary>A new empty folder that is gone, with all in it, when the test is over.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The full path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("cambist-").FullName;

    /// <summary>The full path of a file in the folder, whether it exists or not.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
