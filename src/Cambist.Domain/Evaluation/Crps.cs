using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>
/// The continuous ranked probability score: how far a distribution lay from what came, in the unit of the outcome, 0 at best (Matheson and Winkler 1976). It is
/// twice the pinball loss averaged over all levels (Gneiting and Ranjan 2011, "Comparing density forecasts using threshold- and quantile-weighted scoring rules", eq. 10),
/// and it is proper: no forecaster gains by saying anything but what it believes.
/// </summary>
public static class Crps
{
    /// <summary>
    /// Weight of each published level: the probability that lies nearer to it than to its neighbours, so that the nine stand for the whole distribution.
    /// 0.0375, 0.0375, 0.1, 0.2, 0.25 for the median, and back; they sum to 1.
    /// </summary>
    public static IReadOnlyList<double> PublishedWeights { get; } = WeightsOf(RateDistribution.Levels);

    /// <summary>The score by the nine published quantiles: 2 × Σ weight × pinball loss. Proper too, for each pinball loss is.</summary>
    /// <param name="quantiles">The quantiles, in the order of <see cref="RateDistribution.Levels"/>.</param>
    /// <param name="outcome">What came, in the unit of the quantiles.</param>
    public static double OfPublished(ReadOnlySpan<double> quantiles, double outcome)
    {
        if (quantiles.Length != PublishedWeights.Count)
        {
            throw new ArgumentException($"There are {PublishedWeights.Count} published quantiles, found {quantiles.Length}.", nameof(quantiles));
        }

        var sum = 0.0;
        for (var i = 0; i < quantiles.Length; i++)
        {
            sum += PublishedWeights[i] * Pinball.Loss(RateDistribution.Levels[i], quantiles[i], outcome);
        }

        return 2 * sum;
    }

    /// <summary>The score of a forecast of a rate by its nine published quantiles, in units of log return.</summary>
    public static double OfPublished(RateDistribution forecast, double outcome)
    {
        Span<double> quantiles = stackalloc double[RateDistribution.Levels.Count];
        forecast.PublishedReturns(quantiles);
        return OfPublished(quantiles, Math.Log(outcome / forecast.Spot));
    }

    private static double[] WeightsOf(IReadOnlyList<double> levels)
    {
        // A cell reaches half-way to each neighbour, the outer cells to 0 and to 1.
        double Bound(int i) => i < 0 ? 0 : i == levels.Count - 1 ? 1 : (levels[i] + levels[i + 1]) / 2;
        return [.. Enumerable.Range(0, levels.Count).Select(i => Bound(i) - Bound(i - 1))];
    }
}
