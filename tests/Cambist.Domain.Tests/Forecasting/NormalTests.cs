using Cambist.Domain.Forecasting;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class NormalTests
{
    // Abramowitz and Stegun, tables 26.1 and 26.2.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(2, 0.977249868051821)]
    [InlineData(3, 0.998650101968370)]
    [InlineData(-4, 3.16712418331e-5)]
    public void The_distribution_is_as_tabled(double x, double probability) => Assert.Equal(probability, Normal.Cdf(x), tolerance: 1e-12 * Math.Max(probability, 0.1));

    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.95, 1.644853626951473)]
    [InlineData(0.75, 0.674489750196082)]
    [InlineData(0.5, 0)]
    public void Quantiles_are_as_tabled(double probability, double x)
    {
        Assert.Equal(x, NormalShape.Standard.Quantile(probability), tolerance: 1e-12);
        Assert.Equal(-x, NormalShape.Standard.Quantile(1 - probability), tolerance: 1e-12);
    }

    [Fact]
    public void The_series_and_the_fraction_meet()
    {
        var (before, after) = (Normal.Cdf(-2.5 + 1e-12), Normal.Cdf(-2.5 - 1e-12));

        Assert.Equal(2e-12 * Normal.Density(2.5), before - after, tolerance: 1e-15);
    }

    [Fact]
    public void A_quantile_has_its_probability() =>
        Gen.Double[-30, -1e-6].Select(Math.Exp).Sample(tail => Math.Abs(Normal.Cdf(Normal.Quantile(tail)) / tail - 1) < 1e-9);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_probability_lies_inside_0_and_1(double probability) => Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(probability));
}
