using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Calendars.Announcements;
using Xunit;

namespace Cambist.Domain.Tests.Calendars;

public sealed class AnnouncementCalendarTests
{
    public static TheoryData<AnnouncementKind> Kinds => [.. Enum.GetValues<AnnouncementKind>()];

    [Theory]
    // https://www.federalreserve.gov/monetarypolicy/fomccalendars.htm: the statement that named tapering; the first rise after the crisis; a Thursday.
    [InlineData(AnnouncementKind.FederalReserveDecision, "2013-12-18T19:00:00Z")]
    [InlineData(AnnouncementKind.FederalReserveDecision, "2015-12-16T19:00:00Z")]
    [InlineData(AnnouncementKind.FederalReserveDecision, "2024-11-07T19:00:00Z")]
    // The same, at 12:30 because the chair met the press at 14:15; and in the last month of 14:15.
    [InlineData(AnnouncementKind.FederalReserveDecision, "2012-12-12T17:30:00Z")]
    [InlineData(AnnouncementKind.FederalReserveDecision, "2013-01-30T19:15:00Z")]
    [InlineData(AnnouncementKind.FederalReserveMinutes, "2024-11-26T19:00:00Z")] // Two days early, before Thanksgiving.
    // https://www.bls.gov/schedule/archives/empsit_nr.htm: a fourth of July kept on a Friday; the delays of the two shutdowns.
    [InlineData(AnnouncementKind.AmericanPayrolls, "2015-07-02T12:30:00Z")]
    [InlineData(AnnouncementKind.AmericanPayrolls, "2013-10-22T12:30:00Z")]
    [InlineData(AnnouncementKind.AmericanPayrolls, "2025-11-20T13:30:00Z")]
    // https://www.bls.gov/schedule/archives/cpi_nr.htm.
    [InlineData(AnnouncementKind.AmericanInflation, "2013-10-30T12:30:00Z")]
    [InlineData(AnnouncementKind.AmericanInflation, "2022-11-10T13:30:00Z")]
    // https://www.ecb.europa.eu/press/govcdec/mopo/html/index.en.html: bond purchases; the first rise, half an hour later than before.
    [InlineData(AnnouncementKind.EuropeanCentralBankDecision, "2015-01-22T12:45:00Z")]
    [InlineData(AnnouncementKind.EuropeanCentralBankPressConference, "2015-01-22T13:30:00Z")]
    [InlineData(AnnouncementKind.EuropeanCentralBankDecision, "2022-07-21T12:15:00Z")]
    [InlineData(AnnouncementKind.EuropeanCentralBankPressConference, "2022-07-21T12:45:00Z")]
    // https://www.bankofengland.co.uk/monetary-policy-summary-and-minutes: the first cut after the referendum; a report at 7:00; the week of mourning.
    [InlineData(AnnouncementKind.BankOfEnglandDecision, "2016-08-04T11:00:00Z")]
    [InlineData(AnnouncementKind.BankOfEnglandDecision, "2020-11-05T07:00:00Z")]
    [InlineData(AnnouncementKind.BankOfEnglandDecision, "2022-09-22T11:00:00Z")]
    // https://www.ons.gov.uk/releasecalendar.
    [InlineData(AnnouncementKind.BritishInflation, "2018-03-20T09:30:00Z")]
    [InlineData(AnnouncementKind.BritishInflation, "2022-10-19T06:00:00Z")]
    // https://www.snb.ch/en/the-snb/mandates-goals/monetary-policy/decisions.
    [InlineData(AnnouncementKind.SwissNationalBankDecision, "2022-06-16T07:30:00Z")]
    // https://www.boj.or.jp/en/mopo/mpmdeci/index.htm: quantitative and qualitative easing; negative rates.
    [InlineData(AnnouncementKind.BankOfJapanDecision, "2013-04-04T03:00:00Z")]
    [InlineData(AnnouncementKind.BankOfJapanDecision, "2016-01-29T03:00:00Z")]
    // https://www.rba.gov.au/monetary-policy/int-rate-decisions: the first rise after the pandemic.
    [InlineData(AnnouncementKind.ReserveBankOfAustraliaDecision, "2022-05-03T04:30:00Z")]
    // https://www.bankofcanada.ca/press/press-releases/: the surprise of January 2015; the first at 9:45.
    [InlineData(AnnouncementKind.BankOfCanadaDecision, "2015-01-21T15:00:00Z")]
    [InlineData(AnnouncementKind.BankOfCanadaDecision, "2024-01-24T14:45:00Z")]
    // https://www.rbnz.govt.nz/monetary-policy/monetary-policy-decisions: at 9:00 until 2018, at 14:00 since.
    [InlineData(AnnouncementKind.ReserveBankOfNewZealandDecision, "2016-08-10T21:00:00Z")]
    [InlineData(AnnouncementKind.ReserveBankOfNewZealandDecision, "2019-08-07T02:00:00Z")]
    public void A_well_known_announcement_is_in_it_at_its_instant(AnnouncementKind kind, string at)
    {
        var instant = Instant(at);

        Assert.Contains(Between(instant, instant.AddTicks(1)), found => found.Kind == kind);
    }

