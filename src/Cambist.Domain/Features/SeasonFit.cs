using System.Runtime.CompilerServices;
using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>
/// Measures the season of each week on the 104 weeks before it. Returns enter and leave as whole numbers, so that what is measured does not depend on where
/// the history began.
/// </summary>
/// <remarks>
/// An hour of the week is measured by the clock of the place that is at work in it, for Tokyo has no summer time and London changes its clocks on other Sundays than New York: by one
/// clock the opening of Tokyo would be smeared over two hours. It is shrunk towards its hour of the day, for five weekdays share a shape and 104 heavy-tailed returns tell little.
/// </remarks>
internal sealed class SeasonFit
{
    /// <summary>Weeks that a season is measured on.</summary>
    public const int Weeks = 104;

    private const int HoursPerDay = 24;

    // As if that many more weeks had shown the average of the hour of the day.
    private const double PriorWeeks = 10;

    // The whole numbers count returns in 1e-12 and their squares in 1e-18.
    private const double PerAbsolute = 1e12, PerSquare = 1e18;

    // A clock's hours are up to two later than New York's, so a week has a few more of them.
    private const int HoursOfClock = FxWeek.Hours + WeekClocks.MostShift;

    // For each way in which the clocks stand the cell that measures each hour of the week.
    private static readonly int[][] CellsOfKind = new int[WeekClocks.Kinds][];

    // By place, and by the hour of the week on its clock.
    private readonly Cell[] _returns = new Cell[WeekClocks.All.Length * HoursOfClock];
    private readonly Cell[] _ranges = new Cell[WeekClocks.All.Length * HoursOfClock];
    private readonly long[] _squares = new long[WeekClocks.All.Length * HoursOfClock];

    /// <summary>Returns in the window.</summary>
    public int Count { get; private set; }

    /// <summary>The window that holds a whole path.</summary>
    public static SeasonFit Of(HourlyPath path)
    {
        var fit = new SeasonFit();
        for (var row = 1; row < path.Rows; row++)
        {
            if (path.HasBar[row] && path.HasBar[row - 1])
            {
                var time = path.Start + row;
                fit.Add(WeekClocks.Of(MarketClock.WeekOf(time)), MarketClock.HourOfWeek(time), path.LogCloses[row] - path.LogCloses[row - 1], path.LogRanges[row], 1);
            }
        }

        return fit;
    }

    /// <summary>Adds a return over one hour to the window, or takes it out again.</summary>
    /// <param name="clocks">Clocks of its week.</param>
    /// <param name="hourOfWeek">Its hour.</param>
    /// <param name="logReturn">The return, freed of what an announcement did to it.</param>
    /// <param name="range">The range of the hour, freed of it too; not a number where it is not known.</param>
    /// <param name="sign">1 to add, −1 to take out what was added before.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(WeekClocks clocks, int hourOfWeek, double logReturn, double range, int sign)
    {
        var absolute = sign * (long)(Math.Abs(logReturn) * PerAbsolute);
        var square = sign * (long)(logReturn * logReturn * PerSquare);
        var (rangeSum, rangeCount) = double.IsNaN(range) ? (0, 0) : (sign * (long)(range * PerAbsolute), sign);
        foreach (var place in WeekClocks.All)
        {
            var cell = (int)place * HoursOfClock + clocks.Hour(place, hourOfWeek);
            _returns[cell].Add(absolute, sign);
            _ranges[cell].Add(rangeSum, rangeCount);
            _squares[cell] += square;
        }

        Count += sign;
    }

    /// <summary>The season of a week with these clocks, from what is in the window, and with the effects of announcements as they are known.</summary>
    public SeasonOfWeek Fit(WeekClocks clocks, double[] effects)
    {
        var atWork = CellsOfKind[clocks.Kind] ??= CellsAtWork(clocks);
        if (Weights(atWork, _returns) is not { } weights)
        {
            return SeasonOfWeek.Even(effects);
        }

        return new SeasonOfWeek(weights, Weights(atWork, _ranges) ?? weights, LongRun(atWork, weights), effects);
    }

    private static int[] CellsAtWork(WeekClocks clocks)
    {
        var cells = new int[FxWeek.Hours];
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            var place = clocks.AtWork(hour);
            cells[hour] = (int)place * HoursOfClock + clocks.Hour(place, hour);
        }

        return cells;
    }

    // Null where nothing moved.
    private static double[]? Weights(int[] atWork, Cell[] cells)
    {
        var days = new double[WeekClocks.All.Length * HoursPerDay];
        foreach (var place in WeekClocks.All)
        {
            if (!FitDays(cells.AsSpan((int)place * HoursOfClock, HoursOfClock), days.AsSpan((int)place * HoursPerDay, HoursPerDay)))
            {
                return null;
            }
        }

        var weights = new double[FxWeek.Hours];
        var total = 0.0;
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            var cell = cells[atWork[hour]];
            var (place, hourOfClock) = Math.DivRem(atWork[hour], HoursOfClock);
            var mean = (cell.Sum + PriorWeeks * days[place * HoursPerDay + hourOfClock % HoursPerDay]) / (cell.Count + PriorWeeks);

            // Mean absolute returns rather than mean squares: one crash in an hour must not own it.
            weights[hour] = mean * mean;
            total += weights[hour];
        }

        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            weights[hour] *= FxWeek.Hours / total;
        }

        return weights;
    }

    // The mean of each hour of the day by one place's clock; false where nothing moved.
    private static bool FitDays(ReadOnlySpan<Cell> cells, Span<double> days)
    {
        Span<double> counts = stackalloc double[HoursPerDay];
        counts.Clear();
        double total = 0, all = 0;
        for (var hour = 0; hour < cells.Length; hour++)
        {
            days[hour % HoursPerDay] += cells[hour].Sum;
            counts[hour % HoursPerDay] += cells[hour].Count;
            total += cells[hour].Sum;
            all += cells[hour].Count;
        }

        for (var hour = 0; hour < HoursPerDay; hour++)
        {
            days[hour] = (days[hour] + PriorWeeks * (total / all)) / (counts[hour] + PriorWeeks);
        }

        return total > 0;
    }

    // The mean square return over the season's weight of its hour.
    private double LongRun(int[] atWork, double[] weights)
    {
        double total = 0, count = 0;
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            total += _squares[atWork[hour]] / weights[hour];
            count += _returns[atWork[hour]].Count;
        }

        return total / PerSquare / Math.Max(1, count);
    }

    // What the window holds of one hour of the week.
    private struct Cell
    {
        public long Sum;
        public int Count;

        public void Add(long sum, int count)
        {
            Sum += sum;
            Count += count;
        }
    }
}
