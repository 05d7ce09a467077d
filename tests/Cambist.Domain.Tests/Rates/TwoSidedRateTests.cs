using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Rates;

public sealed class TwoSidedRateTests
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");

    [Theory]
    [InlineData("1.0866", "1.0865")] // Crossed.
    [InlineData("0", "1.0865")]
    [InlineData("-1", "1.0865")]
    [InlineData("-2", "-1")]
    [InlineData("0", "0")]
    public void A_crossed_or_non_positive_quote_is_refused(string bid, string ask) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoSidedRate(EurUsd, Number(bid), Number(ask)));

    [Fact]
    public void Mid_is_halfway_and_the_spread_is_told_in_basis_points_of_it()
    {
        var rate = new TwoSidedRate(EurUsd, 0.9999m, 1.0001m);

        Assert.Equal((1m, 2m), (rate.Mid, rate.SpreadBps));
    }

    [Fact]
    public void A_rate_at_mid_has_no_spread() => Assert.Equal(0m, TwoSidedRate.AtMid(EurUsd, 1.0865m).SpreadBps);

    [Fact]
    public void The_inverse_changes_bid_and_ask()
    {
        var inverse = new TwoSidedRate(EurUsd, 1.25m, 1.6m).Inverse();

        Assert.Equal(("USD/EUR", 0.625m, 0.8m), (inverse.Pair.ToString(), inverse.Bid, inverse.Ask));
    }

    [Fact]
    public void The_inverse_of_the_inverse_is_the_rate_within_1e_minus_20() => Rates(EurUsd).Sample(rate =>
    {
        var twice = rate.Inverse().Inverse();
        return twice.Pair == rate.Pair && Near(twice.Bid, rate.Bid) && Near(twice.Ask, rate.Ask);
    });

    [Fact]
    public void A_cross_is_no_better_than_its_legs() => Gen.Select(Rates(EurUsd), Rates(UsdJpy)).Sample((first, second) =>
    {
        var cross = first.Times(second);
        return cross.Pair == CurrencyPair.Parse("EUR/JPY")
            && cross.Bid == first.Bid * second.Bid && cross.Ask == first.Ask * second.Ask
            && cross.SpreadBps >= Math.Max(first.SpreadBps, second.SpreadBps) - 1e-15m;
    });

    [Fact]
    public void There_and_back_over_a_cross_costs_and_never_earns() => Gen.Select(Rates(EurUsd), Rates(UsdJpy)).Sample((first, second) =>
    {
        var cross = first.Times(second);
        return cross.Bid * cross.Inverse().Bid <= 1m + 1e-20m;
    });

    [Fact]
    public void Rates_that_do_not_meet_make_no_cross()
    {
        var rate = TwoSidedRate.AtMid(EurUsd, 1.0865m);

        Assert.Throws<ArgumentException>(() => rate.Times(rate));
        Assert.Throws<ArgumentException>(() => rate.Times(rate.Inverse())); // Back to the start is no pair.
    }

    [Fact]
    public void Only_the_base_currency_is_converted()
    {
        var rate = new TwoSidedRate(EurUsd, 1.08m, 1.10m);

        Assert.Equal(new Money(109m, EurUsd.Quote), rate.ConvertAtMid(new Money(100m, EurUsd.Base)));
        Assert.Throws<CurrencyMismatchException>(() => rate.ConvertAtMid(new Money(100m, EurUsd.Quote)));
    }

    // From 0.0001 to 100,000, spread up to 10 %: wider than any pair of List One but a few, whose rates are quoted the other way round.
    private static Gen<TwoSidedRate> Rates(CurrencyPair pair) =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Int[0, 1000], (pips, spread) => new TwoSidedRate(pair, pips / 10_000m, pips / 10_000m * (1m + spread / 10_000m)));

    // Relative: a decimal has 28 places after the point, so the inverse of 100,000 keeps 23 digits.
    private static bool Near(decimal left, decimal right) => Math.Abs(left / right - 1m) <= 1e-20m;

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
