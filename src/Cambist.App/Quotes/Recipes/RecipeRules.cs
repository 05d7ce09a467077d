using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Css.Parser;
using Cambist.Domain.Quotes;
using static Cambist.App.Quotes.JsonRules;

namespace Cambist.App.Quotes.Recipes;

/// <summary>What a well-formed recipe must also keep, as a list of one-question rules.</summary>
internal static class RecipeRules
{
    private const int LargestTolerance = 100;
    private static readonly string[] Separators = [".", ",", " ", "'"];

    /// <summary>The first broken rule as <c>path: expected, found</c>; null where all hold.</summary>
    public static string? FirstFault(PageRecipe recipe) => Faults(recipe).FirstOrDefault();

    private static IEnumerable<string> Faults(PageRecipe recipe) =>
    [
        .. Check(Id.IsMatch(recipe.Id), "$.id", "lower-case words joined by hyphens", recipe.Id),
        .. Check(Id.IsMatch(recipe.Provider), "$.provider", "lower-case words joined by hyphens", recipe.Provider),
        .. Check(recipe.Name.Trim().Length > 0, "$.name", "a name", recipe.Name),
        .. Check(recipe.Title.Trim().Length > 0, "$.title", "a title", recipe.Title),
        .. recipe.Countries.SelectMany((country, index) =>
            Check(country is not null && Country.IsMatch(country), $"$.countries[{index}]", "two capital letters of ISO 3166", country)),
        .. Check(recipe.From.Count > 0, "$.from", "at least one currency", "none"),
        .. Check(recipe.To.Count > 0, "$.to", "at least one currency", "none"),
        .. Check(recipe.Sides.Count > 0, "$.sides", "at least one of send, receive", "none"),
        .. Once(recipe.Countries, "$.countries", "each country once"),
        .. Once(recipe.From, "$.from", "each currency once"),
        .. Once(recipe.To, "$.to", "each currency once"),
        .. Once(recipe.Sides, "$.sides", "each side once"),
        .. Check(IsPage(recipe.Address), "$.address", "an http or https address whose host has no placeholder", recipe.Address),
        .. OfTemplate(recipe.Address, "$.address"),
        .. Check(recipe.Gap >= TimeSpan.FromSeconds(1), "$.gap", "one second or more", recipe.Gap),
        .. Check(recipe.Steps.Count > 0 && recipe.Steps[0]?.Go is not null, "$.steps[0]", "go as the first step", recipe.Steps.Count == 0 ? "none" : "another"),
        .. recipe.Steps.SelectMany((step, index) => Of(recipe, step, $"$.steps[{index}]")),
        .. recipe.Sides.SelectMany(side => OfReads(recipe, side)),
        .. Of(recipe.Numbers),
        .. Check(recipe.Times is null || IsTimeFormat(recipe.Times.Format), "$.times.format", "a format of date and time such as dd.MM.yyyy HH:mm", recipe.Times?.Format),
        .. recipe.Deliveries.SelectMany((words, index) =>
            words is null ? [NoEntry($"$.deliveries[{index}]")] : FeeScheduleRules.Of(words.Time, $"$.deliveries[{index}].time")),
        .. Of(recipe, recipe.Checks),
    ];

    private static IEnumerable<string> Of(PageRecipe recipe, RecipeStep? step, string path)
    {
        if (step is null)
        {
            return [NoEntry(path)];
        }

        var acts = step.Acts().ToList();
        if (acts.Count != 1)
        {
            return Check(false, path, $"exactly one of {string.Join(", ", RecipeStepWords.All)}", acts.Count == 0 ? "none" : string.Join(" and ", acts));
        }

        var act = acts[0];
        return
        [
            .. Check(recipe.Engine == RecipeEngine.Browser || act is "go" or "wait" or "read", path, "go, wait or read, for the engine is http", act),
            .. step.Companions().SelectMany(companion =>
                Check(companion.Of == act || !companion.IsThere, $"{path}.{companion.Name}", $"nothing, for it belongs to {companion.Of},", act)),
            .. step.Companions().SelectMany(companion =>
                Check(companion.Of != act || !companion.IsNeeded || companion.IsThere, $"{path}.{companion.Name}", $"what {act} needs", "nothing")),
            .. Check(step.None is null || step.Read == ReadName.Fee, $"{path}.none", "nothing but at a fee", act),
            .. Check(step.Side is not { } side || recipe.Sides.Contains(side), $"{path}.side", "a side of the recipe", step.Side),
            .. OfTemplate(step.Go ?? step.Selected(), $"{path}.{(act == "read" ? "selector" : act)}", step.Go is null ? [] : ["address"]),
            .. OfTemplate(step.With, $"{path}.with"),
            .. OfTemplate(step.Option, $"{path}.option"),
            .. recipe.Engine == RecipeEngine.Http && step.Selected() is { } selector ? OfCss(selector, $"{path}.{(act == "read" ? "selector" : act)}") : [],
            .. Check(
                recipe.Numbers is not null || !new[] { step.With, step.Option, step.Go }.Any(text => text?.Contains("{amount_local}", StringComparison.Ordinal) == true),
                "$.numbers", "a declared format, for {amount_local} is typed before the page tells its language,", null),
        ];
    }

