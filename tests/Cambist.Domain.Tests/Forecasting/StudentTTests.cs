using Cambist.Domain.Forecasting;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class StudentTTests
{
    // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, and with four decimals Fisher and Yates 1963, "Statistical Tables", table III.
    [Theory]
    [InlineData(1, 0.975, 12.7062)]
    [InlineData(2, 0.975, 4.3027)]
    [InlineData(3, 0.995, 5.8409)]
    [InlineData(4, 0.90, 1.5332)]
    [InlineData(5, 0.975, 2.5706)]
    [InlineData(7, 0.999, 4.7853)]
    [InlineData(10, 0.95, 1.8125)]
    [InlineData(30, 0.90, 1.3104)]
    [InlineData(60, 0.975, 2.0003)]
    [InlineData(120, 0.99, 2.3578)]
    public void Quantiles_are_those_of_the_tables(double degreesOfFreedom, double probability, double expected)
    {
        Assert.Equal(expected, StudentT.Quantile(probability, degreesOfFreedom), tolerance: 0.00005);
        Assert.Equal(-expected, StudentT.Quantile(1 - probability, degreesOfFreedom), tolerance: 0.00005);
    }

    [Fact]
    public void The_distribution_function_is_the_finite_series_for_whole_degrees_of_freedom() =>
        Gen.Select(Gen.OneOf(Gen.Double[-50, 50], Gen.Double[-1e-6, 1e-6]), Gen.Int[1, 1000]).Sample((x, degrees) =>
            Math.Abs(StudentT.Cdf(x, degrees) - (0.5 + Math.Sign(x) * 0.5 * WithinSeries(Math.Abs(x), degrees))) < 1e-10);

    [Fact]
    public void A_quantile_has_its_probability() =>
        Gen.Select(Gen.Double[0.0001, 0.9999], Gen.Double[1, 200]).Sample((probability, degrees) =>
            Math.Abs(StudentT.Cdf(StudentT.Quantile(probability, degrees), degrees) - probability) < 1e-12);

    [Fact]
    public void A_probability_has_its_quantile() =>
        Gen.Select(Gen.Double[-20, 2], Gen.Double[1, 20]).Sample((x, degrees) =>
            Math.Abs(StudentT.Quantile(StudentT.Cdf(x, degrees), degrees) - x) < 1e-9 * Math.Max(1, Math.Abs(x)));

    [Fact]
    public void The_median_is_exactly_zero() => Assert.Equal(0, StudentT.Quantile(0.5, 5));

    [Fact]
    public void Deep_tails_keep_their_digits()
    {
        // One degree of freedom is Cauchy's distribution: the quantile of a small p is −1/tan(πp), about −1/(πp).
        Assert.Equal(-1e15 / Math.PI, StudentT.Quantile(1e-15, 1), 1e15 * 1e-9);
        Assert.Equal(-1e30 / Math.PI, StudentT.Quantile(1e-30, 1), 1e30 * 1e-9);
    }

    [Fact]
    public void The_density_is_the_slope_of_the_distribution_function() =>
        Gen.Select(Gen.Double[-8, 8], Gen.Double[2, 60]).Sample((x, degrees) =>
            Math.Abs((StudentT.Cdf(x + 1e-4, degrees) - StudentT.Cdf(x - 1e-4, degrees)) / 2e-4 - Math.Exp(StudentT.LogDensity(x, degrees))) < 1e-6);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_probability_lies_inside_zero_and_one(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(probability, 5));

    // Abramowitz and Stegun 26.7.3 and 26.7.4: P(|T| < t), with tan θ = t / √ν.
    private static double WithinSeries(double t, int degrees)
    {
        var angle = Math.Atan(t / Math.Sqrt(degrees));
        var (sine, squaredCosine) = (Math.Sin(angle), Math.Cos(angle) * Math.Cos(angle));
        var odd = degrees % 2;
        double term = odd == 1 ? Math.Cos(angle) : 1, sum = degrees == 1 ? 0 : term;
        for (var k = odd + 2; k <= degrees - 2; k += 2)
        {
            term *= squaredCosine * (k - 1) / k;
            sum += term;
        }

        return odd == 1 ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
    }
}
