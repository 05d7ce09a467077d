using Xunit;

namespace Cambist.TestKit;

/// <summary>
/// Recorded market data that is no part of the repository. It lies where <c>CAMBIST_SHARED_DATA</c> points, or as <c>shared/data</c> beside
/// the repository. Where it is absent the tests that read it are skipped.
/// </summary>
public static class SharedData
{
    /// <summary>The environment variable that says where the data lies.</summary>
    public const string Variable = "CAMBIST_SHARED_DATA";

    /// <summary>The full path of a file of the data, by its path inside it: <c>fx/hourly/EURUSD.csv.gz</c>. Skips the running test where it is absent.</summary>
    public static string File(string relative) => Present(Locate(Environment.GetEnvironmentVariable(Variable), RepositoryRoot.Path), relative);

    /// <summary>The folder of the data, present or not: the variable goes before the repository's neighbour.</summary>
    public static string Locate(string? variable, string repositoryRoot) => string.IsNullOrWhiteSpace(variable)
        ? Path.GetFullPath(Path.Combine(repositoryRoot, "..", "shared", "data"))
        : Path.GetFullPath(variable);

    /// <summary>The full path of a file of the data in a folder. Skips the running test where it is absent.</summary>
    public static string Present(string folder, string relative)
    {
        var path = Path.Combine(folder, relative);
        Assert.SkipUnless(Path.Exists(path), $"needs market data: {relative} is not in ../shared/data beside the repository, nor where {Variable} points");
        return path;
    }
}