    [Theory]
    // The clocks of New York and Europe differ for two or three weeks in March and one around the end of October; Sydney's change on the first Sundays of April and October.
    [InlineData(AnnouncementKind.FederalReserveDecision, "2021-03-17T18:00:00Z")] // New York has summer time, Frankfurt has not.
    [InlineData(AnnouncementKind.EuropeanCentralBankDecision, "2021-03-11T12:45:00Z")]
    [InlineData(AnnouncementKind.BankOfEnglandDecision, "2021-03-18T12:00:00Z")]
    [InlineData(AnnouncementKind.EuropeanCentralBankDecision, "2015-10-22T11:45:00Z")]
    [InlineData(AnnouncementKind.FederalReserveDecision, "2022-11-02T18:00:00Z")] // London is back on winter time, New York is not.
    [InlineData(AnnouncementKind.BankOfEnglandDecision, "2022-11-03T12:00:00Z")]
    [InlineData(AnnouncementKind.AmericanPayrolls, "2022-11-04T12:30:00Z")]
    [InlineData(AnnouncementKind.ReserveBankOfAustraliaDecision, "2021-04-06T04:30:00Z")] // Two days after the change.
    [InlineData(AnnouncementKind.ReserveBankOfAustraliaDecision, "2021-10-05T03:30:00Z")]
    [InlineData(AnnouncementKind.ReserveBankOfNewZealandDecision, "2021-10-06T01:00:00Z")]
    public void Each_place_keeps_its_own_daylight_saving_time(AnnouncementKind kind, string at)
    {
        var day = new DateTimeOffset(Instant(at).Date, TimeSpan.Zero);

        Assert.Equal(Instant(at), Assert.Single(Between(day, day.AddDays(1)), found => found.Kind == kind).At);
    }

