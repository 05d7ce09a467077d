using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Architecture;

/// <param name="Path">Path from the repository root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public int Lines => Text.AsSpan().Count('\n') + (Text.EndsWith('\n') ? 0 : 1);

    public string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>The files below a folder with one of the extensions; never what a build wrote.</summary>
    public static IReadOnlyList<SourceFile> Under(string folder, params string[] extensions)
    {
        var files = Directory.EnumerateFiles(RepositoryRoot.Combine(folder.Split('/')), "*", SearchOption.AllDirectories)
            .Where(file => extensions.Contains(System.IO.Path.GetExtension(file)))
            .Select(file => new SourceFile(System.IO.Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'), File.ReadAllText(file)))
            .Where(file => !file.Path.Split('/').Any(part => part is "bin" or "obj"))
            .ToList();
        Assert.NotEmpty(files);
        return files;
    }
}
