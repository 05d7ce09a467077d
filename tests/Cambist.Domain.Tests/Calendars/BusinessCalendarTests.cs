using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Calendars;

public sealed class BusinessCalendarTests
{
    [Theory]
    [InlineData("2026-06-19", false, "Juneteenth")] // New York only.
    [InlineData("2026-05-01", false, "Labour Day")] // TARGET only.
    [InlineData("2026-12-25", false, "Christmas Day")] // Both.
    [InlineData("2026-06-20", false, null)] // A Saturday.
    [InlineData("2026-05-04", true, null)] // London's day, neither's.
    [InlineData("2026-06-18", true, null)]
    public void A_business_day_is_one_in_both_places(string date, bool isBusinessDay, string? holiday)
    {
        var calendar = Between("EUR", "USD");

        Assert.Equal(isBusinessDay, calendar.IsBusinessDay(Day(date)));
        Assert.Equal(holiday, calendar.HolidayOn(Day(date)));
        Assert.Equal(isBusinessDay, Between("USD", "EUR").IsBusinessDay(Day(date)));
    }

    [Fact]
    public void It_says_for_which_currencies_only_the_weekend_is_known()
    {
        Assert.Empty(Between("EUR", "INR").HolidaysUnknownFor);
        Assert.Equal(["ARS"], Between("EUR", "ARS").HolidaysUnknownFor.Select(currency => currency.Code));
        Assert.Equal(["ARS", "KWD"], Between("ARS", "KWD").HolidaysUnknownFor.Select(currency => currency.Code));
        Assert.Equal(["ARS"], Between("ARS", "ARS").HolidaysUnknownFor.Select(currency => currency.Code));
    }

    [Fact]
    public void It_says_up_to_which_year_declared_holidays_are_known()
    {
        Assert.Empty(Between("EUR", "MXN").HolidaysKnownUntil);
        Assert.Empty(Between("EUR", "ARS").HolidaysKnownUntil);
        Assert.Equal([new HolidaysKnown(Currency.Parse("INR"), 2026)], Between("USD", "INR").HolidaysKnownUntil);
        Assert.Equal([new HolidaysKnown(Currency.Parse("SAR"), 2029), new HolidaysKnown(Currency.Parse("EGP"), 2025)], Between("SAR", "EGP").HolidaysKnownUntil);
    }

    [Fact]
    public void Where_only_the_weekend_is_known_all_other_days_are_business_days()
    {
        var christmas = Day("2026-12-25"); // A Friday.

        Assert.True(Between("ARS", "CLP").IsBusinessDay(christmas));
        Assert.False(Between("ARS", "EUR").IsBusinessDay(christmas));
        Assert.False(Between("ARS", "CLP").IsBusinessDay(christmas.AddDays(1)));
        Assert.False(Between("KWD", "KWD").IsBusinessDay(christmas));
        Assert.True(Between("KWD", "KWD").IsBusinessDay(christmas.AddDays(2)));
    }

    [Theory]
    // The week of Sunday, 8 November 2026: no holiday in Dhaka, Cairo, London or New York but Veterans Day.
    [InlineData("GBP", "BDT", "Mon Tue Wed Thu")]
    [InlineData("BDT", "EGP", "Sun Mon Tue Wed Thu")]
    [InlineData("USD", "EGP", "Mon Tue Thu")]
    [InlineData("GBP", "GBP", "Mon Tue Wed Thu Fri")]
    public void A_business_day_is_outside_the_weekend_of_either_place(string from, string to, string days)
    {
        var calendar = Between(from, to);
        var week = Enumerable.Range(0, 7).Select(Day("2026-11-08").AddDays).Where(calendar.IsBusinessDay);

        Assert.Equal(days, string.Join(' ', week.Select(day => day.ToString("ddd", CultureInfo.InvariantCulture))));
    }

    [Theory]
    // Saudi Arabia moved its weekend on 29 June 2013, the Emirates theirs on 1 September 2006 and on 1 January 2022.
    [InlineData("SAR", "2013-06-20", false)] // Thursday.
    [InlineData("SAR", "2013-06-22", true)] // Saturday.
    [InlineData("SAR", "2013-06-29", false)]
    [InlineData("SAR", "2013-07-04", true)]
    [InlineData("AED", "2006-08-24", false)]
    [InlineData("AED", "2006-08-26", true)]
    [InlineData("AED", "2021-11-26", false)] // Friday.
    [InlineData("AED", "2021-11-28", true)] // Sunday.
    [InlineData("AED", "2022-01-07", true)]
    [InlineData("AED", "2022-01-09", false)]
    public void A_weekend_that_was_moved_holds_from_its_day_on(string currency, string date, bool isBusinessDay) =>
        Assert.Equal(isBusinessDay, Between(currency, currency).IsBusinessDay(Day(date)));

    [Fact]
    public void A_feast_of_the_moon_makes_an_order_due_a_day_earlier_than_the_calendar_of_Mecca()
    {
        // Eid al-Fitr 2027 falls on 9 March in Mecca; the Philippines keep one day, by its moon the 10th. With its neighbours, 9 to 11 March are closed.
        Assert.Equal(Day("2027-03-08"), Between("EUR", "PHP").AddBusinessDays(Day("2027-03-12"), -1));
    }

    [Theory]
    [InlineData("2026-04-02", 1, "2026-04-07")] // Maundy Thursday, over Easter.
    [InlineData("2026-04-07", -1, "2026-04-02")]
    [InlineData("2026-04-04", 1, "2026-04-07")] // From within Easter.
    [InlineData("2026-04-04", -1, "2026-04-02")]
    [InlineData("2026-04-04", 0, "2026-04-04")]
    [InlineData("2025-12-24", 3, "2025-12-31")] // Over Christmas and a weekend: 29, 30, 31.
    public void Business_days_are_counted_without_the_day_itself(string from, int count, string expected) =>
        Assert.Equal(Day(expected), Between("EUR", "GBP").AddBusinessDays(Day(from), count));

    [Fact]
    public void The_nearest_business_day_of_a_business_day_is_itself()
    {
        var calendar = Between("EUR", "GBP");

        Assert.Equal((Day("2026-04-02"), Day("2026-04-02")), (calendar.OnOrBefore(Day("2026-04-02")), calendar.OnOrAfter(Day("2026-04-02"))));
        Assert.Equal((Day("2026-04-02"), Day("2026-04-07")), (calendar.OnOrBefore(Day("2026-04-05")), calendar.OnOrAfter(Day("2026-04-05"))));
    }

    [Fact]
    public void As_many_business_days_lie_between_as_were_added() =>
        Gen.Select(Gen.OneOf(Iso4217.All.ToArray()), Gen.OneOf(Iso4217.All.ToArray()), Gen.Int[0, 30_000], Gen.Int[1, 60]).Sample((from, to, offset, count) =>
        {
            var calendar = BusinessCalendar.For(from, to);
            var start = Day("2004-01-01").AddDays(offset);
            var end = calendar.AddBusinessDays(start, count);
            var between = Enumerable.Range(1, end.DayNumber - start.DayNumber).Count(days => calendar.IsBusinessDay(start.AddDays(days)));
            return calendar.IsBusinessDay(end) && between == count && calendar.AddBusinessDays(end, -count) == calendar.OnOrBefore(start);
        });

    [Fact]
    public void It_does_not_guess_beyond_the_years_it_knows() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Between("EUR", "USD").IsBusinessDay(Day("2100-01-04")));

    private static BusinessCalendar Between(string from, string to) => BusinessCalendar.For(Currency.Parse(from), Currency.Parse(to));

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
