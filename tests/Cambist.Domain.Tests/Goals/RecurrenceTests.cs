using System.Globalization;
using Cambist.Domain.Goals;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Goals;

public sealed class RecurrenceTests
{
    private static readonly Gen<string> Zones = Gen.OneOf(new[] { "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "America/Santiago", "Africa/Cairo" }.Select(Gen.Const).ToArray());

    private static readonly Gen<Recurrence> Rules =
        Gen.Select(Gen.Enum<RecurrenceUnit>(), Gen.Int[1, 40], Gen.Int[0, 20_000], Gen.Int[0, 24 * 60 - 1], Zones, Gen.Int[0, 31], Gen.Int[0, 7])
            .Select((unit, every, start, minute, zone, day, weekday) => Rule(unit, every, new DateOnly(2005, 1, 1).AddDays(start), TimeOnly.MinValue.AddMinutes(minute), zone) with
            {
                DayOfMonth = day == 0 ? null : day,
                Weekday = weekday == 7 ? null : (DayOfWeek)weekday,
            });

    [Theory]
    [InlineData("2027-01-31", 31, 1, "2027-01-31 2027-02-28 2027-03-31 2027-04-30")]
    [InlineData("2028-01-31", null, 1, "2028-01-31 2028-02-29 2028-03-31")]
    [InlineData("2027-01-30", null, 1, "2027-01-30 2027-02-28 2027-03-30")]
    [InlineData("2027-01-20", 15, 1, "2027-02-15 2027-03-15 2027-04-15")]
    [InlineData("2027-01-20", 15, 3, "2027-02-15 2027-05-15 2027-08-15")]
    [InlineData("2027-12-31", null, 2, "2027-12-31 2028-02-29 2028-04-30")]
    public void A_month_without_the_day_has_its_last_day(string start, int? day, int every, string expected) =>
        Assert.Equal(expected, First(Rule(RecurrenceUnit.Months, every, Day(start), new TimeOnly(12, 0), "UTC") with { DayOfMonth = day }, expected));

    [Fact]
    public void A_leap_day_falls_on_the_28th_in_other_years() => Assert.Equal(
        "2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29", First(Rule(RecurrenceUnit.Years, 1, Day("2028-02-29"), new TimeOnly(12, 0), "UTC"), 5));

    [Theory]
    [InlineData("2026-11-23", DayOfWeek.Friday, 2, "2026-11-27 2026-12-11 2026-12-25")]
    [InlineData("2026-11-23", DayOfWeek.Monday, 1, "2026-11-23 2026-11-30 2026-12-07")]
    [InlineData("2026-11-23", null, 1, "2026-11-23 2026-11-30")]
    public void Weeks_fall_on_one_weekday(string start, DayOfWeek? weekday, int every, string expected) =>
        Assert.Equal(expected, First(Rule(RecurrenceUnit.Weeks, every, Day(start), new TimeOnly(12, 0), "UTC") with { Weekday = weekday }, expected));

    [Fact]
    public void Days_are_counted_across_month_ends() => Assert.Equal("2027-02-20 2027-03-02 2027-03-12", First(Rule(RecurrenceUnit.Days, 10, Day("2027-02-20"), new TimeOnly(12, 0), "UTC"), 3));

    // Changes of 2026 in Berlin: 29 March 01:00Z forward, 25 October 01:00Z back; on Lord Howe Island by half an hour, 3 October 15:30Z forward. Samoa had no 30 December 2011; Beirut skips midnight.
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28", "02:30", "2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24", "02:30", "2026-10-24T00:30:00Z 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z")]
    [InlineData("Europe/Berlin", "2026-10-24", "03:00", "2026-10-24T01:00:00Z 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z")]
    [InlineData("America/New_York", "2026-03-07", "02:15", "2026-03-07T07:15:00Z 2026-03-08T07:00:00Z 2026-03-09T06:15:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-03", "02:10", "2026-10-02T15:40:00Z 2026-10-03T15:30:00Z 2026-10-04T15:10:00Z")]
    [InlineData("Asia/Beirut", "2026-03-28", "00:00", "2026-03-27T22:00:00Z 2026-03-28T22:00:00Z 2026-03-29T21:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-29", "12:00", "2011-12-29T22:00:00Z 2011-12-30T10:00:00Z 2011-12-30T22:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-29", "00:00", "2011-12-29T10:00:00Z 2011-12-30T10:00:00Z 2011-12-31T10:00:00Z")]
    public void A_skipped_time_becomes_the_change_and_of_a_doubled_one_the_first_is_meant(string zone, string start, string time, string expected)
    {
        var rule = Rule(RecurrenceUnit.Days, 1, Day(start), TimeOnly.Parse(time, CultureInfo.InvariantCulture), zone);

        Assert.Equal(expected, string.Join(' ', rule.Occurrences().Take(3).Select(instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void It_ends_after_its_count_and_after_its_last_day()
    {
        var rule = Rule(RecurrenceUnit.Months, 1, Day("2027-01-31"), new TimeOnly(23, 59), "Europe/Berlin");

        Assert.Equal(7, (rule with { Count = 7 }).Occurrences().Count());
        Assert.Equal(3, (rule with { Until = Day("2027-03-31") }).Occurrences().Count());
        Assert.Equal(2, (rule with { Until = Day("2027-03-30") }).Occurrences().Count());
        Assert.Empty((rule with { Count = 0 }).Occurrences());
    }

    [Fact]
    public void It_ends_with_the_years_whose_holidays_are_known() =>
        Assert.Equal(2099, Rule(RecurrenceUnit.Years, 1000, Day("2099-01-01"), new TimeOnly(12, 0), "UTC").Occurrences().Single().Year);

    [Fact]
    public void Every_step_is_one_to_a_thousand()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Rule(RecurrenceUnit.Days, 0, Day("2027-01-01"), TimeOnly.MinValue, "UTC"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rule(RecurrenceUnit.Days, 1001, Day("2027-01-01"), TimeOnly.MinValue, "UTC"));
    }

    [Fact]
    public void Occurrences_rise_strictly_and_none_is_before_the_start() =>
        Rules.Sample(rule =>
        {
            var last = new DateTimeOffset(rule.Start.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(-15);
            foreach (var occurrence in rule.Occurrences().Take(60))
            {
                Assert.True(occurrence > last, $"{occurrence:O} after {last:O}");
                last = occurrence;
            }
        });

    [Fact]
    public void Occurrences_have_the_local_time_unless_the_clocks_skip_it() =>
        Rules.Sample(rule =>
        {
            foreach (var occurrence in rule.Occurrences().Take(60))
            {
                var local = TimeZoneInfo.ConvertTime(occurrence, rule.Zone);
                var isChange = rule.Zone.GetUtcOffset(occurrence) != rule.Zone.GetUtcOffset(occurrence.AddTicks(-1));
                Assert.True(TimeOnly.FromTimeSpan(local.TimeOfDay) == rule.Time || isChange, $"{local:O} for {rule}");
            }
        });

    [Fact]
    public void Of_a_doubled_time_no_earlier_instant_has_it() =>
        Rules.Sample(rule => rule.Occurrences().Take(60).All(occurrence =>
            TimeZoneInfo.ConvertTime(occurrence, rule.Zone).DateTime is var local && Enumerable.Range(1, 12).All(quarter => TimeZoneInfo.ConvertTime(occurrence.AddMinutes(-15 * quarter), rule.Zone).DateTime != local)));

    private static Recurrence Rule(RecurrenceUnit unit, int every, DateOnly start, TimeOnly time, string zone) => new(unit, every, start, time, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string First(Recurrence rule, string expected) => First(rule, expected.Split(' ').Length);

    private static string First(Recurrence rule, int count) => string.Join(' ', rule.Occurrences().Take(count).Select(instant => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
}
