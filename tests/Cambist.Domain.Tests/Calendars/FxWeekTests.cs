using System.Globalization;
using Cambist.Domain.Calendars;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Calendars;

/// <summary>
/// New York's clock changes in 2021 (Energy Policy Act of 2005, section 110; https://www.timeanddate.com/time/change/usa/new-york?year=2021):
/// forward on Sunday 14 March, back on Sunday 7 November, both at 02:00.
/// </summary>
public sealed class FxWeekTests
{
    [Theory]
    [InlineData("2021-03-07T22:00Z", "2021-03-12T22:00Z")] // The last week of winter time.
    [InlineData("2021-03-14T21:00Z", "2021-03-19T21:00Z")] // The first of summer time.
    [InlineData("2021-10-31T21:00Z", "2021-11-05T21:00Z")]
    [InlineData("2021-11-07T22:00Z", "2021-11-12T22:00Z")]
    [InlineData("2007-03-11T21:00Z", "2007-03-16T21:00Z")] // The first year of the present rule.
    [InlineData("2006-03-12T22:00Z", "2006-03-17T22:00Z")] // The year before: first Sunday of April.
    public void The_week_opens_on_Sunday_and_closes_on_Friday_at_17_00_in_New_York(string opens, string closes)
    {
        var (open, close) = (At(opens), At(closes));

        Assert.False(FxWeek.IsOpen(open.AddTicks(-1)));
        Assert.True(FxWeek.IsOpen(open));
        Assert.True(FxWeek.IsOpen(close.AddTicks(-1)));
        Assert.False(FxWeek.IsOpen(close));
        Assert.Equal((open, close), (FxWeek.OpenOf(open), FxWeek.CloseOf(open)));
        Assert.Equal(open, FxWeek.NextOpen(open.AddTicks(-1)));
        Assert.Equal(open, FxWeek.OpenOf(close));
    }

    [Theory]
    [InlineData("2021-03-12T22:00Z", "2021-03-14T21:00Z")] // 47 hours over the change to summer time.
    [InlineData("2021-11-05T21:00Z", "2021-11-07T22:00Z")] // 49 hours over the change back.
    public void A_weekend_belongs_to_the_week_before_it_and_adds_no_market_time(string close, string nextOpen)
    {
        Assert.Equal(At(nextOpen), FxWeek.NextOpen(At(close)));
        Assert.Equal(At(close), FxWeek.CloseOf(At(nextOpen).AddTicks(-1)));
        Assert.Equal(FxWeek.MarketHours(At(close)), FxWeek.MarketHours(At(nextOpen)));
    }

    [Fact]
    public void Every_week_from_1970_to_2100_holds_120_hours_between_two_New_York_fives()
    {
        var weeks = 0;
        for (var open = FxWeek.NextOpen(At("1970-01-01T00:00Z")); open < At("2100-12-20T00:00Z"); open = FxWeek.NextOpen(open))
        {
            var (opens, closes) = (InNewYork(open), InNewYork(FxWeek.CloseOf(open)));
            Assert.Equal((DayOfWeek.Sunday, 17, 0), (opens.DayOfWeek, opens.Hour, opens.Minute));
            Assert.Equal((DayOfWeek.Friday, 17, 0), (closes.DayOfWeek, closes.Hour, closes.Minute));
            Assert.Equal(TimeSpan.FromHours(120), FxWeek.OpenTimeBetween(open, FxWeek.NextOpen(open)));
            weeks++;
        }

        Assert.InRange(weeks, 6_800, 6_840);
    }

    [Fact]
    public void Market_time_is_what_a_count_of_the_open_minutes_gives() =>
        Gen.Select(Instants, Gen.Int[0, 9 * 24 * 60]).Sample(
            (from, minutes) =>
            {
                var open = Enumerable.Range(0, minutes).Count(minute => IsOpenByTheClock(from.AddMinutes(minute)));
                return FxWeek.OpenTimeBetween(from, from.AddMinutes(minutes)) == TimeSpan.FromMinutes(open);
            },
            iter: 60);

    [Fact]
    public void Market_hours_never_run_backwards_or_faster_than_the_clock() =>
        Gen.Select(Instants, Gen.Long[0, TimeSpan.TicksPerDay * 20]).Sample((from, ticks) =>
        {
            var to = from.AddTicks(ticks);
            var passed = FxWeek.OpenTimeBetween(from, to);
            return passed >= TimeSpan.Zero && passed <= to - from
                && FxWeek.MarketHours(to) >= FxWeek.MarketHours(from)
                && Math.Abs(FxWeek.MarketHours(to) - FxWeek.MarketHours(from) - passed.TotalHours) < 1e-8;
        });

    [Fact]
    public void Open_time_is_exact_to_the_tick()
    {
        var wednesday = At("2099-06-10T12:00Z");

        Assert.Equal(TimeSpan.FromTicks(9_000_000_001), FxWeek.OpenTimeBetween(wednesday, wednesday.AddTicks(9_000_000_001)));
        Assert.Equal(TimeSpan.FromTicks(-1), FxWeek.OpenTimeBetween(wednesday, wednesday.AddTicks(-1)));
    }

    [Fact]
    public void An_instant_counts_whatever_its_offset() =>
        Assert.Equal(
            FxWeek.MarketHours(At("2021-03-15T12:00Z")), FxWeek.MarketHours(new DateTimeOffset(2021, 3, 15, 21, 0, 0, TimeSpan.FromHours(9))));

    [Theory]
    [InlineData("1970-01-01T00:00Z")]
    [InlineData("2100-12-31T23:59Z")]
    public void The_first_and_the_last_day_are_known(string instant)
    {
        Assert.True(FxWeek.OpenOf(At(instant)) <= At(instant));
        Assert.True(FxWeek.NextOpen(At(instant)) > At(instant));
    }

    [Theory]
    [InlineData("1969-12-31T23:59Z")]
    [InlineData("2101-01-01T00:00Z")]
    [InlineData("0001-01-01T00:00Z")]
    [InlineData("9999-12-31T00:00Z")]
    public void Other_years_are_refused(string instant)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FxWeek.IsOpen(At(instant)));
        Assert.Throws<ArgumentOutOfRangeException>(() => FxWeek.MarketHours(At(instant)));
    }

    private static Gen<DateTimeOffset> Instants =>
        Gen.Int[0, 28 * 365 * 24 * 60].Select(minutes => At("2003-01-01T00:00Z").AddMinutes(minutes));

    private static DateTime InNewYork(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, FxWeek.NewYork).DateTime;

    private static bool IsOpenByTheClock(DateTimeOffset instant)
    {
        var local = InNewYork(instant);
        return local.DayOfWeek switch
        {
            DayOfWeek.Sunday => local.Hour >= 17,
            DayOfWeek.Friday => local.Hour < 17,
            DayOfWeek.Saturday => false,
            _ => true,
        };
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
