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

    private readonly Sums[] _byClock = [new(), new(), new()];
    private readonly Sums[] _rangesByClock = [new(), new(), new()];

    /// <summary>Returns in the window.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a return over one hour to the window, or takes it out again.</summary>
    /// <param name="clocks">Clocks of its week.</param>
    /// <param name="hourOfWeek">Its hour.</param>
    /// <param name="logReturn">The return, freed of what an announcement did to it.</param>
    /// <param name="range">The range of the hour, freed of it too; not a number where it is not known.</param>
    /// <param name="sign">1 to add, −1 to take out what was added before.</param>
    public void Add(WeekClocks clocks, int hourOfWeek, double logReturn, double range, int sign)
    {
        var absolute = sign * (long)(Math.Abs(logReturn) * PerAbsolute);
        var square = sign * (long)(logReturn * logReturn * PerSquare);
        foreach (var clock in WeekClocks.All)
        {
            _byClock[(int)clock].Add(clocks.Hour(clock, hourOfWeek), absolute, square, sign);
            if (!double.IsNaN(range))
            {
                _rangesByClock[(int)clock].Add(clocks.Hour(clock, hourOfWeek), sign * (long)(range * PerAbsolute), 0, sign);
            }
        }

        Count += sign;
    }

    /// <summary>The season of a week with these clocks, from what is in the window, and with the effects of announcements as they are known.</summary>
    public SeasonOfWeek Fit(WeekClocks clocks, double[] effects)
    {
        if (_byClock[0].TotalAbsolute <= 0)
        {
            return SeasonOfWeek.Even(effects);
        }

        var weights = Weights(clocks, _byClock);
        return new SeasonOfWeek(weights, _rangesByClock[0].TotalAbsolute > 0 ? Weights(clocks, _rangesByClock) : weights, LongRun(clocks, weights), effects);
    }

    private static double[] Weights(WeekClocks clocks, Sums[] byClock)
    {
        foreach (var sums in byClock)
        {
            sums.FitDays(PriorWeeks);
        }

        var weights = new double[FxWeek.Hours];
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            var clock = clocks.AtWork(hour);
            var mean = byClock[(int)clock].Mean(clocks.Hour(clock, hour), PriorWeeks);

            // Mean absolute returns rather than mean squares: one crash in an hour must not own it.
            weights[hour] = mean * mean;
        }

        var average = weights.Average();
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            weights[hour] /= average;
        }

        return weights;
    }

    // The mean square return over the season's weight of its hour.
    private double LongRun(WeekClocks clocks, double[] weights)
    {
        double total = 0, count = 0;
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            var clock = clocks.AtWork(hour);
            var (square, returns) = _byClock[(int)clock].Square(clocks.Hour(clock, hour));
            total += square / weights[hour];
            count += returns;
        }

        return total / PerSquare / Math.Max(1, count);
    }

    // The returns of the window by the hour of the week of one clock. A clock's hours are up to two later than New York's, so a week has a few more of them.
    private sealed class Sums
    {
        private const int Hours = FxWeek.Hours + WeekClocks.MostShift;

        private readonly long[] _absolute = new long[Hours];
        private readonly long[] _square = new long[Hours];
        private readonly int[] _count = new int[Hours];
        private readonly double[] _ofDay = new double[HoursPerDay];

        public long TotalAbsolute { get; private set; }

        public void Add(int hour, long absolute, long square, int count)
        {
            _absolute[hour] += absolute;
            _square[hour] += square;
            _count[hour] += count;
            TotalAbsolute += absolute;
        }

        public void FitDays(double prior)
        {
            var overall = TotalAbsolute / (double)_count.Sum();
            for (var hourOfDay = 0; hourOfDay < HoursPerDay; hourOfDay++)
            {
                double sum = prior * overall, count = prior;
                for (var hour = hourOfDay; hour < Hours; hour += HoursPerDay)
                {
                    sum += _absolute[hour];
                    count += _count[hour];
                }

                _ofDay[hourOfDay] = sum / count;
            }
        }

        public double Mean(int hour, double prior) => (_absolute[hour] + prior * _ofDay[hour % HoursPerDay]) / (_count[hour] + prior);

        public (double Square, int Count) Square(int hour) => (_square[hour], _count[hour]);
    }
}
