using Cambist.Domain.Currencies;

namespace Cambist.Domain.Calendars;

/// <summary>
/// The days on which money moves between two currencies: those on which the banks of both work. It is cheap to make and to ask, and it never
/// changes, so it may be shared between threads.
/// </summary>
/// <remarks>
/// Each centre has its own weekend (Friday and Saturday in Egypt and Bangladesh), so a week may have no more than four business days. Weekend days
/// that China's government declares to be worked are not business days here: abroad they are none.
/// </remarks>
public sealed class BusinessCalendar
{
    private readonly BankingCentre[] _centres;

    private BusinessCalendar(IReadOnlyList<Currency> currencies)
    {
        _centres = [.. currencies.Select(BankHolidays.CentreOf)];
        HolidaysUnknownFor = [.. currencies.Where(currency => !BankHolidays.CentreOf(currency).HasHolidays)];
        HolidaysKnownUntil = [.. currencies.Where(currency => BankHolidays.KnownUntil(currency) is not null).Select(currency => new HolidaysKnown(currency, BankHolidays.KnownUntil(currency)!.Value))];
    }

    /// <summary>The currencies of which only the weekend is known: a day that the calendar calls a business day may be a holiday there.</summary>
    public IReadOnlyList<Currency> HolidaysUnknownFor { get; }

    /// <summary>
    /// The currencies whose holidays are declared year by year, each with the last year that is known: after it the calendar has the days that law
    /// and moon let expect, with a day to spare on either side, and a holiday that nobody could expect may be missing.
    /// </summary>
    public IReadOnlyList<HolidaysKnown> HolidaysKnownUntil { get; }

    /// <summary>The calendar of a transfer between two currencies.</summary>
    public static BusinessCalendar For(Currency from, Currency to) => new(from == to ? [from] : [from, to]);

    /// <summary>Whether banks of both currencies work on this day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is before 2003 or after 2099.</exception>
    public bool IsBusinessDay(DateOnly day)
    {
        foreach (var centre in _centres)
        {
            if (centre.IsClosed(day))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bank holiday of either currency that falls on this day outside its weekend, null where there is none.</summary>
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

/// <summary>How far the declared holidays of a currency reach.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Year">The last year whose holidays are known.</param>
public readonly record struct HolidaysKnown(Currency Currency, int Year);
