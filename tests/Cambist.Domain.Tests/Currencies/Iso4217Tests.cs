using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.Domain.Tests.Currencies;

/// <summary>Numbers from ISO 4217 List One as of 2026-02-01 (six-group.com, "data standards").</summary>
public sealed class Iso4217Tests
{
    [Theory]
    [InlineData("AUD", 36, 2)]
    [InlineData("CHF", 756, 2)]
    [InlineData("CLF", 990, 4)]
    [InlineData("EUR", 978, 2)]
    [InlineData("GBP", 826, 2)]
    [InlineData("JPY", 392, 0)]
    [InlineData("KWD", 414, 3)]
    [InlineData("MGA", 969, 2)]
    [InlineData("SLE", 925, 2)]
    [InlineData("USD", 840, 2)]
    [InlineData("UYW", 927, 4)]
    [InlineData("VED", 926, 2)]
    [InlineData("XCG", 532, 2)]
    [InlineData("ZWG", 924, 2)]
    public void A_currency_has_its_number_and_minor_units(string code, int numericCode, int minorUnits)
    {
        var currency = Currency.Parse(code);

        Assert.Equal((code, numericCode, minorUnits), (currency.Code, currency.NumericCode, currency.MinorUnits));
    }

    [Theory]
    [InlineData(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")]
    [InlineData(3, "BHD IQD JOD KWD LYD OMR TND")]
    [InlineData(4, "CLF UYW")]
    public void These_and_no_others_differ_from_two_decimals(int minorUnits, string codes) =>
        Assert.Equal(codes, string.Join(' ', Iso4217.All.Where(currency => currency.MinorUnits == minorUnits)));

    [Fact]
    public void Every_currency_that_is_not_listed_otherwise_has_two_decimals() =>
        Assert.All(Iso4217.All, currency => Assert.Contains(currency.MinorUnits, new[] { 0, 2, 3, 4 }));

    [Fact]
    public void There_are_157_currencies_each_with_its_own_code_and_number()
    {
        Assert.Equal(157, Iso4217.All.Select(currency => currency.Code).Distinct().Count());
        Assert.Equal(157, Iso4217.All.Select(currency => currency.NumericCode).Distinct().Count());
        Assert.All(Iso4217.All, currency => Assert.Matches("^[A-Z]{3}$", currency.Code));
        Assert.All(Iso4217.All, currency => Assert.NotEmpty(currency.Name));
    }

    [Fact]
    public void All_are_in_the_order_of_their_codes() =>
        Assert.Equal(Iso4217.All.OrderBy(currency => currency.Code, StringComparer.Ordinal), Iso4217.All);

    [Theory]
    [InlineData("BGN")] // The euro since 2026-01-01.
    [InlineData("ANG")] // XCG since 2025.
    [InlineData("HRK")]
    [InlineData("CUC")]
    [InlineData("SLL")]
    [InlineData("ZWL")]
    public void A_withdrawn_currency_is_not_found(string code) => Assert.False(Iso4217.TryGet(code, out _));

    [Theory]
    [InlineData("XAU")]
    [InlineData("XTS")]
    [InlineData("XXX")]
    [InlineData("USN")]
    public void What_nobody_is_paid_in_is_not_found(string code) => Assert.False(Iso4217.TryGet(code, out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("EU")]
    [InlineData("EURO")]
    [InlineData(" EUR")]
    [InlineData("uſd")] // The long s is an s to some case-insensitive comparisons.
    public void What_is_no_code_is_not_found(string? text) => Assert.False(Iso4217.TryGet(text, out _));

    [Theory]
    [InlineData("eur")]
    [InlineData("Eur")]
    [InlineData("EUR")]
    public void A_code_is_found_in_any_case_and_is_always_the_same_currency(string code) =>
        Assert.Same(Iso4217.All.Single(currency => currency.NumericCode == 978), Currency.Parse(code));

    [Fact]
    public void An_unknown_code_is_named_in_the_error()
    {
        var error = Assert.Throws<FormatException>(() => Currency.Parse("EU"));

        Assert.Contains("'EU'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JPY", "1")]
    [InlineData("USD", "0.01")]
    [InlineData("KWD", "0.001")]
    [InlineData("CLF", "0.0001")]
    public void The_smallest_amount_follows_from_the_minor_units(string code, string amount) =>
        Assert.Equal(amount, Currency.Parse(code).SmallestAmount.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_withdrawn_currency_is_read_only_from_what_was_noted_down()
    {
        Assert.False(Currency.TryParse("HRK", out _));
        Assert.DoesNotContain(Iso4217.All, currency => currency.Code == "HRK");
        Assert.Equal(("HRK", false, true), (Currency.ParseNoted("HRK").Code, Currency.ParseNoted("HRK").IsActive, Currency.ParseNoted("EUR").IsActive));
        Assert.Same(Currency.ParseNoted("HRK"), CurrencyPair.ParseNoted("HRKEUR").Base);
        Assert.Throws<FormatException>(() => Currency.ParseNoted("QQQ"));
        Assert.Throws<FormatException>(() => CurrencyPair.ParseNoted("HRK/EUR"));
    }
}
