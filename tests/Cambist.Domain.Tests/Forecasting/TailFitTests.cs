using Cambist.Domain.Forecasting.Baselines;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class TailFitTests
{
    [Theory]
    [InlineData(0.6, 3, 2.75, 3.25)]
    [InlineData(0.8, 4, 3.5, 4.5)]
    [InlineData(1.0, 5, 4.5, 5.5)]
    [InlineData(1.3, 8, 7, 10)]
    public void A_fit_recovers_the_scale_and_the_degrees_of_freedom(double scale, int degrees, double fewest, double most)
    {
        var random = new Random(1);
        var fit = new TailFit();
        for (var i = 0; i < 40_000; i++)
        {
            fit.Add(scale * Walks.StudentT(random, degrees));
        }

        var tail = fit.Fit();
        Assert.InRange(tail.DegreesOfFreedom, fewest, most);
        Assert.InRange(tail.Scale / scale, 0.97, 1.03);
    }

    [Fact]
    public void Normal_returns_have_thin_tails()
    {
        var random = new Random(1);
        var fit = new TailFit();
        for (var i = 0; i < 40_000; i++)
        {
            fit.Add(Walks.Normal(random));
        }

        Assert.True(fit.Fit().DegreesOfFreedom >= 16);
        Assert.InRange(fit.Fit().Std, 0.97, 1.03);
    }

    [Fact]
    public void Without_returns_the_prior_stands()
    {
        var tail = new TailFit().Fit();

        Assert.Equal(5, tail.DegreesOfFreedom);
        Assert.InRange(tail.Std, 0.98, 1.02);
    }

    [Fact]
    public void Returns_of_zero_or_beyond_all_bounds_are_counted_and_do_not_throw()
    {
        var fit = new TailFit();
        foreach (var absurd in new[] { 0, -0.0, 1e300, double.PositiveInfinity })
        {
            fit.Add(absurd);
        }

        Assert.InRange(fit.Fit().Scale, 0.1, 10);
    }
}
