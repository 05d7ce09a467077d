using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Calendars;

public sealed class LatestSafeOrderTests
{
    private static readonly BusinessCalendar EurUsd = BusinessCalendar.For(Currency.Parse("EUR"), Currency.Parse("USD"));

    private static readonly string[] Zones =
        ["UTC", "America/New_York", "Europe/London", "Europe/Berlin", "Asia/Tokyo", "Australia/Sydney", "America/Santiago", "Africa/Cairo", "Pacific/Auckland"];

    [Theory]
    [InlineData("2026-04-08T00:00+02:00", 24, "15:00", "Europe/Berlin", "2026-04-02T13:00Z")] // Due by the end of Tuesday: over Easter to Thursday's cut-off.
    [InlineData("2026-04-07T23:59+02:00", 24, "15:00", "Europe/Berlin", "2026-04-01T13:00Z")] // A minute earlier and Tuesday is lost.
    [InlineData("2026-04-05T12:00+02:00", 24, "15:00", "Europe/Berlin", "2026-04-01T13:00Z")] // Within Easter: there on Thursday.
    [InlineData("2026-04-08T00:00+02:00", 25, "15:00", "Europe/Berlin", "2026-04-01T13:00Z")] // 25 hours are two days.
    [InlineData("2026-04-08T00:00+02:00", 0, "15:00", "Europe/Berlin", "2026-04-07T13:00Z")] // The same day.
    [InlineData("2026-11-07T00:00-05:00", 48, "17:00", "America/New_York", "2026-11-04T22:00Z")] // Winter time since 1 November.
    [InlineData("2026-04-24T01:00+03:00", 24, "15:00", "Africa/Cairo", "2026-04-22T13:00Z")] // Friday 24 April begins at 01:00, as Cairo's clocks go forward at midnight.
    [InlineData("2026-10-31T00:00+02:00", 24, "23:30", "Africa/Cairo", "2026-10-29T20:30Z")] // Thursday's 23:30 comes twice; the first is meant.
    public void The_last_safe_order_is_made_at_a_cut_off(string deadline, int hours, string cutOff, string zone, string expected) =>
        Assert.Equal(At(expected), LatestSafeOrder.Before(At(deadline), InBusinessDays(hours, cutOff, zone), EurUsd));

    [Fact]
    public void Without_a_cut_off_an_order_has_time_until_the_end_of_its_day_in_UTC()
    {
        var delivery = new DeliveryTime(TimeSpan.Zero, TimeSpan.FromDays(2), BusinessDays: true);

        Assert.Equal(At("2026-06-16T23:59:59.9999999Z"), LatestSafeOrder.Before(At("2026-06-19T00:00Z"), delivery, EurUsd)); // Tuesday + 2 = Thursday.
        Assert.Equal(At("2026-06-19T00:00Z"), LatestSafeOrder.Arrival(At("2026-06-16T23:59:59.9999999Z"), delivery, EurUsd));
        Assert.Equal(At("2026-06-23T00:00Z"), LatestSafeOrder.Arrival(At("2026-06-17T00:00Z"), delivery, EurUsd)); // Over Juneteenth and the weekend.
    }

    [Fact]
    public void A_delivery_by_the_clock_takes_no_heed_of_weekends_or_cut_offs()
    {
        var delivery = new DeliveryTime(TimeSpan.Zero, TimeSpan.FromHours(30), BusinessDays: false, new CutOff(new TimeOnly(15, 0), TimeZoneInfo.Utc));

        Assert.Equal(At("2026-04-04T06:00Z"), LatestSafeOrder.Before(At("2026-04-05T14:00+02:00"), delivery, EurUsd));
        Assert.Equal(At("2026-04-05T12:00Z"), LatestSafeOrder.Arrival(At("2026-04-04T08:00+02:00"), delivery, EurUsd));
    }

    [Fact]
    public void Answers_are_in_UTC()
    {
        var delivery = InBusinessDays(24, "15:00", "Asia/Tokyo");

        Assert.Equal(TimeSpan.Zero, LatestSafeOrder.Before(At("2026-06-19T00:00+09:00"), delivery, EurUsd).Offset);
        Assert.Equal(TimeSpan.Zero, LatestSafeOrder.Arrival(At("2026-06-17T00:00+09:00"), delivery, EurUsd).Offset);
    }

