using System.Reflection;
using Cambist.Domain.Currencies;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Currencies;

public sealed class MoneyTests
{
    private static readonly Currency Eur = Currency.Parse("EUR");
    private static readonly Currency Usd = Currency.Parse("USD");

    [Fact]
    public void No_operator_takes_two_amounts_but_equality()
    {
        var operators = typeof(Money).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.IsSpecialName && method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Where(method => method.GetParameters().Count(parameter => parameter.ParameterType == typeof(Money)) == 2)
            .Select(method => method.Name);

        Assert.Equal(["op_Equality", "op_Inequality"], operators.Order());
    }

    [Fact]
    public void Amounts_of_two_currencies_are_not_added_or_subtracted()
    {
        var error = Assert.Throws<CurrencyMismatchException>(() => new Money(1m, Eur).Plus(new Money(1m, Usd)));

        Assert.Equal((Eur, Usd), (error.Expected, error.Found));
        Assert.Throws<CurrencyMismatchException>(() => new Money(1m, Eur).Minus(new Money(1m, Usd)));
    }

    [Fact]
    public void What_is_added_can_be_taken_off_again() => Gen.Select(Gen.Long, Gen.Long).Sample((cents, moreCents) =>
    {
        var money = new Money(cents / 100m, Eur);
        var more = new Money(moreCents / 100m, Eur);
        return money.Plus(more).Minus(more) == money && money.Plus(more) == more.Plus(money) && money.Plus(-money) == Money.Zero(Eur);
    });

    [Fact]
    public void Arithmetic_throws_rather_than_wrap()
    {
        var largest = new Money(decimal.MaxValue, Eur);

        Assert.Throws<OverflowException>(() => largest.Plus(new Money(1m, Eur)));
        Assert.Throws<OverflowException>(() => (-largest).Minus(new Money(1m, Eur)));
        Assert.Throws<OverflowException>(() => largest * 2m);
    }

    [Fact]
    public void The_same_amount_with_more_decimals_is_equal()
    {
        Assert.Equal(new Money(5m, Usd), new Money(5.00m, Usd));
        Assert.NotEqual(new Money(5m, Usd), new Money(5m, Eur));
    }

    [Theory]
    [InlineData("USD", "5", "5.00 USD")]
    [InlineData("JPY", "5", "5 JPY")]
    [InlineData("JPY", "5.5", "6 JPY")]
    [InlineData("KWD", "5", "5.000 KWD")]
    [InlineData("KWD", "1.2345", "1.234 KWD")] // Halves go to even.
    [InlineData("USD", "2.675", "2.68 USD")]
    [InlineData("USD", "2.665", "2.66 USD")]
    [InlineData("USD", "-0.001", "0.00 USD")]
    public void Rounding_goes_to_the_minor_unit_and_pads_the_decimals(string code, string amount, string expected) =>
        Assert.Equal(expected, MoneyOf(amount, code).Rounded().ToString());

    [Theory]
    [InlineData("USD", "2.679", "2.67", "2.68")]
    [InlineData("USD", "-2.671", "-2.68", "-2.67")]
    [InlineData("JPY", "149.9", "149", "150")]
    [InlineData("KWD", "1.2301", "1.230", "1.231")]
    [InlineData("USD", "2.67", "2.67", "2.67")]
    public void What_arrives_is_rounded_down_and_what_is_paid_up(string code, string amount, string down, string up)
    {
        Assert.Equal($"{down} {code}", MoneyOf(amount, code).RoundedDown().ToString());
        Assert.Equal($"{up} {code}", MoneyOf(amount, code).RoundedUp().ToString());
    }

    [Fact]
    public void Rounding_moves_an_amount_by_less_than_its_smallest_unit() =>
        Gen.Select(Gen.Long, Gen.Int[0, 6], Gen.OneOf(Iso4217.All.ToArray())).Sample((digits, scale, currency) =>
        {
            var money = new Money(digits / (decimal)Math.Pow(10, scale), currency);
            var (down, up) = (money.RoundedDown(), money.RoundedUp());
            return down.Amount <= money.Amount && money.Amount <= up.Amount
                && money.Amount - down.Amount < currency.SmallestAmount && up.Amount - money.Amount < currency.SmallestAmount
                && down.FitsMinorUnit() && up.FitsMinorUnit() && money.FitsMinorUnit() == (down == up)
                && down.Amount.Scale == currency.MinorUnits;
        });

    private static Money MoneyOf(string amount, string code) =>
        new(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), Currency.Parse(code));
}
