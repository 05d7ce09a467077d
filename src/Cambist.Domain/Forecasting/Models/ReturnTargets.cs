using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>What a model is trained to tell the spread of: the return over the next 1 to 24 market hours in units of the volatility that the baseline expected.</summary>
public static class ReturnTargets
{
    /// <summary>Horizons in market hours: 1 to this.</summary>
    public const int Horizons = Forecast.LongestFittedHorizon;

    /// <summary>
    /// The standardised returns from each of the rows [from, to), 24 to a row; not a number where the hour of the row or of the horizon has no bar, or lies
    /// beyond the end of the track.
    /// </summary>
    public static float[] Of(VarianceTrack track, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(track);
        var targets = new float[Math.Max(0, to - from) * Horizons];
        var path = track.Path;
        Span<double> variances = stackalloc double[Horizons];
        for (var row = from; row < to; row++)
        {
            var ofRow = targets.AsSpan((row - from) * Horizons, Horizons);
            track.Variances(row, variances);
            for (var hours = 1; hours <= Horizons; hours++)
            {
                var known = row + hours < path.Rows && path.HasBar[row] && path.HasBar[row + hours];
                ofRow[hours - 1] = known ? (float)((path.LogCloses[row + hours] - path.LogCloses[row]) / Math.Sqrt(variances[hours - 1])) : float.NaN;
            }
        }

        return targets;
    }
}
