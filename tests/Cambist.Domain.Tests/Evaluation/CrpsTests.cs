using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class CrpsTests
{
    [Fact]
    public void Each_published_level_stands_for_the_probability_nearest_to_it()
    {
        // Cells end half-way: 0, 0.0375, 0.075, 0.175, 0.375, 0.625, 0.825, 0.925, 0.9625, 1.
        double[] weights = [0.0375, 0.0375, 0.1, 0.2, 0.25, 0.2, 0.1, 0.0375, 0.0375];

        Assert.All(weights.Zip(Crps.PublishedWeights), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-15));
        Assert.Equal(1, Crps.PublishedWeights.Sum(), tolerance: 1e-15);
    }

    [Fact]
    public void The_score_of_the_published_quantiles_is_twice_their_weighted_pinball_loss()
    {
        // Even over (0, 1), so that each quantile is its level; outcome 0.5. Below the median: 0.025 × 0.475 = 0.011875, 0.05 × 0.45 = 0.0225, 0.1 × 0.4 = 0.04,
        // 0.25 × 0.25 = 0.0625; weighted 0.0004453125 + 0.00084375 + 0.004 + 0.0125 = 0.0177890625; the same above; twice that: 4 × 0.0177890625.
        Assert.Equal(0.07115625, Crps.OfPublished([.. RateDistribution.Levels], 0.5), tolerance: 1e-15);
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(-2.5, 2.5)]
    [InlineData(0, 0)]
    public void A_distribution_of_one_point_costs_its_distance(double outcome, double score)
    {
        Assert.Equal(score, Crps.OfPublished(new double[9], outcome), tolerance: 1e-12);
        Assert.Equal(score, WholeCrps(_ => 0, outcome), tolerance: 1e-12);
    }

    [Fact]
    public void There_are_nine_published_quantiles() => Assert.Throws<ArgumentException>(() => Crps.OfPublished([1, 2, 3], 1));

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(-2)]
    [InlineData(4)]
    public void The_whole_quantile_function_gives_the_closed_form_of_the_normal(double z)
    {
        // Jordan, Krüger and Lerch 2019, table 1: z (2 Φ(z) − 1) + 2 φ(z) − 1/√π. At 0: 2 × 0.398942 − 0.564190 = 0.233695.
        var closed = z * (2 * Normal.Cdf(z) - 1) + 2 * Normal.Density(z) - 1 / Math.Sqrt(Math.PI);

        Assert.Equal(closed, WholeCrps(Normal.Quantile, z), tolerance: 1e-3 * closed);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1.2, 5)]
    [InlineData(-3, 3)]
    [InlineData(8, 4)]
    public void The_whole_quantile_function_gives_the_closed_form_of_student_t(double z, double degrees)
    {
        var closed = StudentClosedForm(z, degrees);

        Assert.Equal(closed, WholeCrps(level => StudentT.Quantile(level, degrees), z), tolerance: 1e-3 * closed);
    }

    [Fact]
    public void A_forecast_of_a_rate_is_scored_in_log_returns()
    {
        // Scaled by its volatility, and moved by its drift: ln(outcome / spot) = 0.001 + 0.002 × 1.2.
        var forecast = new RateDistribution(150, 0.002, new StudentShape(1, 5), Drift: 0.001);
        var outcome = 150 * Math.Exp(0.001 + 0.002 * 1.2);

        Assert.Equal(0.002 * StudentClosedForm(1.2, 5), WholeCrps(level => forecast.ReturnQuantile(level), Math.Log(outcome / forecast.Spot)), tolerance: 1e-6);
        Assert.InRange(Crps.OfPublished(forecast, outcome) / WholeCrps(level => forecast.ReturnQuantile(level), Math.Log(outcome / forecast.Spot)), 0.9, 1.1);
    }

    [Fact]
    public void A_market_that_cannot_move_is_a_single_point()
    {
        var closed = new RateDistribution(150, 0, new StudentShape(1, 5));

        Assert.Equal(0, Crps.OfPublished(closed, 150));
        Assert.Equal(0.01, Crps.OfPublished(closed, 150 * Math.Exp(0.01)), tolerance: 1e-12);
    }

    [Fact]
    public void No_other_scale_or_middle_scores_better_than_the_truth() =>
        Gen.Select(Gen.Double[2.2, 30], Gen.Double[0.3, 3], Gen.Double[-1, 1]).Sample(
            (degrees, scale, shift) =>
            {
                // Outcomes at the middle of 400 equal parts of the truth: each published quantile lies between two of them, where its pinball loss is least.
                var truth = new StudentShape(1, degrees);
                var outcomes = Enumerable.Range(0, 400).Select(i => truth.Quantile((i + 0.5) / 400)).ToList();
                double[] Told(double factor, double middle) => [.. RateDistribution.Levels.Select(level => middle + factor * truth.Quantile(level))];
                double Mean(double[] quantiles) => outcomes.Average(outcome => Crps.OfPublished(quantiles, outcome));
                return Mean(Told(1, 0)) <= Mean(Told(scale, shift)) + 1e-12;
            },
            iter: 100);

    [Fact]
    public void A_pinball_loss_is_least_at_its_own_quantile() =>
        Gen.Select(Gen.Int[1, 99], Gen.Double[-5, 105]).Sample(
            (percent, other) =>
            {
                // The outcomes 0.5 to 99.5, each once: their quantile of n % is n.
                double Mean(double quantile) => Enumerable.Range(0, 100).Average(i => Pinball.Loss(percent / 100.0, quantile, i + 0.5));
                return Mean(percent) <= Mean(other) + 1e-12;
            },
            iter: 1000);

    [Theory]
    [InlineData(0.9, 1, 3, 1.8)] // 0.9 × 2.
    [InlineData(0.9, 3, 1, 0.2)] // 0.1 × 2.
    [InlineData(0.5, 1, 1, 0)]
    public void A_pinball_loss_weighs_the_sides_by_the_level(double level, double quantile, double outcome, double loss) =>
        Assert.Equal(loss, Pinball.Loss(level, quantile, outcome), tolerance: 1e-15);

    // Jordan, Krüger and Lerch 2019, table 1: z (2 F(z) − 1) + 2 f(z) (ν + z²) / (ν − 1) − 2 √ν / (ν − 1) × B(1/2, ν − 1/2) / B(1/2, ν/2)². The density of ν degrees
    // at 0 is 1 / (√ν B(1/2, ν/2)), which gives both beta functions.
    private static double StudentClosedForm(double z, double degrees)
    {
        static double Beta(double degrees) => 1 / (Math.Sqrt(degrees) * Math.Exp(StudentT.LogNormaliser(degrees)));
        return z * (2 * StudentT.Cdf(z, degrees) - 1)
            + 2 * Math.Exp(StudentT.LogDensity(z, degrees)) * (degrees + z * z) / (degrees - 1)
            - 2 * Math.Sqrt(degrees) / (degrees - 1) * Beta(2 * degrees - 1) / Math.Pow(Beta(degrees), 2);
    }

    // By the whole quantile function at levels evenly spread over (0, 1): the midpoint rule.
    private static double WholeCrps(Func<double, double> quantile, double outcome) =>
        2 * Enumerable.Range(0, 2000).Select(i => (i + 0.5) / 2000).Average(level => Pinball.Loss(level, quantile(level), outcome));
}
