using Cambist.Domain.Forecasting;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class EmpiricalShapeTests
{
    [Fact]
    public void Bins_are_five_per_cent_wide_or_finer_and_leave_no_gap()
    {
        var edges = ReturnHistogram.Edges;

        Assert.Equal((0, 1.0 / 128, 32), (edges[0], edges[1], edges[^1]));
        Assert.All(edges.Skip(1).Zip(edges.Skip(2)), pair => Assert.InRange(pair.Second / pair.First, 1.02, 1.05000001));
    }

    [Fact]
    public void A_return_finds_the_bin_that_holds_it() =>
        Gen.Select(Gen.Double[-8, 4], Gen.Bool).Sample((log, isFall) =>
        {
            var size = Math.Exp(log);
            var bin = ReturnHistogram.BinOf(isFall ? -size : size);
            return ReturnHistogram.Edges[bin] <= size && (size < ReturnHistogram.Edges[bin + 1] || bin == ReturnHistogram.Bins - 1);
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-300, 0)]
    [InlineData(1e300, ReturnHistogram.Bins - 1)]
    public void Returns_of_nothing_and_beyond_all_bounds_are_counted_at_the_ends(double standardised, int bin)
    {
        var histogram = new ReturnHistogram();
        histogram.Add(standardised);

        Assert.Equal((1, 1), (histogram.Counts[bin], histogram.Total));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_refused(double standardised) => Assert.Throws<ArgumentOutOfRangeException>(() => new ReturnHistogram().Add(standardised));

    [Fact]
    public void Two_returns_make_the_shape_that_one_can_compute()
    {
        // Half of all sizes in [1, 1.05), half in [2, 2.1) and beyond: the power tail begins at 2, for at least 1 % lies there. Its index is that of one return at the
        // middle of its bin beside 20 of index 4: 21 / (5 + ln(2.05 / 2)) = 4.179.
        var histogram = new ReturnHistogram();
        histogram.Add(1.0);
        histogram.Add(-2.0);
        var shape = histogram.ToShape();
        var index = 21 / (5 + Math.Log(2.05 / 2));

        Assert.Equal(0, shape.Quantile(0.5));
        Assert.Equal(1.025, shape.Quantile(0.625), tolerance: 1e-12); // 3/4 lie beyond on both sides: half-way through the first bin.
        Assert.Equal(-1.025, shape.Quantile(0.375), tolerance: 1e-12);
        Assert.Equal(2 * Math.Pow(2, 1 / index), shape.Quantile(0.875), tolerance: 1e-12); // A quarter lies beyond, half of those in the tail.
        Assert.Equal(0.875, shape.Cdf(2 * Math.Pow(2, 1 / index)), tolerance: 1e-12);
        Assert.Equal(0.75, shape.Cdf(1.5), tolerance: 1e-12);

        // (1 + 1.05 + 1.05²) / 3 for half of them, 4 × index / (index − 2) for the other half.
        Assert.Equal(Math.Sqrt(0.5 * 3.1525 / 3 + 0.5 * 4 * index / (index - 2)), shape.Std, tolerance: 1e-7);
    }

    [Fact]
    public void Without_returns_there_is_no_shape() => Assert.Throws<InvalidOperationException>(() => new ReturnHistogram().ToShape());

    [Fact]
    public void Returns_of_nothing_at_all_have_a_shape_without_a_tail()
    {
        var histogram = new ReturnHistogram();
        histogram.Add(0);

        Assert.Equal((0.5 / 128, 1), (histogram.ToShape().Quantile(0.75), histogram.ToShape().Cdf(1)));
    }

    [Fact]
    public void Quantiles_rise_and_are_the_inverse_of_the_probability() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int, Gen.Double[1e-6, 1 - 1e-6], Gen.Double[1e-6, 1 - 1e-6]).Sample((returns, seed, first, second) =>
        {
            var shape = Sample(returns, seed).ToShape();
            var (low, high) = (Math.Min(first, second), Math.Max(first, second));
            return shape.Quantile(low) <= shape.Quantile(high)
                && shape.Cdf(shape.Quantile(low)) is var back && Math.Abs(back - low) < 1e-9
                && Math.Abs(shape.Cdf(-shape.Quantile(1 - low)) - low) < 1e-9; // By its probability: between two returns every size is a quantile of the same one.
        });

    [Fact]
    public void With_a_prior_each_size_has_one_probability() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int, Gen.Double[-40, 40]).Sample((returns, seed, value) =>
        {
            var histogram = Sample(returns, seed);
            histogram.Add(ReturnHistogram.Prior(200), 1);
            var shape = histogram.ToShape();
            return Math.Abs(shape.Quantile(shape.Cdf(value)) - value) < 1e-4 * Math.Max(1, Math.Abs(value));
        });

    [Fact]
    public void The_shape_of_many_returns_is_where_they_came_from()
    {
        var shape = Sample(200_000, seed: 5).ToShape();

        Assert.All(new[] { 0.6, 0.75, 0.9, 0.975 }, level => Assert.InRange(shape.Quantile(level) / StudentT.Quantile(level, 5), 0.975, 1.025));
        Assert.InRange(shape.Quantile(0.9995) / StudentT.Quantile(0.9995, 5), 0.9, 1.1); // In the tail.
        Assert.InRange(shape.Std / Math.Sqrt(5.0 / 3), 0.96, 1.06);
    }

    [Fact]
    public void The_prior_is_a_student_t_of_unit_variance()
    {
        var shape = ReturnHistogram.Prior(1e6).ToShape();
        var scale = Math.Sqrt(3.0 / 5);

        Assert.Equal(1e6, ReturnHistogram.Prior(1e6).Total, tolerance: 1);
        Assert.All(new[] { 0.55, 0.75, 0.9, 0.975 }, level => Assert.InRange(shape.Quantile(level) / (scale * StudentT.Quantile(level, 5)), 0.999, 1.001));
        Assert.InRange(shape.Std, 0.97, 1.03);
    }

    [Fact]
    public void A_weight_counts_as_that_many_and_a_negative_one_takes_away()
    {
        var (first, second) = (Sample(300, seed: 1), Sample(500, seed: 2));
        var before = first.ToShape().Quantile(0.9);
        var twice = new ReturnHistogram();
        twice.Add(first, 2);

        Assert.Equal(600, twice.Total);
        Assert.Equal(before, Sample(300, seed: 1).ToShape().Quantile(0.9));
        first.Add(second, 1);
        Assert.Equal(800, first.Total);
        Assert.NotEqual(before, first.ToShape().Quantile(0.9));
        first.Add(second, -1);
        Assert.Equal(before, first.ToShape().Quantile(0.9));
    }

    private static ReturnHistogram Sample(int returns, int seed)
    {
        var random = new Random(seed);
        var histogram = new ReturnHistogram();
        for (var i = 0; i < returns; i++)
        {
            histogram.Add(Walks.StudentT(random, 5));
        }

        return histogram;
    }
}
