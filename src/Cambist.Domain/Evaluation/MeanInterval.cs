using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>A mean of correlated numbers and the interval in which the true one lies, 95 times of a hundred.</summary>
/// <param name="Count">Numbers.</param>
/// <param name="Mean">Their mean; not a number where there are none.</param>
/// <param name="Low">Lower bound; not a number where there are too few for one.</param>
/// <param name="High">Upper bound.</param>
public readonly record struct MeanInterval(int Count, double Mean, double Low, double High)
{
    /// <summary>
    /// The interval by the long-run variance of Newey and West, with the lags and the correction for small samples of <see cref="DieboldMariano"/>, and the quantile of Student's t.
    /// </summary>
    /// <param name="values">Numbers in rising time.</param>
    /// <param name="overlap">How many later ones share time with one of them.</param>
    public static MeanInterval Of(IReadOnlyList<double> values, int overlap)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            return new MeanInterval(0, double.NaN, double.NaN, double.NaN);
        }

        var (count, mean) = (values.Count, values.Average());
        var correction = DieboldMariano.Correction(count, overlap);
        if (count <= overlap + 1 || !(correction > 0))
        {
            return new MeanInterval(count, mean, double.NaN, double.NaN);
        }

        var half = StudentT.Quantile(0.975, count - 1) * Math.Sqrt(LongRunVariance.Of(values, DieboldMariano.LagOf(count, overlap)) / count) / correction;
        return new MeanInterval(count, mean, mean - half, mean + half);
    }
}
