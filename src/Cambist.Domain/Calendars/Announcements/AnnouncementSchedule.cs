using Cambist.Domain.Currencies;

namespace Cambist.Domain.Calendars.Announcements;

/// <summary>The days of one kind of announcement, year by year without a gap, and the wall-clock time of its place.</summary>
/// <param name="Kind">What is announced.</param>
/// <param name="Currency">Code of its currency.</param>
/// <param name="Zone">IANA time zone of the place.</param>
/// <param name="Time">Time of day there.</param>
/// <param name="Days">Days as year × 10,000 + month × 100 + day.</param>
internal sealed record AnnouncementSchedule(AnnouncementKind Kind, string Currency, string Zone, TimeOnly Time, int[] Days)
{
    private IReadOnlyList<(int From, int To, TimeOnly Time)> OtherTimes { get; init; } = [];

    /// <summary>First year of the table.</summary>
    public int FirstYear => Days[0] / 10_000;

    /// <summary>Last year of the table: what happens after it is not known.</summary>
    public int LastYear => Days[^1] / 10_000;

    /// <summary>Start of the year after the last known one, at the place.</summary>
    public DateTimeOffset KnownUntil => At(new DateOnly(LastYear + 1, 1, 1), TimeOnly.MinValue);

    /// <summary>The days of a year, each as month × 100 + day.</summary>
    public static int[] Year(int year, params int[] days) => [.. days.Select(day => year * 10_000 + day)];

    /// <summary>A schedule from its years.</summary>
    public static AnnouncementSchedule Of(AnnouncementKind kind, string currency, string zone, TimeOnly time, params int[][] years) =>
        new(kind, currency, zone, time, [.. years.SelectMany(days => days)]);

    /// <summary>The same schedule with another time of day from one day to another, both included.</summary>
    public AnnouncementSchedule At(TimeOnly time, int from, int to) => this with { OtherTimes = [.. OtherTimes, (from, to, time)] };

    /// <summary>The same schedule with another time of day on single days.</summary>
    public AnnouncementSchedule On(TimeOnly time, params int[] days) => this with { OtherTimes = [.. OtherTimes, .. days.Select(day => (day, day, time))] };

    /// <summary>All announcements of the schedule.</summary>
    public IEnumerable<Announcement> Announcements()
    {
        var currency = Currencies.Currency.Parse(Currency);
        return Days.Select(day => new Announcement(Kind, currency, At(new DateOnly(day / 10_000, day / 100 % 100, day % 100), TimeOn(day))));
    }

    // The last rule wins, so that a single day can differ inside a stretch that differs.
    private TimeOnly TimeOn(int day) => OtherTimes.LastOrDefault(rule => rule.From <= day && day <= rule.To, (From: day, To: day, Time)).Time;

    private DateTimeOffset At(DateOnly day, TimeOnly time) =>
        new(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(time), TimeZoneInfo.FindSystemTimeZoneById(Zone)));
}
