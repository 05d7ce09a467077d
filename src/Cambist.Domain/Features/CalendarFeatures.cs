using System.Runtime.CompilerServices;
using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>Features of the clock and the calendar: what is known beforehand of the hours to come.</summary>
internal sealed class CalendarFeatures(VarianceTrack track)
{
    private const int HoursPerDay = 24;

    private static readonly (int Hours, int Column)[] Ahead =
        [(1, FeatureSet.Column("season_1")), (4, FeatureSet.Column("season_4")), (12, FeatureSet.Column("season_12")), (24, FeatureSet.Column("season_24"))];

    // From how many hours after a row to how many.
    private static readonly (int After, int UpTo, int Column)[] Announced =
    [
        (0, 1, FeatureSet.Column("announced_1")),
        (0, 4, FeatureSet.Column("announced_4")),
        (0, 24, FeatureSet.Column("announced_24")),
        (-6, 0, FeatureSet.Column("announced_before_6")),
    ];

    // The columns of an hour of the week lie side by side, from this one on.
    private const int ClockColumns = 8;
    private static readonly int FirstClockColumn = FeatureSet.Column("day_sin");

    private static readonly int Holiday = FeatureSet.Column("holiday");
    private static readonly int YearEnd = FeatureSet.Column("year_end");

    private readonly BusinessCalendar _calendar = BusinessCalendar.For(track.Path.Pair.Base, track.Path.Pair.Quote);

    public void Fill(FeatureBlock block)
    {
        FillSeason(block);
        FillAnnounced(block);
        FillClocks(block);
        FillDays(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillSeason(FeatureBlock block)
    {
        Span<double> weights = stackalloc double[FeatureBlock.Most];
        weights = weights[..block.Rows];
        foreach (var (hours, column) in Ahead)
        {
            block.Weights.Season(block.End, 0, hours, weights);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] /= hours;
            }

            block.SetHalfLogs(column, weights);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillAnnounced(FeatureBlock block)
    {
        Span<double> ratios = stackalloc double[FeatureBlock.Most];
        Span<double> weights = stackalloc double[FeatureBlock.Most];
        ratios = ratios[..block.Rows];
        weights = weights[..block.Rows];
        foreach (var (after, upTo, column) in Announced)
        {
            if (!block.Weights.HasAnnounced)
            {
                block.Set(column, 0);
                continue;
            }

            block.Weights.Season(block.End, after, upTo, weights);
            block.Weights.Announced(block.End, after, upTo, ratios);
            for (var i = 0; i < ratios.Length; i++)
            {
                ratios[i] = 1 + ratios[i] / weights[i];
            }

            block.SetHalfLogs(column, ratios);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillClocks(FeatureBlock block)
    {
        var (week, hour) = Math.DivRem(block.End, FxWeek.Hours);
        var clocks = WeekClocks.Of(week).Features;
        for (var i = 0; i < block.Rows; i++, hour++)
        {
            // The week's last row ends where the next week begins.
            if (hour == FxWeek.Hours)
            {
                (hour, clocks) = (0, WeekClocks.Of(week + 1).Features);
            }

            clocks.AsSpan(hour * ClockColumns, ClockColumns).CopyTo(block.Row(i)[FirstClockColumn..]);
        }
    }

    // What is said of a day holds for the 24 market hours to come: their middle decides which day they are, on a Friday evening that is Monday.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillDays(FeatureBlock block)
    {
        var (day, until) = (default(DateOnly), int.MinValue);
        var (holiday, yearEnd) = (0f, 0f);
        for (var i = 0; i < block.Rows; i++)
        {
            var middle = block.End + i + HoursPerDay / 2;
            if (middle >= until)
            {
                (day, until) = DayOf(middle);
                holiday = _calendar.HolidayOn(day) is null ? 0 : 1;
                yearEnd = day is { Month: 12, Day: >= 20 } or { Month: 1, Day: <= 3 } ? 1 : 0;
            }

            block.Set(Holiday, i, holiday);
            block.Set(YearEnd, i, yearEnd);
        }
    }

    // The UTC day of a market time, and the market time at which it may be over.
    private static (DateOnly Day, int Until) DayOf(int marketTime)
    {
        var (week, hour) = Math.DivRem(marketTime, FxWeek.Hours);
        var instant = MarketClock.OpenOf(week).UtcDateTime.AddHours(hour);
        return (DateOnly.FromDateTime(instant), Math.Min(marketTime + HoursPerDay - instant.Hour, (week + 1) * FxWeek.Hours));
    }
}
