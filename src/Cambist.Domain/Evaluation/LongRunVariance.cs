namespace Cambist.Domain.Evaluation;

/// <summary>
/// The variance of a mean of correlated numbers, times their count (Newey and West 1987, "A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent
/// covariance matrix"): γ0 + 2 Σ (1 − k / (lag + 1)) γk, never below zero.
/// </summary>
public static class LongRunVariance
{
    /// <summary>The variance.</summary>
    /// <param name="values">Numbers in rising time, at least one.</param>
    /// <param name="lag">How many neighbours are taken to be correlated.</param>
    public static double Of(IReadOnlyList<double> values, int lag)
    {
        ArgumentNullException.ThrowIfNull(values);
        var mean = values.Average();
        var centred = values.Select(value => value - mean).ToArray();
        var variance = Autocovariance(centred, 0);
        for (var k = 1; k <= Math.Min(lag, centred.Length - 1); k++)
        {
            variance += 2 * (1 - k / (lag + 1.0)) * Autocovariance(centred, k);
        }

        return variance;
    }

    private static double Autocovariance(ReadOnlySpan<double> centred, int k)
    {
        var sum = 0.0;
        for (var i = k; i < centred.Length; i++)
        {
            sum += centred[i] * centred[i - k];
        }

        return sum / centred.Length;
    }
}
