using System.Globalization;

namespace Cambist.Domain.Calendars;

/// <summary>A day of the Islamic year.</summary>
internal readonly record struct IslamicDay(int Month, int Day);

/// <summary>
/// Feasts of the Islamic year. A month begins when its moon is seen, so a date is certain only a day or so before; a table of the days that were
/// declared goes before the calendar, which for other years tells what to expect.
/// </summary>
internal static class IslamicFeasts
{
    public static readonly IslamicDay NewYear = new(1, 1);
    public static readonly IslamicDay Ashura = new(1, 10);
    public static readonly IslamicDay Mawlid = new(3, 12); // The Prophet's birthday.
    public static readonly IslamicDay Ascension = new(7, 27);
    public static readonly IslamicDay MidShaban = new(8, 15);
    public static readonly IslamicDay Ramadan = new(9, 1);
    public static readonly IslamicDay NightOfPower = new(9, 27);
    public static readonly IslamicDay EidAlFitr = new(10, 1);
    public static readonly IslamicDay EidAlAdha = new(12, 10);

    // The calendar of Umm al-Qura (Mecca, by computation) ends with the year 1500; after it comes the arithmetic one, at most two days apart.
    private static readonly UmAlQuraCalendar UmmAlQura = new();
    private static readonly HijriCalendar Arithmetic = new() { HijriAdjustment = 0 };
    private const int LastOfUmmAlQura = 1500;

    /// <summary>The holidays of a feast.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="day">The day of the Islamic year.</param>
    /// <param name="first">The first holiday, counted from that day: -1 is its eve.</param>
    /// <param name="last">The last holiday, counted likewise.</param>
    /// <param name="delay">How many days after Mecca's calendar the country mostly sees its moon.</param>
    /// <param name="onWeekend">What happens to a holiday on a weekend.</param>
    /// <param name="declared">The days on which the feast fell, as far as they are known, each as year × 10,000 + month × 100 + day.</param>
    public static HolidayRule[] Feast(string name, IslamicDay day, int first, int last, int delay, OnWeekend onWeekend, params int[] declared)
    {
        var known = declared.Select(HolidayRule.Day).ToArray();
        IEnumerable<DateOnly> KnownIn(int year) => known.Where(feast => feast.Year == year);
        IEnumerable<DateOnly> ExpectedIn(int year) => FallingIn(year, day, delay).Where(feast => !known.Any(seen => IsSame(seen, feast)));
        IEnumerable<DateOnly> Around(DateOnly feast) => HolidayRule.Span(feast, first, last);

        return
        [
            new(name, year => KnownIn(year).SelectMany(Around), onWeekend),
            new HolidayRule(name, year => ExpectedIn(year).SelectMany(Around), onWeekend).Expected(),
        ];
    }

    public static HolidayRule[] Feast(string name, IslamicDay day, int delay, params int[] declared) => Feast(name, day, 0, 0, delay, OnWeekend.Lapses, declared);

    /// <summary>The days of a year on which a day of the Islamic year falls: mostly one, at times none or two.</summary>
    internal static IEnumerable<DateOnly> FallingIn(int year, IslamicDay day, int delay)
    {
        // 33 Islamic years are 32 of ours, within days.
        var about = (year - 622) * 33 / 32;
        return Enumerable.Range(about - 1, 4).Select(islamicYear => DateOf(islamicYear, day).AddDays(delay)).Where(date => date.Year == year);
    }

    private static DateOnly DateOf(int islamicYear, IslamicDay day)
    {
        Calendar calendar = islamicYear <= LastOfUmmAlQura ? UmmAlQura : Arithmetic;
        return DateOnly.FromDateTime(calendar.ToDateTime(islamicYear, day.Month, day.Day, 0, 0, 0, 0));
    }

    private static bool IsSame(DateOnly declared, DateOnly expected) => Math.Abs(declared.DayNumber - expected.DayNumber) <= 4;
}
