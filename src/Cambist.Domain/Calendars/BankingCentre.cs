using System.Collections.Frozen;

namespace Cambist.Domain.Calendars;

/// <summary>The holidays of one banking centre, worked out from its rules once per year and kept.</summary>
internal sealed class BankingCentre(params HolidayRule[] rules)
{
    public const int FirstYear = 2003;
    public const int LastYear = 2099;

    // Two threads may both work out a year; they get the same one, so the second write does no harm.
    private readonly FrozenDictionary<DateOnly, string>?[] _years = new FrozenDictionary<DateOnly, string>?[LastYear - FirstYear + 1];

    /// <summary>The weekdays of the year on which banks are closed, with the holiday's name.</summary>
    public FrozenDictionary<DateOnly, string> In(int year)
    {
        if (year is < FirstYear or > LastYear)
        {
            throw new ArgumentOutOfRangeException(nameof(year), year, $"Bank holidays are known from {FirstYear} to {LastYear}, was {year}.");
        }

        return _years[year - FirstYear] ??= WorkOut(year);
    }

    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private FrozenDictionary<DateOnly, string> WorkOut(int year)
    {
        var falling = rules
            .Select(rule => (rule.Name, rule.OnWeekend, Date: rule.DateIn(year)))
            .Where(holiday => holiday.Date is not null)
            .Select(holiday => (holiday.Name, holiday.OnWeekend, Date: holiday.Date!.Value))
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

        return closed.Where(holiday => !IsWeekend(holiday.Key)).ToFrozenDictionary();
    }

    private static DateOnly? SubstituteFor(DateOnly date, OnWeekend onWeekend, Dictionary<DateOnly, string> closed) => (onWeekend, date.DayOfWeek) switch
    {
        (OnWeekend.ToMonday, DayOfWeek.Saturday) => date.AddDays(2),
        (OnWeekend.ToMonday, DayOfWeek.Sunday) => date.AddDays(1),
        (OnWeekend.ToNextFreeDay, DayOfWeek.Saturday or DayOfWeek.Sunday) or (OnWeekend.SundayMoves, DayOfWeek.Sunday) => NextFreeDay(date, closed),
        _ => null,
    };

    private static DateOnly NextFreeDay(DateOnly date, Dictionary<DateOnly, string> closed)
    {
        do
        {
            date = date.AddDays(1);
        }
        while (IsWeekend(date) || closed.ContainsKey(date));

        return date;
    }
}
