using Cambist.Domain.Evaluation.Advice;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation.Advice;

public sealed class OneWayTradingTests
{
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1.1715729)] // c = 2 − 2 √(c − 1), so √(c − 1) = √2 − 1.
    [InlineData(1_000_000, 1.2784645)] // Without end c = ln(1 / (c − 1)).
    public void The_ratio_of_prices_between_one_and_two_is_the_root_of_its_equation(int days, double ratio) =>
        Assert.Equal(ratio, OneWayTrading.Ratio(days, 1, 2), 1e-6);

    [Fact]
    public void Where_the_price_cannot_move_there_is_nothing_to_lose() => Assert.Equal(1, OneWayTrading.Ratio(7, 1.1, 1.1));

    [Fact]
    public void Shares_sum_to_one_and_none_is_below_zero() => Games.Sample(game =>
    {
        var shares = OneWayTrading.Shares(game, 1, 2);
        Assert.Equal(1, shares.Sum(), 1e-9);
        Assert.All(shares, share => Assert.True(share >= 0));
    });

    [Fact]
    public void Whatever_prices_come_within_the_bounds_it_has_the_best_of_them_over_the_ratio() => Games.Sample(game =>
    {
        var brought = OneWayTrading.Shares(game, 1, 2).Zip(game, (share, price) => share * price).Sum();
        Assert.True(brought >= game.Max() / OneWayTrading.Ratio(game.Length, 1, 2) - 1e-9, $"{brought} of {string.Join(", ", game)}");
    });

    [Fact]
    public void Prices_that_rise_to_the_upper_bound_and_drop_use_up_the_amount()
    {
        // The worst game has x_i = p_i − m in geometric progression, and the last price at m.
        const int days = 4;
        var ratio = OneWayTrading.Ratio(days, 1, 2);
        var rises = Enumerable.Range(1, days).Select(i => 1 + Math.Pow(ratio - 1, 1 - i / (double)days)).Append(1.0).ToArray();

        Assert.InRange(OneWayTrading.Shares(rises, 1, 2)[^1], 0, 0.12);
    }

    private static Gen<double[]> Games => Gen.Double[1, 2].Array[1, 30];
}
