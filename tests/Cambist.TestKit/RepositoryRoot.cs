namespace Cambist.TestKit;

/// <summary>The folder that holds <c>Cambist.slnx</c>, found upwards from the running tests.</summary>
public static class RepositoryRoot
{
    /// <summary>The full path of the folder.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The full path of something below the folder.</summary>
    public static string Combine(params string[] relative) => System.IO.Path.Combine([Path, .. relative]);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Cambist.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"Cambist.slnx lies in a folder above the tests, was not found from {start}.");
    }
}
