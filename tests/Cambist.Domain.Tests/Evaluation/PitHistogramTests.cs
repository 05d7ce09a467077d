using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class PitHistogramTests
{
    private static readonly RateDistribution Rate = new(1.1, 0.01, new StudentShape(0.8, 5), Drift: 0.002);

    [Fact]
    public void Evenly_spread_outcomes_are_even()
    {
        var pit = new PitHistogram();
        for (var i = 0; i < 400; i++)
        {
            pit.Add(Rate, Rate.Quantile((i + 0.5) / 400));
        }

        Assert.All(pit.Counts, count => Assert.Equal(20, count));
        Assert.Equal((400, 0, 0), (pit.Count, Math.Round(pit.ChiSquare, 12), Math.Round(pit.Distance, 12)));
    }

    [Fact]
    public void Four_outcomes_in_one_bin_are_as_uneven_as_can_be()
    {
        var pit = new PitHistogram();
        for (var i = 0; i < 4; i++)
        {
            pit.Add(Rate, Rate.Quantile(0.999));
        }

        Assert.Equal(76, pit.ChiSquare, tolerance: 1e-9); // Expected 4 / 20 = 0.2: 3.8² / 0.2 + 19 × 0.2² / 0.2 = 72.2 + 3.8.
        Assert.Equal(0.95, pit.Distance, tolerance: 1e-12); // (0.95 + 19 × 0.05) / 2.
    }

    [Fact]
    public void Too_narrow_a_forecast_fills_the_ends()
    {
        var pit = new PitHistogram();
        var narrow = Rate with { Volatility = 0.005 };
        for (var i = 0; i < 400; i++)
        {
            pit.Add(narrow, Rate.Quantile((i + 0.5) / 400));
        }

        Assert.True(pit.Counts[0] > 40 && pit.Counts[^1] > 40 && pit.Counts[10] < 15);
        Assert.True(pit.Distance > 0.1);
    }

    [Fact]
    public void A_closed_market_that_stood_still_is_in_the_middle()
    {
        var (pit, second) = (new PitHistogram(), new PitHistogram());
        pit.Add(Rate with { Volatility = 0 }, Rate.Spot);
        second.Add(Rate with { Volatility = 0 }, Rate.Spot * 1.01);
        pit.Add(second);

        Assert.Equal((2, 1, 1), (pit.Count, pit.Counts[10], pit.Counts[^1]));
    }
}
