using System.Globalization;
using System.Text.RegularExpressions;
using Cambist.App.Quotes.Sources;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Recipes;

/// <summary>What a recipe's checks say of a page's texts. Each fault is a <see cref="FormatException"/> with what was expected and what was found.</summary>
internal static class RecipeVerdict
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);
    private static readonly string[] Instants =
        ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>The words of failure that stand on the page; null where none do.</summary>
    public static string? Refusal(PageRecipe recipe, PageResult page) =>
        recipe.Checks.MustNotContain.FirstOrDefault(words => Flat(page.PageText).Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the page speaks of what was asked.</summary>
    public static void Check(PageRecipe recipe, QuoteAsk ask, PageResult page)
    {
        var values = RecipeTemplate.Values(ask, recipe.Numbers);
        var where = recipe.Checks.Within is { } within ? $" at '{RecipeTemplate.Fill(within, values)}'" : "";
        var text = Flat(page.ScopeText ?? throw new FormatException($"one part{where} was expected, found none or several"));
        foreach (var needed in recipe.Checks.MustContain.Select(template => RecipeTemplate.Fill(template, values)))
        {
            if (!text.Contains(needed, StringComparison.Ordinal))
            {
                throw new FormatException($"the text '{needed}'{where} was expected, found none");
            }
        }
    }

    /// <summary>What the page's words about delivery mean; null where it says none, or some that the recipe does not know.</summary>
    public static DeliveryTime? Delivery(PageRecipe recipe, PageResult page) =>
        page.Texts.TryGetValue(nameof(ReadName.Delivery), out var text) ? recipe.Deliveries.FirstOrDefault(words => words.Text.IsMatch(text))?.Time : null;

    /// <summary>When the figures were true by the page's own word; null where it says nothing.</summary>
    public static DateTimeOffset? AsOf(PageRecipe recipe, PageResult page, DateTimeOffset now)
    {
        if (!page.Texts.TryGetValue(nameof(ReadName.AsOf), out var text))
        {
            return null;
        }

        var asOf = Instant(text, recipe.Times);
        if (asOf > now + ClocksDiffer)
        {
            throw new FormatException($"figures of the past were expected, found '{text}'");
        }

        return recipe.Checks.MaxAge is { } age && now - asOf > age
            ? throw new FormatException($"figures of the last {age} were expected, found '{text}'")
            : asOf;
    }

    private static DateTimeOffset Instant(string text, TimeFormat? times)
    {
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (times is null)
        {
            return DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, Style, out var instant)
                ? instant
                : throw new FormatException($"a time with its offset as in 2026-03-27T14:30:00Z was expected, found '{text}'");
        }

        return DateTime.TryParseExact(text, times.Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, times.Zone.GetUtcOffset(local)).ToUniversalTime()
            : throw new FormatException($"a time like '{times.Format}' was expected, found '{text}'");
    }

    private static string Flat(string text) => Regex.Replace(text, @"\s+", " ");
}
