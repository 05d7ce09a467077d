namespace Cambist.Domain.Calendars;

/// <summary>The instant of a wall clock's time in a zone, also where the clocks change.</summary>
public static class WallClock
{
    // No two changes of a zone's offset lie so close together that one of them would be missed.
    private static readonly TimeSpan Around = TimeSpan.FromDays(1);

    /// <summary>
    /// The instant, in UTC. A time that the clocks skip becomes the instant of the change; of one that comes twice the first is meant. Whole days that a zone has skipped (Samoa's 30 December 2011) are
    /// skipped times too.
    /// </summary>
    public static DateTimeOffset InstantOf(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        var (before, after) = (OffsetAt(local - Around, zone), OffsetAt(local + Around, zone));
        var (early, late) = (At(local, Larger(before, after)), At(local, Smaller(before, after)));
        if (zone.GetUtcOffset(early) == Larger(before, after))
        {
            return early;
        }

        return zone.GetUtcOffset(late) == Smaller(before, after) ? late : ChangeBetween(early, late, after, zone);
    }

    // The first instant that has the offset of after the change, to the tick: the halves of a day are halved 40 times.
    private static DateTimeOffset ChangeBetween(DateTimeOffset before, DateTimeOffset notBefore, TimeSpan after, TimeZoneInfo zone)
    {
        var (low, high) = (before.UtcTicks, notBefore.UtcTicks);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) = zone.GetUtcOffset(new DateTimeOffset(middle, TimeSpan.Zero)) == after ? (low, middle) : (middle, high);
        }

        return new DateTimeOffset(high, TimeSpan.Zero);
    }

    private static TimeSpan OffsetAt(DateTime utc, TimeZoneInfo zone) => zone.GetUtcOffset(new DateTimeOffset(utc, TimeSpan.Zero));

    private static DateTimeOffset At(DateTime local, TimeSpan offset) => new DateTimeOffset(local.Ticks, offset).ToUniversalTime();

    private static TimeSpan Larger(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Smaller(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