    // Each figure that a quote has is told by the page, or follows from the others; a fee never does, for it would be lost in the rounding of the rate.
    private static IEnumerable<string> OfReads(PageRecipe recipe, AmountSide side)
    {
        var read = recipe.Steps.Where(step => step?.Read is not null && (step.Side is null || step.Side == side)).Select(step => step.Read!.Value).ToList();
        var word = side == AmountSide.Send ? "send" : "receive";
        return
        [
            .. Once(read, "$.steps", $"each text read once for {word}"),
            .. Check(read.Contains(ReadName.Fee), "$.steps", $"a step that reads the fee for {word}", "none"),
            .. side == AmountSide.Send
                ? Check(read.Contains(ReadName.Received) || read.Contains(ReadName.Rate), "$.steps", "a step that reads received or rate for send", "none")
                : Check(read.Contains(ReadName.Paid) || read.Contains(ReadName.Rate), "$.steps", "a step that reads paid or rate for receive", "none"),
            .. Check(recipe.Checks.MaxAge is null || read.Contains(ReadName.AsOf), "$.checks.max_age", $"null, for nothing reads as_of for {word},", recipe.Checks.MaxAge),
            .. Check(!read.Contains(ReadName.Delivery) || recipe.Deliveries.Count > 0, "$.deliveries", "what the words that are read mean", "none"),
        ];
    }

    private static IEnumerable<string> Of(NumberFormat? numbers) => numbers is null ? [] :
    [
        .. Check(numbers.Decimal is "." or ",", "$.numbers.decimal", "a point or a comma", numbers.Decimal),
        .. Check(numbers.Group is null || Separators.Contains(numbers.Group), "$.numbers.group", "a point, a comma, a blank, an apostrophe or null", numbers.Group),
        .. Check(numbers.Group != numbers.Decimal, "$.numbers.group", "another sign than the decimal one", numbers.Group),
    ];

    private static IEnumerable<string> Of(PageRecipe recipe, RecipeChecks checks) =>
    [
        .. checks.Within is { } within ? OfTemplate(within, "$.checks.within") : [],
        .. recipe.Engine == RecipeEngine.Http && checks.Within is { } scope ? OfCss(scope, "$.checks.within") : [],
        .. checks.MustContain.SelectMany((text, index) => OfText(text, $"$.checks.must_contain[{index}]")),
        .. checks.MustNotContain.SelectMany((text, index) => OfText(text, $"$.checks.must_not_contain[{index}]")),
        .. Check(checks.ToleranceMinorUnits is >= 0 and <= LargestTolerance, "$.checks.tolerance_minor_units", $"0 to {LargestTolerance}", checks.ToleranceMinorUnits),
        .. Check(checks.MaxAge is null || checks.MaxAge > TimeSpan.Zero, "$.checks.max_age", "a duration above 0, or null", checks.MaxAge),
    ];

    private static IEnumerable<string> OfText(string? text, string path) =>
        string.IsNullOrWhiteSpace(text) ? Check(false, path, "a text", text) : OfTemplate(text, path);

    private static IEnumerable<string> OfTemplate(string? template, string path, params string[] also)
    {
        var unknown = RecipeTemplate.Unknown(template ?? "", also).FirstOrDefault();
        return Check(unknown is null, path, $"placeholders among {string.Join(", ", RecipeTemplate.Names.Concat(also).Select(name => $"{{{name}}}"))}", $"{{{unknown}}}");
    }

    private static IEnumerable<string> OfCss(string selector, string path) =>
        Check(new CssSelectorParser().ParseSelector(RecipeTemplate.Sample(selector)) is not null, path, "a CSS selector", selector);

    // Without its date a time would be taken for today's.
    private static bool IsTimeFormat(string format)
    {
        try
        {
            var sample = new DateTime(2026, 11, 28, 17, 45, 0, DateTimeKind.Unspecified);
            var text = sample.ToString(format, CultureInfo.InvariantCulture);
            return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var read) && read == sample;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsPage(string address) =>
        Uri.TryCreate(RecipeTemplate.Sample(address), UriKind.Absolute, out var page) && page.Scheme is "http" or "https" &&
        Regex.IsMatch(address, "^https?://[^/?#{}@]+([/?#]|$)", RegexOptions.CultureInvariant);
}
