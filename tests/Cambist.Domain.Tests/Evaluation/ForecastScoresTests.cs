using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Tests.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class ForecastScoresTests
{
    private static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");
    private static readonly DateTimeOffset Monday = Walks.Sunday.AddHours(14);

    [Fact]
    public void Nothing_counted_gives_an_empty_report()
    {
        var report = new ForecastScores("model", ["reference"]).Report();

        Assert.Null(report.Pooled);
        Assert.Empty(report.Horizons);
    }

    [Fact]
    public void Skill_is_what_is_saved_of_the_references_score()
    {
        var scores = new ForecastScores("model", ["reference", "absent"]);
        scores.Add(Walks.EurUsd, Monday, 1, Point(1.1, drift: 0.006), 1.1 * Math.Exp(0.01), [Point(1.1, 0), null]);
        scores.Add(Walks.EurUsd, Monday.AddHours(1), 1, Point(1.1, drift: 0.002), 1.1 * Math.Exp(0.01), [Point(1.1, 0), null]);

        // Points 0.004 and 0.008 from the outcome against 0.01 and 0.01: 1 − 0.012 / 0.02.
        var row = Assert.Single(scores.Report().Horizons);
        Assert.Equal((1, 2, (string?)null), (row.HorizonHours, row.Count, row.Pair));
        Assert.Equal(0.006, row.Crps, tolerance: 1e-9);
        Assert.Equal(0.4, row.Skills[0].Skill, tolerance: 1e-6);
        Assert.Equal(0.01, row.Skills[0].ReferenceCrps, tolerance: 1e-9);
        Assert.Equal(0.004, row.Skills[0].Test.MeanDifference, tolerance: 1e-9); // (0.006 + 0.002) / 2.
        Assert.Equal(("absent", 0), (row.Skills[1].Reference, row.Skills[1].Count));
        Assert.True(double.IsNaN(row.Skills[1].Skill));
    }

    [Fact]
    public void A_mean_is_compared_with_no_change_on_squared_errors()
    {
        var scores = new ForecastScores("model", []);
        scores.Add(Walks.EurUsd, Monday, 1, Point(1.1, drift: 0.006), 1.1 * Math.Exp(0.01), []); // 1e-4 less 0.16e-4.
        scores.Add(UsdJpy, Monday, 1, Point(150, drift: -0.01), 150 * Math.Exp(0.01), []); // 1e-4 less 4e-4.

        var report = scores.Report();
        Assert.Equal(1, report.Horizons[0].MeanEdge.Count); // Of pairs at one instant their mean.
        Assert.Equal((0.84e-4 - 3e-4) / 2, report.Horizons[0].MeanEdge.MeanDifference, tolerance: 1e-10);
        Assert.Equal([0.84e-4, -3e-4], report.ByPairAndHorizon.Select(row => row.MeanEdge.MeanDifference), (a, b) => Math.Abs(a - b) < 1e-10);
    }

    [Fact]
    public void Pairs_at_the_same_instant_count_as_one_difference()
    {
        var scores = new ForecastScores("model", ["reference"]);
        scores.Add(Walks.EurUsd, Monday, 1, Point(1.1, 0.006), 1.1 * Math.Exp(0.01), [Point(1.1, 0)]); // Better by 0.006.
        scores.Add(UsdJpy, Monday, 1, Point(150, 0.002), 150 * Math.Exp(0.01), [Point(150, 0)]); // Better by 0.002.
        scores.Add(UsdJpy, Monday.AddHours(1), 1, Point(150, 0.001), 150 * Math.Exp(0.01), [Point(150, 0)]); // Better by 0.001.

        var report = scores.Report();
        var test = Assert.Single(report.Horizons).Skills[0].Test;
        Assert.Equal(2, test.Count);
        Assert.Equal(0.0025, test.MeanDifference, tolerance: 1e-9); // ((0.006 + 0.002) / 2 + 0.001) / 2.
        Assert.Equal(["EURUSD", "USDJPY"], report.Pairs);
        Assert.Equal([("EURUSD", 1), ("USDJPY", 2)], report.ByPair.Select(row => (row.Pair!, row.Count)));
    }

    [Fact]
    public void Horizons_and_the_pool_are_sums_of_the_cells()
    {
        var scores = new ForecastScores("model", []);
        foreach (var hours in new[] { 4, 1 })
        {
            scores.Add(Walks.EurUsd, Monday, hours, Spread(1.1, 0.001), 1.1 * Math.Exp(0.0005), []);
            scores.Add(UsdJpy, Monday, hours, Spread(150, 0.001), 150 * Math.Exp(-0.01), []);
        }

        var report = scores.Report();
        Assert.Equal([1, 4], report.Horizons.Select(row => row.HorizonHours!.Value));
        Assert.Equal([("EURUSD", 1), ("EURUSD", 4), ("USDJPY", 1), ("USDJPY", 4)], report.ByPairAndHorizon.Select(row => (row.Pair!, row.HorizonHours!.Value)));
        Assert.Equal((4, 0.5, 0.5), (report.Pooled!.Count, report.Pooled.Coverage.Of50, report.Pooled.Coverage.Of95)); // 0.5 σ lies inside all intervals, −10 σ in none.
        Assert.Equal((4, 0), (report.Pooled.Up.Count, report.Pooled.Direction.Calls)); // A median at the spot calls nothing.
        Assert.Equal(0, report.Pooled.Up.Error, tolerance: 1e-12); // One half each time, half of them up.
        Assert.Equal(report.Pooled.Crps, report.ByPairAndHorizon.Average(row => row.Crps), tolerance: 1e-15);
        Assert.Equal(report.Pooled.Crps, 2 * report.Pooled.Pinball.Zip(Crps.PublishedWeights, (loss, weight) => loss * weight).Sum(), tolerance: 1e-15);
    }

    [Fact]
    public void An_outcome_at_the_spot_has_no_direction()
    {
        var scores = new ForecastScores("model", []);
        scores.Add(Walks.EurUsd, Monday, 1, Spread(1.1, 0.001) with { Drift = 0.0001 }, 1.1, []);

        Assert.Equal((0, 0, 1), (scores.Report().Pooled!.Up.Count, scores.Report().Pooled!.Direction.Calls, scores.Report().Pooled!.Count));
    }

    [Fact]
    public void Each_reference_is_asked_for_each_outcome() =>
        Assert.Throws<ArgumentException>(() => new ForecastScores("model", ["reference"]).Add(Walks.EurUsd, Monday, 1, Spread(1.1, 0.001), 1.1, []));

    [Fact]
    public void The_better_known_volatility_wins_with_near_certainty()
    {
        var random = new Random(3);
        var scores = new ForecastScores("truth", ["wide"]);
        for (var i = 0; i < 500; i++)
        {
            scores.Add(Walks.EurUsd, Monday.AddHours(i), 1, Spread(1.1, 0.001), 1.1 * Math.Exp(0.001 * Walks.Normal(random)), [Spread(1.1, 0.002)]);
        }

        var skill = scores.Report().Pooled!.Skills[0];
        Assert.InRange(skill.Skill, 0.08, 0.25);
        Assert.True(skill.Test.PValue < 0.001);
    }

    private static RateDistribution Spread(double spot, double volatility) => new(spot, volatility, NormalShape.Standard);

    private static RateDistribution Point(double spot, double drift) => new(spot, 1e-12, NormalShape.Standard, drift);
}
