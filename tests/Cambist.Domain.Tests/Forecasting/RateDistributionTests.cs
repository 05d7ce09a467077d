using Cambist.Domain.Forecasting;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class RateDistributionTests
{
    [Fact]
    public void The_published_quantiles_are_those_of_Student()
    {
        // 5 degrees of freedom: t(0.975) = 2.5706 (NIST/SEMATECH e-Handbook, 1.3.6.7.2).
        var rate = new RateDistribution(1.1, 0.01, new StudentShape(scale: 0.8, degreesOfFreedom: 5));

        Assert.Equal(1.1 * Math.Exp(0.01 * 0.8 * 2.5706), rate.Quantile(0.975), tolerance: 1e-6);
        Assert.Equal(1.1 * Math.Exp(-0.01 * 0.8 * 2.5706), rate.Quantile(0.025), tolerance: 1e-6);
        Assert.Equal((1.1, 1.1), (rate.Mean, rate.Quantile(0.5)));
        Assert.Equal(1.1 * 0.01 * 0.8 * Math.Sqrt(5.0 / 3), rate.Std, tolerance: 1e-12);
    }

    [Fact]
    public void The_probability_above_a_quantile_is_the_rest() =>
        Gen.Select(Gen.Double[0.001, 0.999], Gen.Double[0.0001, 0.2], Gen.Double[2.1, 50]).Sample((probability, volatility, degrees) =>
        {
            var rate = new RateDistribution(1.1, volatility, new StudentShape(0.9, degrees));
            return Math.Abs(rate.ProbabilityAbove(rate.Quantile(probability)) - (1 - probability)) < 1e-9;
        });

    [Fact]
    public void The_rate_is_above_the_spot_with_a_probability_of_exactly_one_half() =>
        Gen.Select(Gen.Double[1e-6, 1e6], Gen.Double[0.0001, 0.2]).Sample((spot, volatility) =>
            new RateDistribution(spot, volatility, new StudentShape(0.9, 5)).ProbabilityAbove(spot) == 0.5);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    [InlineData(1, 2)]
    public void A_tail_has_a_scale_and_a_variance(double scale, double degreesOfFreedom) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StudentShape(scale, degreesOfFreedom));
}
