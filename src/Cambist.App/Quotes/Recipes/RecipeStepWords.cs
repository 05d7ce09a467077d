namespace Cambist.App.Quotes.Recipes;

/// <summary>The members of a step by their names in the file.</summary>
internal static class RecipeStepWords
{
    public static readonly string[] All = ["go", "dismiss", "fill", "select", "click", "wait", "read"];

    /// <summary>What the step does; one where the file is right.</summary>
    public static IEnumerable<string> Acts(this RecipeStep step) =>
        All.Zip([step.Go, step.Dismiss, step.Fill, step.Select, step.Click, step.Wait, step.Read?.ToString()], (name, value) => value is null ? null : name).OfType<string>();

    /// <summary>What belongs to one act only, and whether that act needs it.</summary>
    public static IEnumerable<(string Name, string Of, bool IsThere, bool IsNeeded)> Companions(this RecipeStep step) =>
    [
        ("with", "fill", step.With is not null, true),
        ("option", "select", step.Option is not null, true),
        ("selector", "read", step.Selector is not null, true),
        ("attribute", "read", step.Attribute is not null, false),
        ("pattern", "read", step.Pattern is not null, false),
        ("none", "read", step.None is not null, false),
        ("text", "wait", step.Text is not null, false),
    ];

    /// <summary>The selector, whatever the step does with it; null where it has none.</summary>
    public static string? Selected(this RecipeStep step) => step.Dismiss ?? step.Fill ?? step.Select ?? step.Click ?? step.Wait ?? step.Selector;
}
