namespace Cambist.Domain.Features;

/// <summary>
/// Half the logarithm of Parkinson's variance over the last 1, 6, 24, 120 and 480 hours against the expected one: the regressors of a HAR model (Corsi 2009), which
/// sees volatility as hours, days, weeks and months do.
/// </summary>
internal static class RangeRatios
{
    /// <summary>Number of windows.</summary>
    public const int Count = 5;

    /// <summary>The longest window in hours.</summary>
    public const int Longest = 480;

    // An hour without any move has a logarithm too: the floors are a few percent of an hour's expected variance.
    private static readonly int[] Windows = [1, 6, 24, 120, Longest];
    private static readonly double[] Floors = [0.05, 0.02, 0.01, 0.01, 0.01];

    /// <summary>The ratios of the rows [from, to), the windows of a row together. All rows must be ready.</summary>
    public static float[] Of(VarianceTrack track, int from, int to)
    {
        var means = new RollingMean(track.HourVariances, Math.Max(0, from - Longest), to);
        var ratios = new double[(to - from) * Count];
        for (var row = from; row < to; row++)
        {
            var level = track.Levels[row];
            for (var window = 0; window < Count; window++)
            {
                ratios[(row - from) * Count + window] = means.Over(Windows[window], row, level) / level + Floors[window];
            }
        }

        return Logarithms.Half(ratios);
    }
}
