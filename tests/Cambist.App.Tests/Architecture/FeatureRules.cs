using System.Text.RegularExpressions;

namespace Cambist.App.Tests.Architecture;

/// <summary>
/// Which feature folder of the App may use which. Platform folders may use each other and be used by all; a feature uses itself, the
/// platform and the features of its row; <c>CambistApp.cs</c>, the table of contents, uses all.
/// </summary>
internal static partial class FeatureRules
{
    private const string Root = "src/Cambist.App/";
    private const string TableOfContents = Root + "CambistApp.cs";

    // Every feature sees the namespace of the root without a using line, so a file there is platform.
    private const string InRoot = "The root of the App";

    private static readonly string[] Platform = ["Streaming", "Jobs", "Storage", "Edge", "Audit", "Privacy", "Telemetry", InRoot];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Rates"] = [],
        ["Notifications"] = [],
        ["Accounts"] = ["Notifications"],
        ["Quotes"] = ["Rates"],
        ["Forecasting"] = ["Rates"],
        ["Goals"] = ["Rates", "Notifications"],
        ["Assistant"] = ["Rates", "Quotes", "Forecasting", "Goals", "Notifications"],
        ["Analytics"] = ["Rates", "Notifications", "Accounts", "Quotes", "Forecasting", "Goals", "Assistant"],
    };

    public static IEnumerable<string> Violations(SourceFile file)
    {
        if (file.Path == TableOfContents)
            return [];

        var parts = file.Path[Root.Length..].Split('/');
        var folder = parts.Length > 1 ? parts[0] : InRoot;
        if (!MayUse.TryGetValue(folder, out var allowed) && !Platform.Contains(folder))
            return [$"{file.Path}: {folder} has no row in the table of features."];

        return Used(file)
            .Where(used => used != folder && !Platform.Contains(used) && allowed?.Contains(used) != true)
            .Select(used => $"{file.Path}: {folder} does not use {used}.");
    }

    // Features that the file names in full, in a using line or inside the code. A comment may speak of any feature.
    private static IEnumerable<string> Used(SourceFile file) => file.Text.Split('\n')
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .SelectMany(line => FullName().Matches(line))
        .Select(match => match.Groups["feature"].Value)
        .Where(name => MayUse.ContainsKey(name) || Platform.Contains(name))
        .Distinct();

    [GeneratedRegex(@"\bCambist\.App\.(?<feature>\w+)")]
    private static partial Regex FullName();
}
