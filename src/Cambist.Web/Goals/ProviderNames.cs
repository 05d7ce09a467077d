using Cambist.App.Goals.Pages;

namespace Cambist.Web.Goals;

/// <summary>How providers are called; one that is not known is called as it was told.</summary>
internal static class ProviderNames
{
    public static string Of(IReadOnlyList<NamedProvider> providers, string id) => providers.FirstOrDefault(known => known.Id == id)?.Name ?? id;

    /// <summary>As choices, the first one for none.</summary>
    public static IReadOnlyList<(string Value, string Label)> Choices(IReadOnlyList<NamedProvider> providers, string none) => [("", none), .. providers.Select(known => (known.Id, known.Name))];
}
