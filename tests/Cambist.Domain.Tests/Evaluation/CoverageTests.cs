using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class CoverageTests
{
    private static readonly RateDistribution Rate = new(1.1, 0.01, new StudentShape(0.8, 5));

    [Theory]
    [InlineData(0.02, 0, 0, 0)]
    [InlineData(0.025, 0, 0, 1)]
    [InlineData(0.06, 0, 0, 1)]
    [InlineData(0.10, 0, 1, 1)]
    [InlineData(0.25, 1, 1, 1)]
    [InlineData(0.50, 1, 1, 1)]
    [InlineData(0.75, 1, 1, 1)]
    [InlineData(0.90, 0, 1, 1)]
    [InlineData(0.94, 0, 0, 1)]
    [InlineData(0.975, 0, 0, 1)]
    [InlineData(0.98, 0, 0, 0)]
    public void An_outcome_counts_in_the_intervals_that_hold_it_bounds_included(double probability, double of50, double of80, double of95)
    {
        var coverage = new Coverage();
        coverage.Add(Rate, Rate.Quantile(probability));

        Assert.Equal((1, of50, of80, of95), (coverage.Count, coverage.Of50, coverage.Of80, coverage.Of95));
    }

    [Fact]
    public void Shares_are_of_all_outcomes()
    {
        var coverage = new Coverage();
        foreach (var probability in new[] { 0.01, 0.05, 0.2, 0.5 })
        {
            coverage.Add(Rate, Rate.Quantile(probability));
        }

        Assert.Equal((4, 0.25, 0.5, 0.75), (coverage.Count, coverage.Of50, coverage.Of80, coverage.Of95));
    }

    [Fact]
    public void Evenly_spread_outcomes_are_covered_as_the_intervals_say()
    {
        var coverage = new Coverage();
        for (var i = 0; i < 2000; i++)
        {
            coverage.Add(Rate, Rate.Quantile((i + 0.5) / 2000));
        }

        Assert.Equal((0.5, 0.8, 0.95), (coverage.Of50, coverage.Of80, coverage.Of95));
    }

    [Fact]
    public void Without_outcomes_nothing_is_said_to_be_covered() => Assert.True(double.IsNaN(new Coverage().Of95));
}
