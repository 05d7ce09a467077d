using System.Globalization;

namespace Cambist.Domain.Calendars;

/// <summary>
/// Feasts that are tied to the new moon. The Chinese calendar gives the day of every new moon (in Beijing); the Hindu and Buddhist months begin at the
/// same new moons, only their names and leap months differ.
/// </summary>
internal static class LunarMonths
{
    private static readonly ChineseLunisolarCalendar Chinese = new();

    /// <summary>A day of the Chinese year that begins in this year.</summary>
    public static DateOnly ChineseDay(int year, int month, int day)
    {
        // The calendar counts the leap month as one of its own: with a leap fourth month, the fifth is number six.
        var leap = Chinese.GetLeapMonth(year);
        var number = leap > 0 && month >= leap ? month + 1 : month;
        return DateOnly.FromDateTime(Chinese.ToDateTime(year, number, day, 0, 0, 0, 0));
    }

    /// <summary>Qingming, the sun's 15th degree: 4 or 5 April in Beijing, by the rule of thumb that holds from 2000 to 2099.</summary>
    public static DateOnly Qingming(int year) => new(year, 4, (int)(year % 100 * 0.2422 + 4.81) - year % 100 / 4);

    /// <summary>
    /// The new moon with which a Hindu month begins: the last one up to the day before the sun enters the next sign (sidereal), which leaves an
    /// inserted month out. A feast lies a fixed number of days after it, give or take one (Reingold and Dershowitz, Calendrical
    /// Calculations, 2018, chapter 20). Where moon and sun turn on the same day the month may be taken one too early: for the feasts of
    /// 2003 to 2035 that happens in 2010 and 2031.
    /// </summary>
    public static DateOnly HinduNewMoon(int year, HinduMonth month) => NewMoonUpTo(month switch
    {
        HinduMonth.Phalguna => new DateOnly(year, 3, 13),
        HinduMonth.Chaitra => new DateOnly(year, 4, 14),
        HinduMonth.Vaishakha => new DateOnly(year, 5, 14),
        HinduMonth.Shravana => new DateOnly(year, 8, 16),
        HinduMonth.Bhadrapada => new DateOnly(year, 9, 16),
        HinduMonth.Ashvina => new DateOnly(year, 10, 17),
        _ => new DateOnly(year, 11, 15),
    });

    /// <summary>The day of the last new moon up to this day.</summary>
    public static DateOnly NewMoonUpTo(DateOnly day) => day.AddDays(1 - Chinese.GetDayOfMonth(day.ToDateTime(TimeOnly.MinValue)));
}

/// <summary>Months of the Hindu year, from new moon to new moon.</summary>
internal enum HinduMonth
{
    Phalguna,
    Chaitra,
    Vaishakha,
    Shravana,
    Bhadrapada,
    Ashvina,
    Kartika,
}
