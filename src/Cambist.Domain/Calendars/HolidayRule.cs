namespace Cambist.Domain.Calendars;

/// <summary>What the law does with a holiday that falls on a Saturday or Sunday.</summary>
internal enum OnWeekend
{
    /// <summary>Nothing: no weekday is lost.</summary>
    Lapses,

    /// <summary>A Sunday's holiday goes to the next day that is no holiday itself, a Saturday's lapses.</summary>
    SundayMoves,

    /// <summary>Both go to the Monday, even where that is a holiday already.</summary>
    ToMonday,

    /// <summary>Both go to the next weekday that is no holiday itself: Christmas on a Saturday takes the Monday, Boxing Day then the Tuesday.</summary>
    ToNextFreeDay,
}

/// <summary>One line of a holiday table: a name and the day on which it falls in a year, if it does.</summary>
internal sealed record HolidayRule(string Name, Func<int, DateOnly?> DateIn, OnWeekend OnWeekend = OnWeekend.Lapses)
{
    public static HolidayRule Fixed(string name, int month, int day, OnWeekend onWeekend = OnWeekend.Lapses) =>
        new(name, year => new DateOnly(year, month, day), onWeekend);

    public static HolidayRule Nth(string name, int nth, DayOfWeek weekday, int month) =>
        new(name, year => OnOrAfter(new DateOnly(year, month, 1 + 7 * (nth - 1)), weekday));

    public static HolidayRule Last(string name, DayOfWeek weekday, int month) =>
        new(name, year => OnOrAfter(new DateOnly(year, month, DateTime.DaysInMonth(year, month)).AddDays(-6), weekday));

    public static HolidayRule FirstFrom(string name, DayOfWeek weekday, int month, int day) =>
        new(name, year => OnOrAfter(new DateOnly(year, month, day), weekday));

    public static HolidayRule Easter(string name, int daysAfter) => new(name, year => EasterSunday(year).AddDays(daysAfter));

    public static HolidayRule Once(string name, int year, int month, int day)
    {
        var date = new DateOnly(year, month, day);
        return new HolidayRule(name, asked => asked == year ? date : null);
    }

    public HolidayRule Since(int first) => this with { DateIn = year => year >= first ? DateIn(year) : null };

    public HolidayRule Until(int last) => this with { DateIn = year => year <= last ? DateIn(year) : null };

    public HolidayRule Except(params int[] years) => this with { DateIn = year => years.Contains(year) ? null : DateIn(year) };

    /// <summary>Easter Sunday of the western churches: the "anonymous Gregorian" algorithm, Meeus, Astronomical Algorithms (1991), chapter 8.</summary>
    internal static DateOnly EasterSunday(int year)
    {
        var a = year % 19;
        var (b, c) = (year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = (b - (b + 8) / 25 + 1) / 3;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var (month, day) = Math.DivRem(h + l - 7 * m + 114, 31);
        return new DateOnly(year, month, day + 1);
    }

    private static DateOnly OnOrAfter(DateOnly day, DayOfWeek weekday) => day.AddDays(((int)weekday - (int)day.DayOfWeek + 7) % 7);
}
