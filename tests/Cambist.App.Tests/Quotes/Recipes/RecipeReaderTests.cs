using Cambist.App.Quotes.Recipes;
using Cambist.Domain.Quotes;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Quotes.Recipes;

public sealed class RecipeReaderTests
{
    [Fact]
    public void Every_member_reaches_the_recipe()
    {
        var recipe = BankPage.Example();

        Assert.Equal(("example-bank", "example-bank", ProviderKind.Bank), (recipe.Id, recipe.Provider, recipe.Kind));
        Assert.Equal((FeeMode.Deducted, PayMethod.BankTransfer, RecipeEngine.Http), (recipe.FeeMode, recipe.PayIn, recipe.Engine));
        Assert.Equal([AmountSide.Send], recipe.Sides);
        Assert.Equal(TimeSpan.FromMinutes(1), recipe.Gap);
        Assert.Equal(8, recipe.Steps.Count);
        Assert.Equal((ReadName.Rate, "#result .rate", "= ([0-9.,]+) [A-Z]{3}"), (recipe.Steps[4].Read!.Value, recipe.Steps[4].Selector, recipe.Steps[4].Pattern!.ToString()));
        Assert.Equal(new NumberFormat(".", ","), recipe.Numbers);
        Assert.Equal(TimeSpan.FromDays(2), recipe.Deliveries[1].Time.Slowest);
        Assert.Equal((1, TimeSpan.FromHours(1)), (recipe.Checks.ToleranceMinorUnits, recipe.Checks.MaxAge));
    }

    [Theory]
    [InlineData("\"id\": \"example-bank\"", "\"id\": \"Example Bank\"", "$.id", "lower-case words", "\"Example Bank\"")]
    [InlineData("\"kind\": \"bank\"", "\"kind\": \"casino\"", "$.kind", "one of bank, fintech", "\"casino\"")]
    [InlineData("\"http\"", "\"telnet\"", "$.engine", "one of browser, http", "\"telnet\"")]
    [InlineData("[\"send\"]", "[]", "$.sides", "at least one of send, receive", "none")]
    [InlineData("[\"send\"]", "[\"buy\"]", "$.sides[0]", "one of send, receive", "\"buy\"")]
    [InlineData("\"title\"", "\"colour\": 1, \"title\"", "$.colour", "colour", "could not be mapped")]
    [InlineData("\"note\": \"An", "\"nota\": \"An", "$.nota", "nota", "could not be mapped")]
    [InlineData("https://bank.example/", "https://{country}.example/", "$.address", "whose host has no placeholder", "{country}")]
    [InlineData("https://bank.example/", "file:///etc/", "$.address", "an http or https address", "file:")]
    [InlineData("amount={amount}", "amount={sum}", "$.address", "placeholders among {from}", "{sum}")]
    [InlineData("\"PT1M\"", "\"PT0S\"", "$.gap", "one second or more", "00:00:00")]
    [InlineData("{ \"go\": \"{address}\" },", "", "$.steps[0]", "go as the first step", "another")]
    [InlineData("{ \"go\": \"{address}\" }", "null", "$.steps[0]", "go as the first step", "another")]
    [InlineData("\"wait\": \"#result h2\"", "\"wait\": \"#result h2\", \"click\": \"#x\"", "$.steps[1]", "exactly one of go, dismiss", "click and wait")]
    [InlineData("\"wait\": \"#result h2\", ", "", "$.steps[1]", "exactly one of go, dismiss", "none")]
    [InlineData("{ \"wait\": \"#result h2\", \"text\": \"^You send\" }", "{ \"click\": \"#go\" }", "$.steps[1]", "for the engine is http", "click")]
    [InlineData("\"text\": \"^You send\"", "\"with\": \"{amount}\"", "$.steps[1].with", "belongs to fill", "wait")]
    [InlineData(", \"selector\": \"#result .paid\"", "", "$.steps[2].selector", "what read needs", "nothing")]
    [InlineData("\"#result .paid\"", "\"#result .paid\", \"none\": \"free\"", "$.steps[2].none", "nothing but at a fee", "read")]
    [InlineData("\"#result .paid\"", "\"#result .paid\", \"side\": \"receive\"", "$.steps[2].side", "a side of the recipe", "Receive")]
    [InlineData("\"#result .paid\"", "\"#result .[\"", "$.steps[2].selector", "a CSS selector", "#result .[")]
    [InlineData("\"paid\"", "\"sum\"", "$.steps[2].read", "one of rate, fee, paid, received, delivery, as_of", "\"sum\"")]
    [InlineData("\"paid\"", "\"rate\"", "$.steps", "each text read once for send", "Rate twice")]
    [InlineData("{ \"read\": \"fee\", \"selector\": \"#result .fee\", \"none\": \"^(free|no fee)$\" },", "", "$.steps", "a step that reads the fee", "none")]
    [InlineData("\"^You send\"", "\"^You (send\"", "$.steps[1].text", "a regular expression", "^You (send")]
    [InlineData("\"decimal\": \".\"", "\"decimal\": \"·\"", "$.numbers.decimal", "a point or a comma", "·")]
    [InlineData("\"group\": \",\"", "\"group\": \".\"", "$.numbers.group", "another sign than the decimal one", ".")]
    [InlineData("\"times\": null", "\"times\": { \"format\": \"HH:mm\", \"zone\": \"Europe/Berlin\" }", "$.times.format", "a format of date and time", "HH:mm")]
    [InlineData("\"slowest\": \"P2D\"", "\"slowest\": \"PT1H\"", "$.deliveries[1].time.slowest", "at least the fastest", "01:00:00")]
    [InlineData("\"tolerance_minor_units\": 1", "\"tolerance_minor_units\": 101", "$.checks.tolerance_minor_units", "0 to 100", "101")]
    [InlineData("[\"{from}\", \"{to}\"]", "[\"\"]", "$.checks.must_contain[0]", "a text", "\"\"")]
    public void A_fault_is_refused_and_named(string good, string bad, string path, string expected, string found)
    {
        var fault = Assert.Throws<FormatException>(() => BankPage.Example((good, bad)));

        Assert.StartsWith($"example.json: {path}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains(found, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_amount_needs_a_declared_format()
    {
        var fault = Assert.Throws<FormatException>(() => BankPage.Example(
            ("\"http\"", "\"browser\""), ("{ \"decimal\": \".\", \"group\": \",\" }", "null"), ("{ \"wait\"", "{ \"fill\": \"#amount\", \"with\": \"{amount_local}\" }, { \"wait\"")));

        Assert.StartsWith("example.json: $.numbers: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shipped_recipe_is_read_and_named_after_its_id() =>
        Assert.All(PageRecipes.Load(null), recipe => Assert.True(File.Exists(RepositoryRoot.Combine("src", "Cambist.App", "Quotes", "Recipes", $"{recipe.Id}.json"))));

    [Fact]
    public void The_operators_recipes_stand_beside_those_that_are_shipped()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("own.json"), BankPage.Json(("\"id\": \"example-bank\"", "\"id\": \"own-bank\"")));

        Assert.Equal(["example-bank", "own-bank"], PageRecipes.Load(folder.Path).Select(recipe => recipe.Id));
    }

    [Fact]
    public void A_doubled_id_fails_loudly_and_names_both_files()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("own.json"), BankPage.Json());

        var fault = Assert.Throws<FormatException>(() => PageRecipes.Load(folder.Path));

        Assert.Equal($"{folder.File("own.json")}: $.id: an id of its own was expected, found \"example-bank\", which recipes/example-bank.json has too.", fault.Message);
    }
}
