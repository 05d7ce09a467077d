using System.Globalization;
using Cambist.Domain.Rates;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Rates;

public sealed class RateDigitsTests
{
    [Theory]
    [InlineData("0.8247144559", "0.82471446")]
    [InlineData("1.10", "1.1")]
    [InlineData("150.3756789012", "150.37568")]
    [InlineData("89500", "89500")]
    [InlineData("12345678.9", "12345679")]
    [InlineData("9.99999999", "10")]
    [InlineData("0.00001117318435754", "0.000011173184")]
    [InlineData("0.0009999999999", "0.001")]
    [InlineData("1000", "1000")]
    [InlineData("0.001", "0.001")]
    public void Eight_significant_digits_are_kept_without_trailing_zeros(string rate, string rounded) =>
        Assert.Equal(rounded, RateDigits.Round(Number(rate)).ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("123456789012.5", "123456789012")] // Whole units stay.
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("0.0000000000000000000000123456", "0.0000000000000000000000123456")]
    public void The_largest_and_smallest_decimals_have_their_digits_too(string rate, string rounded) =>
        Assert.Equal(rounded, RateDigits.Round(Number(rate)).ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void A_rounded_rate_is_within_half_of_the_eighth_digit_and_stays() =>
        Gen.Select(Gen.Double[-27, 28], Gen.Long[1, 99_999_999_999]).Sample((exponent, digits) =>
        {
            var rate = (decimal)Math.Pow(10, exponent) * (digits / 100_000_000_000m);
            return rate == 0m
                || Math.Abs(RateDigits.Round(rate) - rate) <= Math.Max(rate * 0.5e-7m, 0.5e-28m) && RateDigits.Round(RateDigits.Round(rate)) == RateDigits.Round(rate);
        });

    [Theory]
    [InlineData("0")]
    [InlineData("-1.1")]
    public void A_rate_is_above_zero(string rate) => Assert.Throws<ArgumentOutOfRangeException>(() => RateDigits.Round(Number(rate)));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
