namespace Cambist.Domain.Features;

/// <summary>Features of volatility: what the pair, and the market, moved over hours, days, weeks and months against what was expected.</summary>
internal static class VolatilityFeatures
{
    // As in RangeRatios: what did not move at all has a logarithm too.
    private const double MoveFloor = 0.05;
    private const double RealisedFloor = 0.02;

    // The natural unit of the level is a move of 0.1 % an hour, about that of a major pair.
    private const double UsualLevel = 1e-6;
    private const float MostHourVariance = 50;

    private static readonly string[] Ranges = ["range_1", "range_6", "range_24", "range_120", "range_480"];
    private static readonly string[] Market = ["market_1", "market_6", "market_24", "market_120", "market_480"];
    private static readonly (int Hours, string Name)[] Moves = [(1, "move_1"), (6, "move_6"), (24, "move_24")];
    private static readonly (int Hours, string Name)[] Realised = [(24, "realised_24"), (120, "realised_120")];

    public static void Fill(FeatureColumns columns, VarianceTrack track, MarketPulse pulse, int from, int to)
    {
        FillRanges(columns, track, pulse, from, to);
        foreach (var (hours, name) in Moves)
        {
            FillLogs(columns[name], from, to, row => row >= hours ? MoveSquare(track, row, hours) + MoveFloor : 1);
        }

        var means = new RollingMean(track.Squares, Math.Max(0, from - 120), to);
        foreach (var (hours, name) in Realised)
        {
            FillLogs(columns[name], from, to, row => means.Over(hours, row, track.Levels[row]) / track.Levels[row] + RealisedFloor);
        }

        FillLogs(columns["long_run"], from, to, row => track.LongRun(row) / track.Levels[row]);
        FillLogs(columns["log_level"], from, to, row => track.Levels[row] / UsualLevel);
        var (hourVariance, missing) = (columns["hour_variance"], columns["missing"]);
        for (var row = from; row < to; row++)
        {
            hourVariance[row - from] = Math.Min(MostHourVariance, track.HourVariances[row] / (float)track.Levels[row]);
            missing[row - from] = track.Path.HasBar[row] ? 0 : 1;
        }
    }

    private static void FillRanges(FeatureColumns columns, VarianceTrack track, MarketPulse pulse, int from, int to)
    {
        var own = RangeRatios.Of(track, from, to);
        for (var window = 0; window < RangeRatios.Count; window++)
        {
            var (range, market) = (columns[Ranges[window]], columns[Market[window]]);
            for (var row = from; row < to; row++)
            {
                var mine = own[(row - from) * RangeRatios.Count + window];
                var all = pulse.At(track.Path.Start + row);
                range[row - from] = mine;

                // Where no major pair is known, a pair's own movement is the best that is known of the market's.
                market[row - from] = all.Length > 0 && !float.IsNaN(all[window]) ? all[window] : mine;
            }
        }
    }

    private static double MoveSquare(VarianceTrack track, int row, int hours)
    {
        var move = track.Path.LogCloses[row] - track.Path.LogCloses[row - hours];
        return move * move / ReturnFeatures.Behind(track, row, hours);
    }

    private static void FillLogs(FeatureColumns.Column column, int from, int to, Func<int, double> ratio)
    {
        var ratios = new double[to - from];
        for (var row = from; row < to; row++)
        {
            ratios[row - from] = ratio(row);
        }

        var logs = Logarithms.Half(ratios);
        for (var i = 0; i < logs.Length; i++)
        {
            column[i] = logs[i];
        }
    }
}
