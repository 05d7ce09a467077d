namespace Cambist.App.Quotes.Recipes;

/// <summary>The recipes that there are: those that Cambist ships, one embedded file each, and those in the operator's folder.</summary>
internal static class PageRecipes
{
    private const string Prefix = "recipes/";

    /// <summary>All of them, by id.</summary>
    /// <param name="folder">The operator's folder (<c>*.json</c>); null: none.</param>
    /// <exception cref="FormatException">A file is no valid recipe, or two have the same id; the message names file and path.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    public static IReadOnlyList<PageRecipe> Load(string? folder)
    {
        var own = string.IsNullOrWhiteSpace(folder)
            ? []
            : Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(path => (path, File.ReadAllText(path)));
        return StrictJson.EachIdOnce(StrictJson.Embedded(Prefix).Concat(own), RecipeReader.Read, recipe => recipe.Id);
    }
}
