using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.Domain.Tests.Currencies;

public sealed class CurrencyPairTests
{
    [Theory]
    [InlineData("EUR/USD")]
    [InlineData("EUR-USD")]
    [InlineData("EUR_USD")]
    [InlineData("EURUSD")]
    [InlineData("eurUsd")]
    public void A_pair_is_read_with_and_without_a_separator(string text)
    {
        var pair = CurrencyPair.Parse(text);

        Assert.Equal(("EUR", "USD", "EURUSD", "EUR/USD"), (pair.Base.Code, pair.Quote.Code, pair.Symbol, pair.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("EUR")]
    [InlineData("EUR USD")]
    [InlineData("EUR//USD")]
    [InlineData("EUR/BGN")]
    [InlineData("EUR/EUR")]
    public void What_is_no_pair_is_refused(string? text)
    {
        Assert.False(CurrencyPair.TryParse(text, out _));
        Assert.Throws<FormatException>(() => CurrencyPair.Parse(text!));
    }

    [Fact]
    public void A_currency_is_no_pair_with_itself() =>
        Assert.Throws<ArgumentException>(() => new CurrencyPair(Currency.Parse("EUR"), Currency.Parse("EUR")));

    [Fact]
    public void The_inverse_of_the_inverse_is_the_same_pair()
    {
        var pair = CurrencyPair.Parse("EUR/USD");

        Assert.Equal("USD/EUR", pair.Inverse.ToString());
        Assert.Equal(pair, pair.Inverse.Inverse);
        Assert.Equal(pair.GetHashCode(), pair.Inverse.Inverse.GetHashCode());
    }

    [Fact]
    public void A_pair_has_its_two_currencies_and_no_other()
    {
        var has = Iso4217.All.Where(CurrencyPair.Parse("EUR/USD").Has).Select(currency => currency.Code);

        Assert.Equal(["EUR", "USD"], has);
    }
}
