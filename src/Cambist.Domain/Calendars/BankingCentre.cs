using System.Collections.Frozen;

namespace Cambist.Domain.Calendars;

/// <summary>The holidays and the weekend of one banking centre, worked out from its rules once per year and kept.</summary>
internal sealed class BankingCentre(params HolidayRule[] rules)
{
    public const int FirstYear = 2003;
    public const int LastYear = 2099;

    // Two threads may both work out a year; they get the same one, so the second write does no harm.
    private readonly Year?[] _years = new Year?[LastYear - FirstYear + 1];

    public WeeklyRest Weekend { get; init; } = WeeklyRest.SaturdaySunday;

    /// <summary>The last year whose holidays had all been declared when the table was written; null where the law itself gives those of every year.</summary>
    public int? KnownUntil { get; init; }

    /// <summary>Whether more than the weekend is known.</summary>
    public bool HasHolidays => rules.Length > 0;

    /// <summary>Whether banks rest on this day, be it a holiday or a weekend: a look-up, for hot loops.</summary>
    public bool IsClosed(DateOnly day) => Of(day.Year).Closed[day.DayOfYear - 1];

    /// <summary>The days of the year outside the weekend on which banks are closed, with the holiday's name.</summary>
    public FrozenDictionary<DateOnly, string> In(int year) => Of(year).Holidays;

    private Year Of(int year)
    {
        if (year is < FirstYear or > LastYear)
        {
            throw new ArgumentOutOfRangeException(nameof(year), year, $"Bank holidays are known from {FirstYear} to {LastYear}, was {year}.");
        }

        return _years[year - FirstYear] ??= WorkOut(year);
    }

    private Year WorkOut(int year)
    {
        // A feast of several days, or a substitute, may reach over New Year.
        var falling = Enumerable.Range(year - 1, 3)
            .SelectMany(asked => rules.SelectMany(rule => rule.DatesIn(asked).Select(date => (rule.Name, rule.OnWeekend, Date: date))))
            .ToList();

        var closed = new Dictionary<DateOnly, string>();
        foreach (var holiday in falling)
        {
            closed.TryAdd(holiday.Date, holiday.Name);
        }

        // Substitutes come second: they give way to every holiday that keeps its own day.
        foreach (var holiday in falling)
        {
            if (SubstituteFor(holiday.Date, holiday.OnWeekend, closed) is { } substitute)
            {
                closed.TryAdd(substitute, $"{holiday.Name} (substitute day)");
            }
        }

        var holidays = closed.Where(holiday => holiday.Key.Year == year && !Weekend.Covers(holiday.Key)).ToFrozenDictionary();
        var first = new DateOnly(year, 1, 1);
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(first.AddDays);
        return new Year([.. days.Select(day => Weekend.Covers(day) || holidays.ContainsKey(day))], holidays);
    }

    private DateOnly? SubstituteFor(DateOnly date, OnWeekend onWeekend, Dictionary<DateOnly, string> closed) => (onWeekend, date.DayOfWeek) switch
    {
        (OnWeekend.ToMonday, DayOfWeek.Saturday) => date.AddDays(2),
        (OnWeekend.ToMonday, DayOfWeek.Sunday) => date.AddDays(1),
        (OnWeekend.ToNextFreeDay, DayOfWeek.Saturday or DayOfWeek.Sunday) or (OnWeekend.SundayMoves, DayOfWeek.Sunday) => NextFreeDay(date, closed),
        _ => null,
    };

    private DateOnly NextFreeDay(DateOnly date, Dictionary<DateOnly, string> closed)
    {
        do
        {
            date = date.AddDays(1);
        }
        while (Weekend.Covers(date) || closed.ContainsKey(date));

        return date;
    }

    private sealed record Year(bool[] Closed, FrozenDictionary<DateOnly, string> Holidays);
}
