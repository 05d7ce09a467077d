using System.Runtime.CompilerServices;

namespace Cambist.Domain.Features;

/// <summary>Features of volatility: what the pair, and the market, moved over hours, days, weeks and months against what was expected.</summary>
internal sealed class VolatilityFeatures
{
    // As in RangeRatios: what did not move at all has a logarithm too.
    private const double RealisedFloor = 0.02;

    // The natural unit of the level is a move of 0.1 % an hour, about that of a major pair.
    private const double PerUsualLevel = 1e6;
    private const float MostHourVariance = 50;
    private const int LongestRealised = 120;

    private static readonly int[] Ranges = Columns("range_1", "range_6", "range_24", "range_120", "range_480");
    private static readonly int[] Market = Columns("market_1", "market_6", "market_24", "market_120", "market_480");
    private static readonly (int Hours, int Column)[] Realised = [(24, FeatureSet.Column("realised_24")), (LongestRealised, FeatureSet.Column("realised_120"))];
    private static readonly int LongRun = FeatureSet.Column("long_run");
    private static readonly int LogLevel = FeatureSet.Column("log_level");
    private static readonly int HourVariance = FeatureSet.Column("hour_variance");
    private static readonly int Missing = FeatureSet.Column("missing");

    private readonly MarketPulse _pulse;
    private readonly RangeRatios _ranges;
    private readonly RollingMean _squares;

    /// <summary>Prepares the rows [from, to) of a track.</summary>
    public VolatilityFeatures(VarianceTrack track, MarketPulse pulse, int from, int to)
    {
        _pulse = pulse;
        _ranges = new RangeRatios(track, from, to);
        _squares = new RollingMean(track.Squares, Math.Max(0, from - LongestRealised), to);
    }

    public void Fill(FeatureBlock block)
    {
        FillRanges(block);
        Span<double> ratios = stackalloc double[FeatureBlock.Most];
        ratios = ratios[..block.Rows];
        var levels = block.Levels;
        foreach (var (hours, column) in Realised)
        {
            _squares.Ratios(hours, block.From, levels, RealisedFloor, ratios);
            block.SetHalfLogs(column, ratios);
        }

        FillLevels(block, ratios);
        var variances = block.Track.HourVariances.Slice(block.From, block.Rows);
        var hasBar = block.Track.Path.HasBar.Slice(block.From, block.Rows);
        for (var i = 0; i < ratios.Length; i++)
        {
            block.Set(HourVariance, i, Math.Min(MostHourVariance, variances[i] / (float)levels[i]));
            block.Set(Missing, i, hasBar[i] ? 0 : 1);
        }
    }

    // The long run against the level is a difference of logarithms: one is taken of each row's level.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillLevels(FeatureBlock block, Span<double> ratios)
    {
        var levels = block.Levels;
        for (var i = 0; i < ratios.Length; i++)
        {
            ratios[i] = levels[i] * PerUsualLevel;
        }

        Span<float> logs = stackalloc float[FeatureBlock.Most];
        logs = logs[..ratios.Length];
        Logarithms.Half(ratios, logs);
        block.Set(LogLevel, logs);
        var longRun = (float)(0.5 * Math.Log(block.Track.LongRun(block.From) * PerUsualLevel));
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = longRun - logs[i];
        }

        block.Set(LongRun, logs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillRanges(FeatureBlock block)
    {
        Span<float> ratios = stackalloc float[FeatureBlock.Most];
        ratios = ratios[..block.Rows];
        for (var window = 0; window < RangeRatios.Count; window++)
        {
            _ranges.Fill(window, block.From, ratios);
            block.Set(Ranges[window], ratios);

            // Where no major pair is known, a pair's own movement is the best that is known of the market's.
            _pulse.Replace(window, block.End, ratios);
            block.Set(Market[window], ratios);
        }
    }

    private static int[] Columns(params ReadOnlySpan<string> names)
    {
        var columns = new int[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            columns[i] = FeatureSet.Column(names[i]);
        }

        return columns;
    }
}