    [Theory]
    [InlineData("2008-10-08", "GBP EUR USD CAD")] // The cut that six central banks made together.
    [InlineData("2015-01-15", "CHF")] // The end of the franc's floor.
    [InlineData("2020-03-03", "USD")]
    [InlineData("2020-03-15", "USD")] // A Sunday; it took the place of the 18th.
    [InlineData("2020-03-18", "USD EUR")] // Called off; the ECB's emergency purchases came that night.
    [InlineData("2020-03-16", "JPY NZD")]
    [InlineData("2020-03-19", "GBP JPY")]
    [InlineData("2020-03-27", "CAD")]
    [InlineData("2022-06-15", "EUR")] // An ad hoc meeting, called on that morning.
    [InlineData("2025-10-03", "USD")] // No payrolls while the government stood still.
    public void What_nobody_had_announced_the_day_before_is_not_in_it(string date, string currencies)
    {
        var day = Instant(date + "T00:00:00Z");
        var found = Between(day, day.AddDays(1)).Where(item => !MonthlyStatistics.Contains(item.Kind));

        Assert.DoesNotContain(found, item => currencies.Contains(item.Currency.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void They_are_sorted_and_none_is_in_it_twice()
    {
        var all = AnnouncementCalendar.All.ToArray();

        Assert.True(all.Length > 2500, $"found {all.Length}");
        Assert.Equal(all.OrderBy(item => item.At).ThenBy(item => item.Kind), all);
        Assert.Equal(all.Length, all.Select(item => (item.Kind, item.At.UtcDateTime.Date)).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_is_a_fact_of_its_known_span_in_the_open_market_and_of_one_currency(AnnouncementKind kind)
    {
        var of = AnnouncementCalendar.All.ToArray().Where(item => item.Kind == kind).ToList();

        Assert.All(of, item => Assert.True(item.At < AnnouncementCalendar.KnownUntil(kind)));
        Assert.All(of, item => Assert.True(FxWeek.IsOpen(item.At), $"{item.At:O}"));
        Assert.Equal(of[0].Currency, Assert.Single(of.Select(item => item.Currency).Distinct()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_year_is_missing_and_no_interval_is_longer_than_its_rhythm_allows(AnnouncementKind kind)
    {
        var of = AnnouncementCalendar.All.ToArray().Where(item => item.Kind == kind).Select(item => item.At).ToList();

        // The longest are a quarter's, the summer of New Zealand's Reserve Bank and March 2020, when meetings were called off.
        Assert.All(of.Zip(of.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalDays, 6, 16 * 7));
        Assert.Equal(Enumerable.Range(of[0].AddHours(12).Year, of[^1].Year - of[0].AddHours(12).Year + 1), of.Select(at => at.AddHours(12).Year).Distinct());
    }

    [Fact]
    public void Payrolls_come_on_a_Friday_of_the_first_twelve_days_but_for_holidays_and_shutdowns() => Assert.Equal(
        ["2003-07-03", "2008-07-03", "2009-07-02", "2013-10-22", "2014-07-03", "2015-07-02", "2020-07-02", "2025-07-03", "2025-11-20", "2025-12-16", "2026-02-11", "2026-07-02"],
        AnnouncementCalendar.All.ToArray().Where(item => item.Kind == AnnouncementKind.AmericanPayrolls && (item.At.DayOfWeek != DayOfWeek.Friday || item.At.Day > 12))
            .Select(item => item.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    [Fact]
    public void After_the_last_known_year_nothing_is_expected_and_that_is_said()
    {
        Assert.Equal(Instant("2028-01-01T05:00:00Z"), AnnouncementCalendar.KnownUntil(AnnouncementKind.FederalReserveDecision));
        Assert.Equal(Instant("2027-01-01T05:00:00Z"), AnnouncementCalendar.KnownUntil(AnnouncementKind.AmericanPayrolls));
        Assert.Empty(Between(Instant("2028-01-01T05:00:00Z"), Instant("2099-01-01T00:00:00Z")));
    }

    [Theory]
    [InlineData("EURUSD", AnnouncementKind.FederalReserveDecision, 2)]
    [InlineData("EURUSD", AnnouncementKind.AmericanPayrolls, 2)]
    [InlineData("EURUSD", AnnouncementKind.EuropeanCentralBankPressConference, 2)]
    [InlineData("GBPUSD", AnnouncementKind.BankOfEnglandDecision, 2)]
    [InlineData("AUDUSD", AnnouncementKind.ReserveBankOfAustraliaDecision, 2)]
    [InlineData("AUDUSD", AnnouncementKind.AustralianEmployment, 2)]
    [InlineData("USDCAD", AnnouncementKind.BankOfCanadaDecision, 2)]
    public void In_the_recorded_market_the_variance_of_its_hour_is_more_than_this_many_times_that_of_the_same_hour_on_other_days(
        string pair, AnnouncementKind kind, double atLeast)
    {
        DateTimeOffset from = Instant("2013-01-01T00:00:00Z"), until = Instant("2020-01-01T00:00:00Z");
        var hours = Between(from, until).ToArray().ToLookup(item => UnixHour.Floor(item.At), item => item.Kind);
        var variances = RecordedBars.Of(pair, from, until)
            .GroupBy(bar => HourOfDay(bar.Hour))
            .SelectMany(group => Ratios([.. group.Select(bar => (bar.Hour, Square: Square(Math.Log(bar.High / bar.Low))))]))
            .ToList();

        var ratio = variances.Average();

        Assert.True(variances.Count > 40, $"found {variances.Count}");
        Assert.True(ratio > atLeast, $"the ratio was {ratio:F2}");

        IEnumerable<double> Ratios(List<(long Hour, double Square)> bars)
        {
            var quiet = bars.Where(bar => !hours.Contains(bar.Hour)).Select(bar => bar.Square).DefaultIfEmpty(double.NaN).Average();
            return bars.Where(bar => hours[bar.Hour].Contains(kind)).Select(bar => bar.Square / quiet);
        }

        static int HourOfDay(long hour) => TimeZoneInfo.ConvertTime(UnixHour.ToInstant(hour), FxWeek.NewYork).Hour;
        static double Square(double x) => x * x;
    }

    private static IReadOnlyList<AnnouncementKind> MonthlyStatistics { get; } =
        [AnnouncementKind.AmericanInflation, AnnouncementKind.BritishInflation, AnnouncementKind.BritishEmployment, AnnouncementKind.CanadianInflation, AnnouncementKind.CanadianEmployment];

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static Announcement[] Between(DateTimeOffset from, DateTimeOffset to) => [.. AnnouncementCalendar.All.ToArray().Where(item => item.At >= from && item.At < to)];
}
