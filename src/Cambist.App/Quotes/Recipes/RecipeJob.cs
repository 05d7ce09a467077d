using Cambist.App.Quotes.Sources;

namespace Cambist.App.Quotes.Recipes;

/// <summary>A question put into the steps of a recipe.</summary>
internal static class RecipeJob
{
    /// <summary>The page at which a person sees the answer.</summary>
    public static Uri PublicPage(PageRecipe recipe, QuoteAsk ask) =>
        new(RecipeTemplate.FillAddress(recipe.Address, RecipeTemplate.Values(ask, recipe.Numbers)));

    /// <summary>Whether some text of the recipe needs to know where the sender is.</summary>
    public static bool NeedsCountry(PageRecipe recipe) => recipe.Steps
        .SelectMany(step => new[] { step.Go, step.Selected(), step.With, step.Option })
        .Append(recipe.Address).Append(recipe.Checks.Within).Concat(recipe.Checks.MustContain).Concat(recipe.Checks.MustNotContain)
        .Any(text => text is not null && RecipeTemplate.Needs(text, "country"));

    /// <summary>The steps for a question.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="ask">The question.</param>
    /// <param name="host">Whose scheme and host stand in for those of the addresses; null: nobody's.</param>
    /// <param name="options">How long a step may wait, and where pictures go.</param>
    public static PageJob Of(PageRecipe recipe, QuoteAsk ask, Uri? host, PageBrowserOptions options)
    {
        var values = RecipeTemplate.Values(ask, recipe.Numbers);
        string? Filled(string? template) => template is null ? null : RecipeTemplate.Fill(template, values);
        var page = PublicPage(recipe, ask);
        var steps = recipe.Steps
            .Select((step, index) => (step, Number: index + 1))
            .Where(entry => entry.step.Side is null || entry.step.Side == ask.Side)
            .Select(entry => Step(entry.step, entry.Number));
        return new PageJob
        {
            Id = recipe.Id,
            Steps = [.. steps],
            Scope = Filled(recipe.Checks.Within),
            StepPatience = (int)options.StepPatience.TotalMilliseconds,
            Screenshot = Path.Combine(options.Pictures, $"{recipe.Id}.png"),
        };

        PageStep Step(RecipeStep step, int number) => step switch
        {
            { Go: { } go } => new PageStep(number, PageAct.Go, Standing(Target(go)).AbsoluteUri),
            { Dismiss: { } dismiss } => new PageStep(number, PageAct.Dismiss, Filled(dismiss)!),
            { Fill: { } fill } => new PageStep(number, PageAct.Fill, Filled(fill)!, Filled(step.With)),
            { Select: { } select } => new PageStep(number, PageAct.Select, Filled(select)!, Filled(step.Option)),
            { Click: { } click } => new PageStep(number, PageAct.Click, Filled(click)!),
            { Wait: { } wait } => new PageStep(number, PageAct.Wait, Filled(wait)!, Pattern: step.Text?.ToString()),
            _ => new PageStep(number, PageAct.Read, Filled(step.Selector)!, null, step.Read.ToString(), step.Attribute, step.Pattern?.ToString()),
        };

        Uri Target(string go) => go == "{address}" ? page : new Uri(page, RecipeTemplate.FillAddress(go, values));

        Uri Standing(Uri address) => host is null ? address : new UriBuilder(address) { Scheme = host.Scheme, Host = host.Host, Port = host.Port }.Uri;
    }
}
