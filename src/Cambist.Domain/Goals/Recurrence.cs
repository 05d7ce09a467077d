using System.Globalization;
using Cambist.Domain.Calendars;

namespace Cambist.Domain.Goals;

/// <summary>The unit that a recurrence counts in.</summary>
public enum RecurrenceUnit
{
    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Weeks, on one weekday.</summary>
    Weeks,

    /// <summary>Months, on one day of the month.</summary>
    Months,

    /// <summary>Years, in the month of the start.</summary>
    Years,
}

/// <summary>
/// When something comes again, by the calendar and the wall clock of a place. A month that lacks the day of the month has the last of its days: 31 means the last day of every month, and a rule that started
/// on a 29 February falls on the 28th in other years. A local time that the clocks skip becomes the instant of the change, and of one that comes twice the first is meant.
/// </summary>
public sealed record Recurrence
{
    /// <summary>The last year with an occurrence: bank holidays are known up to it.</summary>
    public const int LastYear = 2099;

    private const int LongestStep = 1000;

    /// <summary>A rule.</summary>
    /// <param name="unit">What it counts in.</param>
    /// <param name="every">How many of it lie between two occurrences, 1 to 1000.</param>
    /// <param name="start">No occurrence is before this local day.</param>
    /// <param name="time">The local time of day of every occurrence.</param>
    /// <param name="zone">Whose clocks and calendar.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is outside its range, or the start after <see cref="LastYear"/>.</exception>
    public Recurrence(RecurrenceUnit unit, int every, DateOnly start, TimeOnly time, TimeZoneInfo zone)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, LongestStep);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start.Year, LastYear, nameof(start));
        (Unit, Every, Start, Time, Zone) = (unit, every, start, time, zone);
    }

    /// <summary>What it counts in.</summary>
    public RecurrenceUnit Unit { get; }

    /// <summary>How many of it lie between two occurrences.</summary>
    public int Every { get; }

    /// <summary>No occurrence is before this local day.</summary>
    public DateOnly Start { get; }

    /// <summary>The local time of day.</summary>
    public TimeOnly Time { get; }

    /// <summary>Whose clocks and calendar.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The day of the month, 1 to 31, of months and years; null: that of the start.</summary>
    public int? DayOfMonth { get; init; }

    /// <summary>The weekday of weeks; null: that of the start.</summary>
    public DayOfWeek? Weekday { get; init; }

    /// <summary>The last local day that may have an occurrence; null: without an end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>How many occurrences there are; null: without an end.</summary>
    public int? Count { get; init; }

    /// <summary>Every occurrence, in UTC, each later than the one before it.</summary>
    public IEnumerable<DateTimeOffset> Occurrences()
    {
        var (told, last) = (0, DateTimeOffset.MinValue);
        foreach (var day in Days())
        {
            if (day > Until || told == Count)
            {
                yield break;
            }

            // In a zone that skipped a whole day, that day and the next may fall on one instant.
            if (WallClock.InstantOf(day, Time, Zone) is var instant && instant > last)
            {
                (told, last) = (told + 1, instant);
                yield return instant;
            }
        }
    }

    /// <summary>The rule in words: <c>every 2 weeks on Friday</c>.</summary>
    public override string ToString()
    {
        var day = Unit switch
        {
            RecurrenceUnit.Weeks => $" on {Weekday ?? Start.DayOfWeek}",
            RecurrenceUnit.Months => $" on day {DayOfMonth ?? Start.Day}",
            RecurrenceUnit.Years => $" on day {DayOfMonth ?? Start.Day} of month {Start.Month}",
            _ => "",
        };
        return string.Create(CultureInfo.InvariantCulture, $"every {Every} {Unit.ToString().ToLowerInvariant()}{day} at {Time:HH:mm} in {Zone.Id}");
    }

    private IEnumerable<DateOnly> Days()
    {
        var first = FirstPeriod();
        for (long step = 0; ; step += Every)
        {
            if (DayAt(first, step) is not { Year: <= LastYear } day)
            {
                yield break;
            }

            yield return day;
        }
    }

    // The start of the first period that has a day on or after the start.
    private DateOnly FirstPeriod()
    {
        var period = Unit switch
        {
            RecurrenceUnit.Months => new DateOnly(Start.Year, Start.Month, 1),
            RecurrenceUnit.Years => new DateOnly(Start.Year, Start.Month, 1),
            RecurrenceUnit.Weeks => Start.AddDays(((int)(Weekday ?? Start.DayOfWeek) - (int)Start.DayOfWeek + 7) % 7),
            _ => Start,
        };
        return DayAt(period, 0) >= Start ? period : Unit == RecurrenceUnit.Months ? period.AddMonths(1) : period.AddYears(1);
    }

    // Null beyond the last day of the calendar.
    private DateOnly? DayAt(DateOnly period, long step)
    {
        var days = Unit switch
        {
            RecurrenceUnit.Days => step,
            RecurrenceUnit.Weeks => 7 * step,
            _ => 0L,
        };
        var months = Unit switch
        {
            RecurrenceUnit.Months => step,
            RecurrenceUnit.Years => 12 * step,
            _ => 0L,
        };
        if (days > DateOnly.MaxValue.DayNumber - period.DayNumber || months > 12L * (DateOnly.MaxValue.Year - period.Year))
        {
            return null;
        }

        return Unit is RecurrenceUnit.Days or RecurrenceUnit.Weeks ? period.AddDays((int)days) : WithDay(period.AddMonths((int)months));
    }

    private DateOnly WithDay(DateOnly month) => new(month.Year, month.Month, Math.Min(DayOfMonth ?? Start.Day, DateTime.DaysInMonth(month.Year, month.Month)));
}
