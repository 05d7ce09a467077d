namespace Cambist.App;

/// <summary>A program of ours that carries what this one must not: it lies beside this program where both were published, or in the same checkout where they were built.</summary>
public static class CompanionProgram
{
    /// <summary>Its executable; null where it is in neither place.</summary>
    /// <param name="name">Name of the executable, without an extension.</param>
    /// <param name="project">Name of its project's folder in a checkout.</param>
    /// <param name="programFolder">Where this program is.</param>
    public static string? Find(string name, string project, string programFolder) => Places(name, project, programFolder).FirstOrDefault(File.Exists);

    // A build leaves a program in bin/<configuration>/<framework> of its project.
    private static IEnumerable<string> Places(string name, string project, string programFolder)
    {
        var executable = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        yield return Path.Combine(programFolder, executable);
        var framework = new DirectoryInfo(programFolder.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
        for (var folder = framework.Parent; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cambist.slnx")))
            {
                yield return Path.Combine(folder.FullName, "src", project, "bin", framework.Parent!.Name, framework.Name, executable);
            }
        }
    }
}
