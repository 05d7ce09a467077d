namespace Cambist.Domain.Features;

/// <summary>Features of direction: returns over several spans, the relative strength index and the distance from a moving average.</summary>
internal static class ReturnFeatures
{
    private const int RsiHours = 14;
    private const int AverageHours = 20;

    // Beyond eight standard deviations a return says no more than "very large".
    private const double Limit = 8;

    private static readonly (int Hours, string Name)[] Spans = [(1, "return_1"), (6, "return_6"), (24, "return_24"), (120, "return_120")];

    public static void Fill(FeatureColumns columns, VarianceTrack track, int from, int to)
    {
        foreach (var (hours, name) in Spans)
        {
            FillReturns(columns[name], track, from, to, hours);
        }

        var (rsi, average) = (columns["rsi_14"], columns["average_20"]);
        var closes = track.Path.LogCloses;
        for (var row = from; row < to; row++)
        {
            rsi[row - from] = row >= RsiHours ? Rsi(closes, row) : float.NaN;
            average[row - from] = row >= AverageHours ? FromAverage(track, closes, row) : float.NaN;
        }
    }

    private static void FillReturns(FeatureColumns.Column column, VarianceTrack track, int from, int to, int hours)
    {
        var closes = track.Path.LogCloses;
        for (var row = from; row < to; row++)
        {
            column[row - from] = row >= hours
                ? (float)Math.Clamp((closes[row] - closes[row - hours]) / Math.Sqrt(Behind(track, row, hours)), -Limit, Limit)
                : float.NaN;
        }
    }

    /// <summary>The variance that a row's level expects of the hours behind it.</summary>
    internal static double Behind(VarianceTrack track, int row, int hours)
    {
        var end = track.Path.Start + row;
        return track.Levels[row] * track.Weight(row, end - hours, end);
    }

    // Wilder 1978, with plain averages (Cutler): ups / (ups + downs), from −1 to 1 around 0.
    private static float Rsi(ReadOnlySpan<double> closes, int row)
    {
        double up = 0, down = 0;
        for (var hour = row - RsiHours + 1; hour <= row; hour++)
        {
            var change = closes[hour] - closes[hour - 1];
            up += Math.Max(0, change);
            down += Math.Max(0, -change);
        }

        return up + down > 0 ? (float)((up - down) / (up + down)) : 0;
    }

    private static float FromAverage(VarianceTrack track, ReadOnlySpan<double> closes, int row)
    {
        double sum = 0;
        for (var hour = row - AverageHours + 1; hour <= row; hour++)
        {
            sum += closes[hour] - closes[row];
        }

        return (float)Math.Clamp(-sum / AverageHours / Math.Sqrt(Behind(track, row, AverageHours)), -Limit, Limit);
    }
}
