using Cambist.App.Quotes.Recipes;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Quotes.Recipes;

public sealed class PageNumbersTests
{
    [Theory]
    [InlineData("1.234,56 €", ",", ".", "1234.56")]
    [InlineData("1,234.56", ".", ",", "1234.56")]
    [InlineData("1 234,56", ",", " ", "1234.56")]
    [InlineData("1\u00a0234,56\u00a0€", ",", " ", "1234.56")]
    [InlineData("1\u202f234,56", ",", " ", "1234.56")]
    [InlineData("1'234.56", ".", "'", "1234.56")]
    [InlineData("CHF 1’234’567.80", ".", "'", "1234567.80")]
    [InlineData("12,34,567.89", ".", ",", "1234567.89")]
    [InlineData("Rs.500", ".", ",", "500")]
    [InlineData("€0,99", ",", ".", "0.99")]
    [InlineData("1'234.-", ".", "'", "1234")]
    [InlineData("100,–", ",", ".", "100")]
    [InlineData("150000 JPY", ".", null, "150000")]
    [InlineData("1.0845", ".", ",", "1.0845")]
    // The same letters are two numbers, and only the declared format decides.
    [InlineData("1.234", ".", ",", "1.234")]
    [InlineData("1.234", ",", ".", "1234")]
    [InlineData("0", ".", ",", "0")]
    public void A_number_is_what_the_declared_format_says(string text, string @decimal, string? group, string expected) =>
        Assert.Equal(expected, FormattableString.Invariant($"{PageNumbers.Read(text, new NumberFormat(@decimal, group))}"));

    [Theory]
    [InlineData("", "a number")]
    [InlineData("free", "a number")]
    [InlineData("-5", "0 or more")]
    [InlineData("−5.00", "0 or more")]
    [InlineData("(5.00)", "0 or more")]
    [InlineData("5.00-", "0 or more")]
    [InlineData("١٬٢٣٤٫٥٦", "digits 0 to 9")]
    [InlineData("１２３", "digits 0 to 9")]
    [InlineData("1 EUR = 1.0845 USD", "one number")]
    [InlineData("1.234,56", "one number")]
    [InlineData("1,23.45", "one number")]
    [InlineData("1,2345", "one number")]
    [InlineData("1234,567", "one number")]
    [InlineData("1 234.56", "one number")]
    [InlineData("1.2.3", "one number")]
    [InlineData("1e5", "one number")]
    [InlineData(".99", "a digit before")]
    [InlineData("€ .99", "a digit before")]
    [InlineData("99999999999999999999999999999999", "one number")]
    public void What_is_written_otherwise_is_refused_and_shown(string text, string expected)
    {
        var fault = Assert.Throws<FormatException>(() => PageNumbers.Read(text, new NumberFormat(".", ",")));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", ".", ",")]
    [InlineData("en-GB", ".", ",")]
    [InlineData("de", ",", ".")]
    [InlineData("de_DE", ",", ".")]
    [InlineData("DE-ch", ".", "'")]
    [InlineData("fr-FR", ",", " ")]
    [InlineData("es-MX", ".", ",")]
    public void The_language_of_a_page_tells_its_format(string language, string @decimal, string group) =>
        Assert.Equal(new NumberFormat(@decimal, group), PageNumbers.Of(language));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tlh")]
    [InlineData("ar-EG")]
    [InlineData("en-ZA")]
    public void A_language_that_does_not_tell_is_not_guessed(string? language) => Assert.Null(PageNumbers.Of(language));

    [Fact]
    public void Every_amount_is_read_as_it_was_written_in_every_format() =>
        Gen.Select(Gen.Int[0, 999_999_999], Gen.Int[0, 99], Gen.Int[0, 1].Select(at => ".,"[at..(at + 1)]), Gen.Int[0, 3].Select(at => "., '"[at..(at + 1)]))
            .Where((_, _, point, group) => point != group)
            .Sample((whole, cents, point, group) =>
            {
                var text = $"{whole.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture).Replace(",", group, StringComparison.Ordinal)}{point}{cents:00} EUR";
                return PageNumbers.Read(text, new NumberFormat(point, group)) == whole + cents / 100m;
            });
}
