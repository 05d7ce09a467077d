using Cambist.Domain.Evaluation;
using Cambist.Domain.Tests.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class DieboldMarianoTests
{
    // Around their mean of 2.5: −1.5, 0.5, −0.5, 1.5. γ0 = (2.25 + 0.25 + 0.25 + 2.25) / 4 = 1.25, γ1 = (−0.75 − 0.25 − 0.75) / 4 = −0.4375, γ2 = (0.75 + 0.75) / 4 = 0.375.
    private static readonly double[] Four = [1, 3, 2, 4];

    [Theory]
    [InlineData(0, 1.25)]
    [InlineData(1, 0.8125)] // 1.25 − 2 × 1/2 × 0.4375.
    [InlineData(2, 1.25 + 2 * (-2.0 / 3 * 0.4375 + 1.0 / 3 * 0.375))]
    public void Neighbours_count_less_the_farther_they_are(int lag, double variance) =>
        Assert.Equal(variance, LongRunVariance.Of(Four, lag), tolerance: 1e-12);

    [Fact]
    public void Four_differences_give_the_statistic_and_its_chance()
    {
        var test = DieboldMariano.Test(Four, overlap: 0);

        // Lag 4 × (4 / 100)^(2/9) = 1.96, so 1; variance 0.8125; correction √((4 + 1 − 2) / 4) = √0.75; squared statistic 0.75 × 2.5² / (0.8125 / 4) = 23.0769.
        Assert.Equal((4, 1, 2.5), (test.Count, test.Lag, test.MeanDifference));
        Assert.Equal(Math.Sqrt(0.75 * 6.25 / 0.203125), test.Statistic, tolerance: 1e-12);

        // Student-t with 3 degrees of freedom in closed form: P(T > x) = 1/2 − (u / (1 + u²) + atan u) / π with u = x / √3.
        var u = test.Statistic / Math.Sqrt(3);
        Assert.Equal(0.5 - (u / (1 + u * u) + Math.Atan(u)) / Math.PI, test.PValue, tolerance: 1e-10);
    }

    [Fact]
    public void A_worse_forecaster_is_no_better_with_near_certainty() =>
        Assert.Equal(1 - DieboldMariano.Test(Four, 0).PValue, DieboldMariano.Test([.. Four.Select(loss => -loss)], 0).PValue, tolerance: 1e-12);

    [Fact]
    public void Overlapping_horizons_widen_the_lag_and_shrink_the_statistic()
    {
        var test = DieboldMariano.Test(Four, overlap: 2);

        Assert.Equal(3, test.Lag); // 3 × 2, but there are four.
        // Steps 3: (4 + 1 − 6 + 3 × 2 / 4) / 4 = 0.125; γ3 = −1.5 × 1.5 / 4 = −0.5625; variance 1.25 + 2 (−0.75 × 0.4375 + 0.5 × 0.375 − 0.25 × 0.5625) = 0.6875.
        Assert.Equal(Math.Sqrt(0.125) * 2.5 / Math.Sqrt(0.6875 / 4), test.Statistic, tolerance: 1e-12);
    }

    [Theory]
    [InlineData]
    [InlineData(1.0)]
    [InlineData(1.0, 1.0, 1.0)]
    public void Too_few_or_equal_differences_tell_nothing(params double[] differences)
    {
        var test = DieboldMariano.Test(differences, overlap: 0);

        Assert.True(double.IsNaN(test.Statistic) && double.IsNaN(test.PValue));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(6, 0)]
    [InlineData(7, 1)]
    [InlineData(24, 3)]
    public void Instants_overlap_that_lie_inside_one_horizon(int horizonHours, int overlap) =>
        Assert.Equal(overlap, DieboldMariano.Overlap([0, 6, 12, 18, 24, 30, 100, 106], horizonHours));

    [Fact]
    public void Forecasters_of_equal_worth_are_told_apart_about_as_seldom_as_promised()
    {
        // Differences that share three quarters of their noise with the next, as 24-hour errors every six hours do; their mean is zero.
        const int runs = 1000, length = 400;
        var random = new Random(11);
        var alarms = 0;
        for (var run = 0; run < runs; run++)
        {
            var noise = Enumerable.Range(0, length + 3).Select(_ => Walks.Normal(random)).ToArray();
            var differences = Enumerable.Range(0, length).Select(i => noise[i] + noise[i + 1] + noise[i + 2] + noise[i + 3]).ToList();
            alarms += DieboldMariano.Test(differences, overlap: 3).PValue < 0.05 ? 1 : 0;
        }

        // Five per cent, and the eighth of the variance that the weights lose.
        Assert.InRange(alarms / (double)runs, 0.03, 0.09);
    }
}
