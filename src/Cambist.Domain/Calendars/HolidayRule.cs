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

/// <summary>One line of a holiday table: a name and the days on which it falls in a year, if it does.</summary>
internal sealed record HolidayRule(string Name, Func<int, IEnumerable<DateOnly>> DatesIn, OnWeekend OnWeekend = OnWeekend.Lapses)
{
    public HolidayRule(string name, Func<int, DateOnly?> dateIn, OnWeekend onWeekend = OnWeekend.Lapses)
        : this(name, DatesOf(dateIn), onWeekend)
    {
    }

    public static HolidayRule Fixed(string name, int month, int day, OnWeekend onWeekend = OnWeekend.Lapses) =>
        new(name, year => new DateOnly(year, month, day), onWeekend);

    public static HolidayRule Nth(string name, int nth, DayOfWeek weekday, int month) =>
        new(name, year => OnOrAfter(new DateOnly(year, month, 1 + 7 * (nth - 1)), weekday));

    public static HolidayRule Last(string name, DayOfWeek weekday, int month) =>
        new(name, year => OnOrAfter(new DateOnly(year, month, DateTime.DaysInMonth(year, month)).AddDays(-6), weekday));

    public static HolidayRule FirstFrom(string name, DayOfWeek weekday, int month, int day) =>
        new(name, year => OnOrAfter(new DateOnly(year, month, day), weekday));

    public static HolidayRule Easter(string name, int daysAfter) => new(name, year => EasterSunday(year).AddDays(daysAfter));

    /// <summary>The same days of every year, from the first to the last.</summary>
    public static HolidayRule Every(string name, int month, int first, int last) =>
        new(name, year => Enumerable.Range(first, last - first + 1).Select(day => new DateOnly(year, month, day)));

    public static HolidayRule Once(string name, int year, int month, int day)
    {
        var date = new DateOnly(year, month, day);
        return new HolidayRule(name, asked => asked == year ? date : null);
    }

    /// <summary>Days of single years, each as year × 10,000 + month × 100 + day.</summary>
    public static HolidayRule Listed(string name, params int[] days)
    {
        var known = days.Select(Day).ToLookup(day => day.Year);
        return new HolidayRule(name, year => known[year]);
    }

    /// <summary>
    /// A holiday that is declared anew for each year: on the listed days, and in every year of which none is listed on those that the rule lets
    /// expect.
    /// </summary>
    public static HolidayRule[] Declared(string name, Func<int, IEnumerable<DateOnly>> expected, params int[] days)
    {
        var known = days.Select(day => day / 10_000).ToHashSet();
        return [Listed(name, days), new HolidayRule(name, year => known.Contains(year) ? [] : expected(year)).Expected()];
    }

    public static HolidayRule[] Declared(string name, Func<int, DateOnly> expected, params int[] days) => Declared(name, year => [expected(year)], days);

    /// <summary>
    /// Days that nobody has declared yet, with their neighbours: the day named in the end may be one earlier or later, and to call one day too
    /// many closed makes a latest safe date a day early, to call one too few makes it a day too late.
    /// </summary>
    public HolidayRule Expected() =>
        this with { Name = $"{Name} (expected)", DatesIn = year => DatesIn(year).SelectMany(day => new[] { day.AddDays(-1), day, day.AddDays(1) }).Distinct() };

    public HolidayRule Since(int first) => this with { DatesIn = year => year >= first ? DatesIn(year) : [] };

    public HolidayRule Until(int last) => this with { DatesIn = year => year <= last ? DatesIn(year) : [] };

    public HolidayRule Except(params int[] years) => this with { DatesIn = year => years.Contains(year) ? [] : DatesIn(year) };

    public static DateOnly Day(int yearMonthDay) => new(yearMonthDay / 10_000, yearMonthDay / 100 % 100, yearMonthDay % 100);

    /// <summary>The first to the last day of a listed stretch within one month.</summary>
    public static IEnumerable<int> Days(int first, int last) => Enumerable.Range(first, last - first + 1);

    /// <summary>The days from one offset to another around a day.</summary>
    public static IEnumerable<DateOnly> Span(DateOnly day, int first, int last) => Enumerable.Range(first, last - first + 1).Select(day.AddDays);

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

    /// <summary>Easter Sunday of the Orthodox and Coptic churches, by the Julian calendar, as a date of ours: Meeus, chapter 8; 13 days apart from 1900 to 2099.</summary>
    internal static DateOnly OrthodoxEaster(int year)
    {
        var d = (19 * (year % 19) + 15) % 30;
        var e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
        var (month, day) = Math.DivRem(d + e + 114, 31);
        return new DateOnly(year, month, day + 1).AddDays(13);
    }

    private static DateOnly OnOrAfter(DateOnly day, DayOfWeek weekday) => day.AddDays(((int)weekday - (int)day.DayOfWeek + 7) % 7);

    private static Func<int, IEnumerable<DateOnly>> DatesOf(Func<int, DateOnly?> dateIn) => year => dateIn(year) is { } date ? [date] : [];
}
