using Cambist.Domain.Calendars;
using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>
/// What the regression reads at each row: features of the hour, and for each horizon how much the pair moved in the same hours of the day, on each of the five
/// market days before. The latter is the strongest regressor beyond a few hours: what the season does not know of this week's hours, yesterday's tell.
/// </summary>
internal sealed class HarRegressors
{
    /// <summary>Market days that are looked back at: a week.</summary>
    public const int DaysBack = FxWeek.Hours / HoursPerDay;

    private const int HoursPerDay = 24;
    private const double Floor = 0.02;

    // The unit of log_level.
    private const double UsualLevel = 1e-6;

    private static readonly string[] OfHour =
    [
        "range_1", "range_6", "range_24", "range_120", "range_480", "move_1", "move_6", "move_24", "realised_24", "long_run",
        "market_1", "market_6", "market_24", "market_120", "market_480", "announced_before_6", "holiday", "year_end",
    ];

    private static readonly int[] Columns = [.. OfHour.Select(FeatureSet.Column)];
    private static readonly int HourVariance = FeatureSet.Column("hour_variance");
    private static readonly int LogLevel = FeatureSet.Column("log_level");

    private readonly FeatureTable _table;
    private readonly int _first;
    private readonly RollingMean _variances;

    /// <summary>Prepares the rows [from, to) of a table, whose earlier rows are read back to five days.</summary>
    public HarRegressors(FeatureTable table, int from, int to)
    {
        _table = table;
        _first = Math.Max(0, from - FxWeek.Hours);
        var variances = new float[to - _first];
        for (var row = _first; row < to; row++)
        {
            var values = table.Values(row, row + 1);
            variances[row - _first] = (float)(values[HourVariance] * Level(values));
        }

        _variances = new RollingMean(variances, 0, variances.Length);
    }

    /// <summary>Names of the regressors, those of the same hours of earlier days last.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. OfHour, .. Enumerable.Range(1, DaysBack).Select(day => $"same_hours_{day}_days_ago")];

    /// <summary>Names of the features that are read.</summary>
    public static IReadOnlyList<string> Features { get; } = [.. OfHour, "hour_variance", "log_level"];

    /// <summary>Rows before a row that are read.</summary>
    public static int Lookback => FxWeek.Hours;

    /// <summary>Writes the regressors of a row that are the same for all horizons.</summary>
    public void FillHour(int row, Span<double> regressors)
    {
        var values = _table.Values(row, row + 1);
        for (var i = 0; i < Columns.Length; i++)
        {
            regressors[i] = values[Columns[i]];
        }
    }

    /// <summary>Writes the ratios whose half logarithms are the last five regressors of a horizon, one for each day back.</summary>
    public void FillSameHours(int row, int hours, Span<double> ratios)
    {
        var level = Level(_table.Values(row, row + 1));
        for (var day = 1; day <= DaysBack; day++)
        {
            // The hours that lie as far ahead of that day's row as the horizon does of this one; of yesterday at 24 hours, the last one is this row itself.
            var last = row - day * HoursPerDay + hours - _first;
            ratios[day - 1] = Floor + (last < 0 ? 1 : _variances.Over(Math.Min(hours, last + 1), last, level) / level);
        }
    }

    private static double Level(ReadOnlySpan<float> values) => UsualLevel * Math.Exp(2 * values[LogLevel]);
}
