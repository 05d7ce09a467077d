using System.Text.RegularExpressions;

namespace Cambist.App.Tests.Architecture;

/// <summary>How files lie in folders: sorted by feature, short, and with the namespace of their folder.</summary>
internal static partial class Layout
{
    private const int MostLines = 500;

    // Folders that sort by technical kind, or by nothing.
    private static readonly HashSet<string> BannedFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Services", "Interfaces", "Dtos", "Helpers", "Utils", "Common",
    };

    public static IEnumerable<string> BannedFolder(SourceFile file) => file.Folder.Split('/')
        .Where(BannedFolders.Contains)
        .Select(folder => $"{file.Path}: a folder is named after its feature, was {folder}.");

    public static IEnumerable<string> TooLong(SourceFile file) => file.Lines > MostLines
        ? [$"{file.Path}: a file has at most {MostLines} lines, was {file.Lines}."]
        : [];

    /// <summary>The namespace is the path below <c>src</c>. A file without a namespace and without a type (top-level statements) is left alone.</summary>
    public static IEnumerable<string> StrayNamespace(SourceFile file)
    {
        var expected = file.Folder["src/".Length..].Replace('/', '.');
        var found = Namespace().Matches(file.Text).Select(match => match.Groups["name"].Value).ToList();
        if (found.Count == 0 && PublicType().IsMatch(file.Text))
            found.Add("none");

        return found.Where(name => name != expected).Select(name => $"{file.Path}: the namespace is {expected}, was {name}.");
    }

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\s*public\s+[\w\s]*\b(class|record|struct|interface|enum|delegate)\b", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
