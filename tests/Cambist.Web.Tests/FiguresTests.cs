using Cambist.Client;
using Xunit;

namespace Cambist.Web.Tests;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("4583.584", "EUR", "4,583.58 EUR")]
    [InlineData("5000", "USD", "5,000.00 USD")]
    [InlineData("-0.5", "USD", "−0.50 USD")]
    [InlineData("1.5", "QQQ", "1.5 QQQ")]
    public void Money_has_the_decimals_of_its_currency(string amount, string currency, string text)
    {
        Assert.Equal(text, Figures.Money(new MoneyValue(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency)));
    }

    [Theory]
    [InlineData("0.920741", "0.92074")]
    [InlineData("1.08654", "1.08654")]
    [InlineData("156.234", "156.234")]
    [InlineData("16234.56", "16234.6")]
    [InlineData("0.0000612341", "0.000061234")]
    public void Rates_of_every_size_have_about_the_same_precision(string rate, string text)
    {
        Assert.Equal(text, Figures.Rate(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(59.9, "59 s")]
    [InlineData(252, "4 min")]
    [InlineData(54000, "15 h")]
    [InlineData(200000, "2 days")]
    public void Ages_are_rounded_down(double seconds, string text)
    {
        Assert.Equal(text, Figures.Age(seconds));
    }

    [Fact]
    public void A_small_loss_does_not_round_to_minus_nothing()
    {
        Assert.Equal("0.00 %", Figures.BpsAsPercent(-0.1));
    }
}
