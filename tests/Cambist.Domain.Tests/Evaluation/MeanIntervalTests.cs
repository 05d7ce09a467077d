using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class MeanIntervalTests
{
    [Fact]
    public void It_holds_the_true_mean_of_overlapping_sums_about_95_times_of_a_hundred()
    {
        const int overlap = 6, count = 1000, games = 400;
        var random = new Random(20260318);
        var held = 0;
        for (var game = 0; game < games; game++)
        {
            var steps = Enumerable.Range(0, count + overlap).Select(_ => Normal.Quantile(random.NextDouble() * 0.999999 + 5e-7)).ToArray();
            var sums = Enumerable.Range(0, count).Select(i => steps[i..(i + overlap + 1)].Sum()).ToList();
            var interval = MeanInterval.Of(sums, overlap);
            held += interval.Low <= 0 && interval.High >= 0 ? 1 : 0;
        }

        // By the variance of independent numbers it would be about 54 of a hundred.
        Assert.InRange(held, 0.90 * games, 0.98 * games);
    }

    [Fact]
    public void Numbers_that_never_differ_have_no_width()
    {
        var interval = MeanInterval.Of([.. Enumerable.Repeat(3.0, 50)], overlap: 4);

        Assert.Equal((50, 3.0, 3.0, 3.0), (interval.Count, interval.Mean, interval.Low, interval.High));
    }

    [Fact]
    public void Fewer_numbers_than_overlap_have_a_mean_and_no_bounds()
    {
        var interval = MeanInterval.Of([1, 2, 6], overlap: 4);

        Assert.Equal((3, 3.0, true, true), (interval.Count, interval.Mean, double.IsNaN(interval.Low), double.IsNaN(interval.High)));
        Assert.True(double.IsNaN(MeanInterval.Of([], overlap: 0).Mean));
    }
}
