using Cambist.Domain.Currencies;

namespace Cambist.Domain.Calendars;

/// <summary>
/// The days on which money moves between two currencies: Monday to Friday without the bank holidays of either. It is cheap to make and to
/// ask, and it never changes, so it may be shared between threads.
/// </summary>
/// <remarks>Where banks rest on Friday and Saturday (several countries of the Middle East) the weekend is still taken as Saturday and Sunday, as correspondent banks do.</remarks>
public sealed class BusinessCalendar
{
    private readonly BankingCentre[] _centres;

    private BusinessCalendar(BankingCentre[] centres, IReadOnlyList<Currency> holidaysUnknownFor)
    {
        _centres = centres;
        HolidaysUnknownFor = holidaysUnknownFor;
    }

    /// <summary>The currencies of which only the weekend is known: a day that the calendar calls a business day may be a holiday there.</summary>
    public IReadOnlyList<Currency> HolidaysUnknownFor { get; }

    /// <summary>The calendar of a transfer between two currencies.</summary>
    public static BusinessCalendar For(Currency from, Currency to)
    {
        Currency[] currencies = from == to ? [from] : [from, to];
        return new BusinessCalendar(
            [.. currencies.Select(BankHolidays.CentreOf).OfType<BankingCentre>()],
            [.. currencies.Where(currency => BankHolidays.CentreOf(currency) is null)]);
    }

    /// <summary>Whether banks of both currencies work on this day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is before 2003 or after 2099.</exception>
    public bool IsBusinessDay(DateOnly day) => !BankingCentre.IsWeekend(day) && HolidayOn(day) is null;

    /// <summary>The bank holiday of either currency that falls on this weekday, null where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is before 2003 or after 2099.</exception>
    public string? HolidayOn(DateOnly day)
    {
        foreach (var centre in _centres)
        {
            if (centre.In(day.Year).TryGetValue(day, out var name))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The day itself where it is a business day, else the next one.</summary>
    public DateOnly OnOrAfter(DateOnly day) => IsBusinessDay(day) ? day : AddBusinessDays(day, 1);

    /// <summary>The day itself where it is a business day, else the one before it.</summary>
    public DateOnly OnOrBefore(DateOnly day) => IsBusinessDay(day) ? day : AddBusinessDays(day, -1);

    /// <summary>The n-th business day after this day, or before it where <paramref name="count"/> is negative; with 0 the day itself, whatever it is.</summary>
    public DateOnly AddBusinessDays(DateOnly day, int count)
    {
        var step = Math.Sign(count);
        while (count != 0)
        {
            day = day.AddDays(step);
            if (IsBusinessDay(day))
            {
                count -= step;
            }
        }

        return day;
    }
}
