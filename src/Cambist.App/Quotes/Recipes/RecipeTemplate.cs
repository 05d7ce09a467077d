using System.Globalization;
using System.Text.RegularExpressions;
using Cambist.App.Quotes.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Recipes;

/// <summary>Texts of a recipe in which names in braces stand for the question.</summary>
internal static partial class RecipeTemplate
{
    /// <summary>The names that every text may have.</summary>
    public static readonly string[] Names = ["from", "to", "from_lower", "to_lower", "amount", "amount_local", "side", "country"];

    /// <summary>The names in the text that stand for nothing.</summary>
    public static IEnumerable<string> Unknown(string template, params string[] also) =>
        Placeholder.Matches(template).Select(match => match.Groups[1].Value).Except(Names).Except(also);

    /// <summary>Whether the text needs this name.</summary>
    public static bool Needs(string template, string name) => template.Contains($"{{{name}}}", StringComparison.Ordinal);

    /// <summary>The text with a letter for each name, to see whether it has the right form.</summary>
    public static string Sample(string template) => Placeholder.Replace(template, "x");

    /// <summary>What the names stand for in a question.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="numbers">How the page writes numbers; null where only the page tells.</param>
    public static IReadOnlyDictionary<string, string> Values(QuoteAsk ask, NumberFormat? numbers)
    {
        var (from, to, amount) = (ask.Pair.Base.Code, ask.Pair.Quote.Code, Digits(ask.Amount));
        return new Dictionary<string, string>
        {
            ["from"] = from,
            ["to"] = to,
            ["from_lower"] = from.ToLowerInvariant(),
            ["to_lower"] = to.ToLowerInvariant(),
            ["amount"] = amount,
            ["amount_local"] = amount.Replace(".", numbers?.Decimal ?? ".", StringComparison.Ordinal),
            ["side"] = ask.Side == AmountSide.Send ? "send" : "receive",
            ["country"] = ask.Country ?? "",
        };
    }

    /// <summary>The text with the values in their places.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        Placeholder.Replace(template, match => values[match.Groups[1].Value]);

    /// <summary>The address with the values in their places, escaped as parts of an address are.</summary>
    public static string FillAddress(string template, IReadOnlyDictionary<string, string> values) =>
        Placeholder.Replace(template, match => Uri.EscapeDataString(values[match.Groups[1].Value]));

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder { get; }

    // As a person types it: whole units without decimals, else all decimals of the currency. Never a digit less than was asked.
    private static string Digits(Money amount) => decimal.IsInteger(amount.Amount)
        ? amount.Amount.ToString("0", CultureInfo.InvariantCulture)
        : (amount.FitsMinorUnit() ? amount.Rounded().Amount : amount.Amount).ToString(CultureInfo.InvariantCulture);
}
