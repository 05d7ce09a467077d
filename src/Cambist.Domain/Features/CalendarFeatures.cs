using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>Features of the clock and the calendar: what is known beforehand of the hours to come.</summary>
internal static class CalendarFeatures
{
    private const int HoursPerDay = 24;
    private const int HoursBefore = 6;

    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly (int Hours, string Name)[] Ahead = [(1, "season_1"), (4, "season_4"), (12, "season_12"), (24, "season_24")];
    private static readonly (int Hours, string Name)[] Announced = [(1, "announced_1"), (4, "announced_4"), (24, "announced_24")];

    public static void Fill(FeatureColumns columns, VarianceTrack track, int from, int to)
    {
        foreach (var (hours, name) in Ahead)
        {
            FillWeights(columns[name], from, to, row => track.SeasonAt(row).Between(End(track, row), End(track, row) + hours) / hours);
        }

        foreach (var (hours, name) in Announced)
        {
            FillWeights(columns[name], from, to, row => Multiplier(track, row, End(track, row), End(track, row) + hours));
        }

        FillWeights(columns["announced_before_6"], from, to, row => Multiplier(track, row, End(track, row) - HoursBefore, End(track, row)));
        FillCycles(columns, track, from, to);
        FillDays(columns, track, from, to);
    }

    private static DateOnly DayOf(int marketTime) =>
        DateOnly.FromDateTime(MarketClock.OpenOf(marketTime / FxWeek.Hours).UtcDateTime.AddHours(marketTime % FxWeek.Hours));

    private static int End(VarianceTrack track, int row) => track.Path.Start + row;

    private static double Multiplier(VarianceTrack track, int row, int after, int upTo) =>
        track.Announced.Between(after, upTo, out _).Length == 0 ? 1 : track.Weight(row, after, upTo) / track.SeasonAt(row).Between(after, upTo);

    private static void FillWeights(FeatureColumns.Column column, int from, int to, Func<int, double> weight)
    {
        for (var row = from; row < to; row++)
        {
            var value = weight(row);
            column[row - from] = value == 1 ? 0 : (float)(0.5 * Math.Log(value));
        }
    }

    private static void FillCycles(FeatureColumns columns, VarianceTrack track, int from, int to)
    {
        var (daySin, dayCos, weekSin, weekCos, toClose) = (columns["day_sin"], columns["day_cos"], columns["week_sin"], columns["week_cos"], columns["to_close"]);
        for (var row = from; row < to; row++)
        {
            var (i, hour) = (row - from, End(track, row) % FxWeek.Hours);
            var (day, week) = (2 * Math.PI * (hour % HoursPerDay) / HoursPerDay, 2 * Math.PI * hour / FxWeek.Hours);
            (daySin[i], dayCos[i], weekSin[i], weekCos[i]) = ((float)Math.Sin(day), (float)Math.Cos(day), (float)Math.Sin(week), (float)Math.Cos(week));
            toClose[i] = (float)(FxWeek.Hours - hour) / FxWeek.Hours;
        }
    }

    // What is said of a day holds for the 24 market hours to come: their middle decides which day they are, on a Friday evening that is Monday.
    private static void FillDays(FeatureColumns columns, VarianceTrack track, int from, int to)
    {
        var (tokyo, london, newYork) = (columns["tokyo"], columns["london"], columns["new_york"]);
        var (holiday, yearEnd) = (columns["holiday"], columns["year_end"]);
        var calendar = BusinessCalendar.For(track.Path.Pair.Base, track.Path.Pair.Quote);
        var (week, open, londonOffset, day, isHoliday, isYearEnd) = (-1, default(DateTimeOffset), TimeSpan.Zero, default(DateOnly), 0f, 0f);
        for (var row = from; row < to; row++)
        {
            var end = End(track, row);
            if (end / FxWeek.Hours != week)
            {
                week = end / FxWeek.Hours;
                open = MarketClock.OpenOf(week);
                londonOffset = London.GetUtcOffset(open.AddDays(3));
            }

            var now = open.AddHours(end - week * FxWeek.Hours);
            var middle = DayOf(end + HoursPerDay / 2);
            if (middle != day)
            {
                day = middle;
                isHoliday = calendar.HolidayOn(day) is null ? 0 : 1;
                isYearEnd = day is { Month: 12, Day: >= 20 } or { Month: 1, Day: <= 3 } ? 1 : 0;
            }

            var i = row - from;
            (holiday[i], yearEnd[i]) = (isHoliday, isYearEnd);
            tokyo[i] = now.Hour < 9 ? 1 : 0; // 09:00 to 18:00 in Tokyo, which has no summer time.
            london[i] = (now + londonOffset).Hour is >= 8 and < 17 ? 1 : 0;
            newYork[i] = (17 + end) % HoursPerDay is >= 8 and < 17 ? 1 : 0;
        }
    }
}
