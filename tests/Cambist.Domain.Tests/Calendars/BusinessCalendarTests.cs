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
        Assert.Empty(Between("EUR", "USD").HolidaysUnknownFor);
        Assert.Equal(["BRL"], Between("EUR", "BRL").HolidaysUnknownFor.Select(currency => currency.Code));
        Assert.Equal(["BRL", "INR"], Between("BRL", "INR").HolidaysUnknownFor.Select(currency => currency.Code));
        Assert.Equal(["BRL"], Between("BRL", "BRL").HolidaysUnknownFor.Select(currency => currency.Code));
    }

    [Fact]
    public void Where_only_the_weekend_is_known_Monday_to_Friday_are_business_days()
    {
        var christmas = Day("2026-12-25");

        Assert.True(Between("BRL", "INR").IsBusinessDay(christmas));
        Assert.False(Between("BRL", "EUR").IsBusinessDay(christmas));
        Assert.False(Between("BRL", "INR").IsBusinessDay(christmas.AddDays(1)));
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
