using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>
/// The features of an hour, one definition for training and for serving. Each is a function of the bars that had closed by the hour's end, of the calendar, and of nothing else;
/// none depends on where the history began, once <see cref="VarianceTrack.WeeksOfHistory"/> lie before it. What is not known is not a number.
/// </summary>
/// <remarks>
/// Returns are in units of their expected volatility, volatilities as half logarithms of a ratio of variances (0: as expected). Cycles are read off New York's clock,
/// by which the market's day and week end at 17:00.
/// </remarks>
public static class FeatureSet
{
    /// <summary>Names of the features, in the order of their columns.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "return_1", "return_6", "return_24", "return_120", "move_1", "move_6", "move_24",
        "range_1", "range_6", "range_24", "range_120", "range_480", "realised_24", "realised_120", "long_run",
        "rsi_14", "average_20",
        "market_1", "market_6", "market_24", "market_120", "market_480",
        "hour_variance", "log_level", "missing",
        "season_1", "season_4", "season_12", "season_24",
        "announced_1", "announced_4", "announced_24", "announced_before_6",
        "day_sin", "day_cos", "week_sin", "week_cos", "to_close", "tokyo", "london", "new_york", "holiday", "year_end",
    ];

    /// <summary>Number of features.</summary>
    internal static int Width { get; } = Names.Count;

    /// <summary>The column of a feature.</summary>
    /// <exception cref="ArgumentException">There is no such feature.</exception>
    public static int Column(string name)
    {
        for (var column = 0; column < Names.Count; column++)
        {
            if (Names[column] == name)
            {
                return column;
            }
        }

        throw new ArgumentException($"There is no feature '{name}'.", nameof(name));
    }

    /// <summary>The features of the rows [from, to) of a track, all at or after <see cref="VarianceTrack.FirstReady"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is not ready, or not there.</exception>
    public static FeatureTable Build(VarianceTrack track, MarketPulse pulse, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(track);
        ArgumentNullException.ThrowIfNull(pulse);
        ArgumentOutOfRangeException.ThrowIfLessThan(from, track.FirstReady);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, track.Path.Rows);
        var (volatility, calendar, weights) = (new VolatilityFeatures(track, pulse, from, to), new CalendarFeatures(track), new WeekWeights());
        var values = GC.AllocateUninitializedArray<float>(Math.Max(0, to - from) * Width);
        for (var row = from; row < to;)
        {
            var week = MarketClock.WeekOf(track.Path.Start + row);
            var end = Math.Min(to, (week + 1) * FxWeek.Hours + 1 - track.Path.Start);
            weights.Read(week, track.SeasonAt(row), track.Announced);
            var block = new FeatureBlock(track, weights, row, values.AsSpan((row - from) * Width, (end - row) * Width));
            ReturnFeatures.Fill(block);
            volatility.Fill(block);
            calendar.Fill(block);
            row = end;
        }

        return new FeatureTable(Names, values);
    }
}
