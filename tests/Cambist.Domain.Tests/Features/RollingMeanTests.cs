using Cambist.Domain.Features;
using Xunit;

namespace Cambist.Domain.Tests.Features;

public sealed class RollingMeanTests
{
    private static readonly float[] Values = [1e-6f, float.NaN, 4e-6f, 7e-6f, 0];

    [Fact]
    public void A_mean_is_over_the_hours_that_have_a_value()
    {
        var means = new RollingMean(Values, 0, 5);

        Assert.Equal(5.5e-6, means.Over(3, 3, 9), tolerance: 1e-12); // (4 + 7) / 2: the hour before them has none.
        Assert.Equal(3e-6, means.Over(100, 4, 9), tolerance: 1e-12); // (1 + 4 + 7 + 0) / 4: no more hours are there.
        Assert.Equal(9, means.Over(1, 1, 9));
    }

    [Fact]
    public void A_mean_is_the_same_to_the_bit_wherever_the_sums_begin()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 2000).Select(_ => (float)(1e-6 * Math.Exp(3 * random.NextDouble()))).ToArray();
        var (all, late) = (new RollingMean(values, 0, 2000), new RollingMean(values, 1300, 2000));

        Assert.All(Enumerable.Range(1800, 200), row => Assert.Equal(all.Over(480, row, 0), late.Over(480, row, 0)));
    }

    [Fact]
    public void Sums_that_run_over_have_right_differences()
    {
        // 2 / 1e-18 is a quarter of the largest whole number of 64 bits: the sum of six runs over.
        var means = new RollingMean([2, 2, 2, 2, 2, 3], 0, 6);

        Assert.Equal(2.5, means.Over(2, 5, 0), tolerance: 1e-12);
    }
}