    [Fact]
    public void An_order_arrives_when_a_walk_through_the_calendar_says() =>
        Gen.Select(Deadlines, Deliveries, Calendars).Sample((order, delivery, calendar) =>
            LatestSafeOrder.Arrival(order, delivery, calendar) == WalkedArrival(order, delivery, calendar));

    [Fact]
    public void Orders_up_to_the_last_safe_one_arrive_in_time_and_later_ones_do_not() =>
        Gen.Select(Deadlines, Deliveries, Calendars).Sample(
            (deadline, delivery, calendar) =>
            {
                var latest = LatestSafeOrder.Before(deadline, delivery, calendar);
                bool IsInTime(DateTimeOffset order) => LatestSafeOrder.Arrival(order, delivery, calendar) <= deadline;

                return IsInTime(latest) && !IsInTime(latest.AddTicks(1))
                    && Enumerable.Range(1, 7 * 24 * 4).All(quarters => IsInTime(latest.AddMinutes(-15 * quarters)) && !IsInTime(latest.AddMinutes(15 * quarters)));
            },
            iter: 300);

    [Fact]
    public void A_later_deadline_never_asks_for_an_earlier_order() =>
        Gen.Select(Deadlines, Gen.Int[0, 10_000], Deliveries, Calendars).Sample((deadline, minutes, delivery, calendar) =>
            LatestSafeOrder.Before(deadline, delivery, calendar) <= LatestSafeOrder.Before(deadline.AddMinutes(minutes), delivery, calendar));

    // Straight from the words: look at the clock on the wall, then tear off one leaf of the calendar after the other, then wait for midnight.
    private static DateTimeOffset WalkedArrival(DateTimeOffset order, DeliveryTime delivery, BusinessCalendar calendar)
    {
        if (!delivery.BusinessDays)
        {
            return order + delivery.Slowest;
        }

        var zone = delivery.CutOff?.Zone ?? TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(order, zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        var isLate = delivery.CutOff is { } cutOff && TimeOnly.FromDateTime(local) > cutOff.Time;
        if (isLate || !calendar.IsBusinessDay(day))
        {
            day = NextBusinessDay(day, calendar);
        }

        for (var hours = delivery.Slowest.TotalHours; hours > 0; hours -= 24)
        {
            day = NextBusinessDay(day, calendar);
        }

        var quarter = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(8); // On or before the end of the day anywhere.
        while (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(quarter, zone).DateTime) <= day)
        {
            quarter = quarter.AddMinutes(15);
        }

        return quarter;
    }

    private static DateOnly NextBusinessDay(DateOnly day, BusinessCalendar calendar)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (!calendar.IsBusinessDay(day));

        return day;
    }

    private static Gen<DateTimeOffset> Deadlines => Gen.Int[0, 6 * 365 * 24 * 60].Select(minutes => At("2022-01-01T00:00Z").AddMinutes(minutes));

    private static Gen<BusinessCalendar> Calendars =>
        Gen.Select(Gen.OneOf("EUR", "USD", "GBP", "JPY", "BRL", "ARS"), Gen.OneOf("EUR", "CHF", "DKK", "NZD", "INR", "EGP", "BDT"))
            .Select((from, to) => BusinessCalendar.For(Currency.Parse(from), Currency.Parse(to)));

    // Cut-offs from 05:00 to 22:45: no zone of the list changes its clocks then, so the time on the wall says all.
    private static Gen<CutOff?> CutOffs => Gen.Select(Gen.Int[20, 91], Gen.OneOf(Zones), Gen.Bool).Select(
        (quarters, zone, has) => has ? new CutOff(TimeOnly.MinValue.AddMinutes(15 * quarters), TimeZoneInfo.FindSystemTimeZoneById(zone)) : null);

    private static Gen<DeliveryTime> Deliveries => Gen.Select(Gen.Int[0, 130], Gen.Int[0, 3], CutOffs).Select(
        (hours, byTheClock, cutOff) => new DeliveryTime(TimeSpan.Zero, TimeSpan.FromHours(hours), BusinessDays: byTheClock != 0, cutOff));

    private static DeliveryTime InBusinessDays(int slowestHours, string cutOff, string zone) => new(
        TimeSpan.Zero,
        TimeSpan.FromHours(slowestHours),
        BusinessDays: true,
        new CutOff(TimeOnly.Parse(cutOff, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
