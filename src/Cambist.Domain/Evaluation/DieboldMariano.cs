using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>
/// Whether a forecaster's losses are really lower than a reference's, or only by luck (Diebold and Mariano 1995, "Comparing predictive accuracy"): the mean of the loss differences
/// over its standard error, with the correction for small samples of Harvey, Leybourne and Newbold (1997). One-sided.
/// </summary>
/// <param name="Count">Differences.</param>
/// <param name="MeanDifference">Mean of reference minus forecaster: above zero where the forecaster is the better one.</param>
/// <param name="Lag">Neighbours whose correlation the standard error takes in.</param>
/// <param name="Statistic">Mean over standard error, corrected; not a number where there are too few differences or they never vary.</param>
/// <param name="PValue">How likely a statistic as large or larger would be if the forecaster were no better.</param>
public sealed record DieboldMariano(int Count, double MeanDifference, int Lag, double Statistic, double PValue)
{
    // Sums over overlapping hours have correlations that fall evenly to zero after the last overlap. Bartlett's weights that end there find 69 % of their variance with three
    // overlaps (1 + 2 (0.75² + 0.5² + 0.25²) = 2.75 of 4); weights that reach three times as far find 88 % (3.5 of 4).
    private const int BeyondOverlap = 3;

    /// <summary>The test.</summary>
    /// <param name="differences">Loss of the reference minus loss of the forecaster, in rising time, one per instant: of several pairs at an instant their mean, for they move together.</param>
    /// <param name="overlap">How many later instants lie inside the horizon of one: their errors share hours.</param>
    public static DieboldMariano Test(IReadOnlyList<double> differences, int overlap)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        var count = differences.Count;
        var mean = count > 0 ? differences.Average() : double.NaN;
        var lag = LagOf(count, overlap);
        var steps = overlap + 1;
        var variance = count > steps ? LongRunVariance.Of(differences, lag) : double.NaN;
        if (!(variance > 0))
        {
            return new DieboldMariano(count, mean, lag, double.NaN, double.NaN);
        }

        var statistic = Correction(count, overlap) * mean / Math.Sqrt(variance / count);
        return new DieboldMariano(count, mean, lag, statistic, StudentT.Cdf(-statistic, count - 1));
    }

    /// <summary>How many later instants lie less than a horizon after one of them, at most.</summary>
    /// <param name="hours">Instants in hours, rising.</param>
    /// <param name="horizonHours">The horizon in the same hours.</param>
    public static int Overlap(IReadOnlyList<int> hours, int horizonHours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        var most = 0;
        for (int first = 0, last = 0; last < hours.Count; last++)
        {
            while (hours[last] - hours[first] >= horizonHours)
            {
                first++;
            }

            most = Math.Max(most, last - first);
        }

        return most;
    }

    /// <summary>What a statistic of few numbers is multiplied by (Harvey, Leybourne and Newbold 1997).</summary>
    internal static double Correction(int count, int overlap)
    {
        var steps = overlap + 1;
        return Math.Sqrt((count + 1 - 2 * steps + steps * (steps - 1.0) / count) / count);
    }

    /// <summary>Neighbours to take in. At least the rule of Newey and West (1994) for any series, 4 (n / 100)^(2/9), and never as long as the series.</summary>
    internal static int LagOf(int count, int overlap)
    {
        var byLength = (int)(4 * Math.Pow(count / 100.0, 2.0 / 9));
        return Math.Max(0, Math.Min(Math.Max(byLength, BeyondOverlap * overlap), count - 1));
    }
}
