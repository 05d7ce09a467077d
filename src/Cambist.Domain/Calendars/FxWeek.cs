namespace Cambist.Domain.Calendars;

/// <summary>
/// The week of the foreign-exchange market: from Sunday 17:00 to Friday 17:00 in New York, so 21:00 UTC in summer and 22:00 UTC in winter.
/// It holds 120 hours whatever the clocks do, because New York changes its clocks on Sunday at 02:00, when the market is closed.
/// </summary>
/// <remarks>Known from 1970 to 2100; other instants throw <see cref="ArgumentOutOfRangeException"/>. Holidays (25 December, 1 January) are not part of the week; on them the market is thin or shut and bars are simply missing.</remarks>
public static class FxWeek
{
    /// <summary>Hours that the market is open in a week.</summary>
    public const int Hours = 120;

    private const long TicksPerWeek = TimeSpan.TicksPerDay * 7;
    private const int FirstYear = 1970;
    private const int LastYear = 2100;

    // Sunday 17:00 New York of every week, as UTC ticks. The index of a week is its distance in weeks from the first Sunday of the table.
    private static readonly long FirstInstant = new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long LastInstant = new DateTime(LastYear + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks - 1;
    private static readonly long FirstSunday = new DateTime(1969, 12, 28, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long[] Opens = ComputeOpens();

    /// <summary>The first instant of which the week is known.</summary>
    public static DateTimeOffset KnownFrom { get; } = new(FirstYear, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The last instant of which the week is known.</summary>
    public static DateTimeOffset KnownUntil { get; } = At(LastInstant);

    /// <summary>New York's time zone (IANA <c>America/New_York</c>), by whose clock the currency day ends at 17:00.</summary>
    public static TimeZoneInfo NewYork { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>Whether the market trades at this instant: the open is inside, the close is not.</summary>
    public static bool IsOpen(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return ticks - Opens[WeekIndex(ticks)] < Hours * TimeSpan.TicksPerHour;
    }

    /// <summary>The Sunday open of the week that the instant belongs to; Friday's close and the weekend belong to the week before them.</summary>
    public static DateTimeOffset OpenOf(DateTimeOffset instant) => At(Opens[WeekIndex(instant.UtcTicks)]);

    /// <summary>The Friday close of the week that the instant belongs to.</summary>
    public static DateTimeOffset CloseOf(DateTimeOffset instant) => OpenOf(instant).AddHours(Hours);

    /// <summary>The next instant at which the market opens, strictly after this one.</summary>
    public static DateTimeOffset NextOpen(DateTimeOffset instant) => At(Opens[WeekIndex(instant.UtcTicks) + 1]);

    /// <summary>
    /// Market hours since the first week of the table, fractions included: a clock that stands still at weekends. The difference of two
    /// readings is the open time between them in hours.
    /// </summary>
    public static double MarketHours(DateTimeOffset instant) => (double)MarketTicks(instant) / TimeSpan.TicksPerHour;

    /// <summary>How long the market was open between two instants, to the tick; negative where <paramref name="to"/> is the earlier one.</summary>
    public static TimeSpan OpenTimeBetween(DateTimeOffset from, DateTimeOffset to) => TimeSpan.FromTicks(MarketTicks(to) - MarketTicks(from));

    private static long MarketTicks(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        var week = WeekIndex(ticks);
        return week * Hours * TimeSpan.TicksPerHour + Math.Min(ticks - Opens[week], Hours * TimeSpan.TicksPerHour);
    }

    private static int WeekIndex(long utcTicks)
    {
        if (utcTicks < FirstInstant || utcTicks > LastInstant)
        {
            throw new ArgumentOutOfRangeException(nameof(utcTicks), $"The FX week is known from {FirstYear} to {LastYear}, was {At(utcTicks):yyyy-MM-dd}.");
        }

        var week = (int)((utcTicks - FirstSunday) / TicksPerWeek);
        return utcTicks < Opens[week] ? week - 1 : week;
    }

    private static DateTimeOffset At(long utcTicks) => new(utcTicks, TimeSpan.Zero);

    private static long[] ComputeOpens()
    {
        var newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        // The week of the last instant, and the one after it for its next open.
        var weeks = (int)((LastInstant - FirstSunday) / TicksPerWeek) + 2;
        var opens = new long[weeks];
        for (var week = 0; week < weeks; week++)
        {
            var fivePm = new DateTime(FirstSunday + week * TicksPerWeek + 17 * TimeSpan.TicksPerHour, DateTimeKind.Unspecified);
            opens[week] = TimeZoneInfo.ConvertTimeToUtc(fivePm, newYork).Ticks;
        }

        return opens;
    }
}
