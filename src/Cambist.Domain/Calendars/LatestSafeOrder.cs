using Cambist.Domain.Quotes;

namespace Cambist.Domain.Calendars;

/// <summary>
/// When an order arrives if the provider takes as long as its slowest promise, and the same question backwards: how long one may wait.
/// </summary>
/// <remarks>
/// Where delivery is counted in business days, days are those of the cut-off's time zone, else of UTC. An order counts as the business day on which it is made, up to and with
/// the cut-off (else up to the end of the day); a later one, or one on another day, counts as the next business day. The slowest promise is rounded up to whole days,
/// and the money is there by the end of the last one: at the midnight at which the next day begins. Other deliveries run on the clock, cut-off or not.
/// </remarks>
public static class LatestSafeOrder
{
    /// <summary>The latest instant, in UTC, at which the money of an order is there at the slowest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A day on the way lies outside the years that <see cref="BusinessCalendar"/> knows.</exception>
    public static DateTimeOffset Arrival(DateTimeOffset order, DeliveryTime delivery, BusinessCalendar calendar)
    {
        if (!delivery.BusinessDays)
        {
            return order.ToUniversalTime() + delivery.Slowest;
        }

        var zone = ZoneOf(delivery);
        var today = DayOf(order, zone);
        var inTime = order < EndOfOrders(today, delivery);
        var countsAs = inTime ? calendar.OnOrAfter(today) : calendar.AddBusinessDays(today, 1);
        return EndOf(calendar.AddBusinessDays(countsAs, WholeDays(delivery)), zone);
    }

    /// <summary>The last instant, in UTC, at which an order still arrives at or before the deadline when it takes as long as the slowest promise; one tick later is too late.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A day on the way lies outside the years that <see cref="BusinessCalendar"/> knows.</exception>
    public static DateTimeOffset Before(DateTimeOffset deadline, DeliveryTime delivery, BusinessCalendar calendar)
    {
        if (!delivery.BusinessDays)
        {
            return deadline.ToUniversalTime() - delivery.Slowest;
        }

        // The day of the deadline ends after the deadline, so the last day that ends in time is one before it.
        var arrival = calendar.AddBusinessDays(DayOf(deadline, ZoneOf(delivery)), -1);
        return EndOfOrders(calendar.AddBusinessDays(arrival, -WholeDays(delivery)), delivery).AddTicks(-1);
    }

    /// <summary>The first instant that is too late for an order to count as this day.</summary>
    private static DateTimeOffset EndOfOrders(DateOnly day, DeliveryTime delivery) => delivery.CutOff is { } cutOff
        ? WallClock.InstantOf(day, cutOff.Time, cutOff.Zone).AddTicks(1)
        : EndOf(day, TimeZoneInfo.Utc);

    private static int WholeDays(DeliveryTime delivery) => (int)Math.Ceiling((decimal)delivery.Slowest.Ticks / TimeSpan.TicksPerDay);

    private static TimeZoneInfo ZoneOf(DeliveryTime delivery) => delivery.CutOff?.Zone ?? TimeZoneInfo.Utc;

    private static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    private static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone) => WallClock.InstantOf(day.AddDays(1), TimeOnly.MinValue, zone);
}
