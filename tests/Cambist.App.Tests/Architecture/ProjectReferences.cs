using System.Xml.Linq;

namespace Cambist.App.Tests.Architecture;

/// <summary>Which project of <c>src</c> may reference which, and which may use packages and frameworks at all.</summary>
internal static class ProjectReferences
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Cambist.Domain"] = [],
        ["Cambist.Client"] = [],
        ["Cambist.App"] = ["Cambist.Domain", "Cambist.Client"],
        ["Cambist.Web"] = ["Cambist.App"],
        ["Cambist.Trainer"] = ["Cambist.Domain"],
        ["Cambist.Pages"] = [],
        ["Cambist"] = ["Cambist.App", "Cambist.Web", "Cambist.Client"],
    };

    // They rest on the base class library alone: Domain stays pure, Client burdens nobody who takes it as a package.
    private static readonly string[] Bare = ["Cambist.Domain", "Cambist.Client"];

    public static IEnumerable<string> Violations(SourceFile project)
    {
        var name = Path.GetFileNameWithoutExtension(project.Path);
        if (!MayReference.TryGetValue(name, out var allowed))
        {
            yield return $"{name} has no row in the table of project references.";
            yield break;
        }

        var items = XDocument.Parse(project.Text).Descendants().ToLookup(element => element.Name.LocalName);
        foreach (var reference in items["ProjectReference"].Select(item => Path.GetFileNameWithoutExtension(Included(item).Replace('\\', '/'))))
        {
            if (!allowed.Contains(reference))
                yield return $"{name} may reference {Listed(allowed)}, references {reference}.";
        }

        if (!Bare.Contains(name))
            yield break;

        // An analyzer works at build time only and says so: PrivateAssets="all".
        foreach (var package in items["PackageReference"].Where(item => item.Attribute("PrivateAssets")?.Value != "all"))
            yield return $"{name} uses no package but analyzers (PrivateAssets=\"all\"), uses {Included(package)}.";

        foreach (var framework in items["FrameworkReference"])
            yield return $"{name} uses the base class library alone, uses {Included(framework)}.";
    }

    private static string Included(XElement item) => item.Attribute("Include")?.Value ?? "";

    private static string Listed(string[] names) => names.Length == 0 ? "no project" : string.Join(", ", names);
}
