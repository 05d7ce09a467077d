using Cambist.App.Quotes.Recipes;
using Cambist.App.Quotes.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.TestKit;

namespace Cambist.App.Tests.Quotes.Recipes;

/// <summary>A page that imitates a bank's calculator, and the shipped example that reads it; every figure is invented.</summary>
internal static class BankPage
{
    public const string Path = "/calculator";

    public static readonly DateTimeOffset Now = new(2026, 3, 27, 14, 35, 0, TimeSpan.Zero);

    public static readonly QuoteAsk Ask = Asks("1000");

    /// <summary>1,000.00 EUR less 3.90 at 1.0845 are 1,080.27 USD.</summary>
    public const string Html = """
        <!doctype html><html lang="en"><title>Calculator</title><body>
        <script>var words = "temporarily unavailable";</script>
        <div id="result"><h2>You send EUR to a USD account</h2>
        <p class="paid">1,000.00 EUR</p><p class="fee">3.90 EUR</p><p class="rate">1 EUR = 1.0845 USD</p><p class="received">1,080.27 USD</p>
        <p class="delivery">1-2 business days</p><time datetime="2026-03-27T14:30:00Z">14:30</time></div></body></html>
        """;

    public static QuoteAsk Asks(string amount, string from = "EUR", string to = "USD", AmountSide side = AmountSide.Send, string? country = "DE")
    {
        var pair = new CurrencyPair(Currency.Parse(from), Currency.Parse(to));
        var currency = side == AmountSide.Send ? pair.Base : pair.Quote;
        return new QuoteAsk(pair, side, new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency), country);
    }

    /// <summary>The shipped example, with some of its text changed.</summary>
    public static PageRecipe Example(params (string Good, string Other)[] changes) => RecipeReader.Read(Json(changes), "example.json");

    /// <summary>The text of the shipped example, with some of it changed.</summary>
    public static string Json(params (string Good, string Other)[] changes) => changes.Aggregate(
        File.ReadAllText(RepositoryRoot.Combine("src", "Cambist.App", "Quotes", "Recipes", "example-bank.json")),
        (json, change) =>
        {
            var at = json.IndexOf(change.Good, StringComparison.Ordinal);
            Xunit.Assert.True(at >= 0, $"'{change.Good}' is not in the example.");
            return json[..at] + change.Other + json[(at + change.Good.Length)..];
        });
}
