using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.Domain.Tests.Calendars;

public sealed class BankHolidaysTests
{
    [Theory]
    // https://www.federalreserve.gov/aboutthefed/k8.htm: 4 July 2026 is a Saturday and not observed; Christmas 2022 was a Sunday.
    [InlineData("USD", 2026, "01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25")]
    [InlineData("USD", 2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26")]
    [InlineData("USD", 2020, "01-01 01-20 02-17 05-25 09-07 10-12 11-11 11-26 12-25")] // No Juneteenth yet.
    // https://www.ecb.europa.eu/ecb/contacts/working-hours (T2 closing days).
    [InlineData("EUR", 2026, "01-01 04-03 04-06 05-01 12-25")]
    [InlineData("EUR", 2024, "01-01 03-29 04-01 05-01 12-25 12-26")]
    // https://www.gov.uk/bank-holidays, England and Wales.
    [InlineData("GBP", 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28")]
    [InlineData("GBP", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28")]
    [InlineData("GBP", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27")]
    [InlineData("GBP", 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26")]
    [InlineData("GBP", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28")]
    // City of Zurich and SIX, 2025.
    [InlineData("CHF", 2025, "01-01 01-02 04-18 04-21 05-01 05-29 06-09 08-01 12-25 12-26")]
    // PaymentEvolution, "Bank holidays" of 2024 (article KA-01309), and ICS Courier, "2023 holiday schedule", both of all Canada and Ontario.
    [InlineData("CAD", 2024, "01-01 02-19 03-29 05-20 07-01 08-05 09-02 09-30 10-14 11-11 12-25 12-26")]
    [InlineData("CAD", 2023, "01-02 02-20 04-07 05-22 07-03 08-07 09-04 10-02 10-09 11-13 12-25 12-26")]
    // https://www.industrialrelations.nsw.gov.au, "NSW public holidays 2019-2021"; Public Holidays Amendment (Anzac Day) Order 2026.
    [InlineData("AUD", 2021, "01-01 01-26 04-02 04-05 06-14 08-02 10-04 12-27 12-28")]
    [InlineData("AUD", 2022, "01-03 01-26 04-15 04-18 04-25 06-13 08-01 09-22 10-03 12-26 12-27")]
    [InlineData("AUD", 2026, "01-01 01-26 04-03 04-06 04-27 06-08 08-03 10-05 12-25 12-28")]
    // https://www.employment.govt.nz, public holidays and anniversary dates.
    [InlineData("NZD", 2022, "01-03 01-04 02-07 04-15 04-18 04-25 06-06 06-24 09-26 10-24 12-26 12-27")]
    [InlineData("NZD", 2026, "01-01 01-02 02-06 04-03 04-06 04-27 06-01 07-10 10-26 12-25 12-28")]
    // https://www8.cao.go.jp/chosei/shukujitsu/gaiyou.html (Cabinet Office), with the banks' 31 December to 3 January.
    [InlineData("JPY", 2019, "01-01 01-02 01-03 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-06 07-15 08-12 09-16 09-23 10-14 10-22 11-04 12-31")]
    [InlineData("JPY", 2020, "01-01 01-02 01-03 01-13 02-11 02-24 03-20 04-29 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23 12-31")]
    [InlineData("JPY", 2021, "01-01 01-11 02-11 02-23 04-29 05-03 05-04 05-05 07-22 07-23 08-09 09-20 09-23 11-03 11-23 12-31")]
    [InlineData("JPY", 2026, "01-01 01-02 01-12 02-11 02-23 03-20 04-29 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23 12-31")]
    // Nordea, "Bank holidays in 2020" (sources: the central banks); Danmarks Nationalbank, "Banklukkedage", 2026.
    [InlineData("SEK", 2020, "01-01 01-06 04-10 04-13 05-01 05-21 06-19 12-24 12-25 12-31")]
    [InlineData("NOK", 2020, "01-01 04-09 04-10 04-13 05-01 05-21 06-01 12-24 12-25")]
    [InlineData("DKK", 2020, "01-01 04-09 04-10 04-13 05-08 05-21 05-22 06-01 06-05 12-24 12-25 12-31")]
    [InlineData("DKK", 2026, "01-01 04-02 04-03 04-06 05-14 05-15 05-25 06-05 12-24 12-25 12-31")]
    public void The_banks_of_a_currency_are_closed_on_these_weekdays(string currency, int year, string dates)
    {
        var holidays = BankHolidays.In(Currency.Parse(currency), year);

        Assert.Equal(dates, string.Join(' ', holidays!.Select(holiday => holiday.Date.ToString("MM-dd", CultureInfo.InvariantCulture))));
        Assert.All(holidays!, holiday => Assert.Equal(year, holiday.Date.Year));
    }

    [Theory]
    // Easter on 23 March, on 25 April, on two dates that Gauss's rule needs an exception near, and the last of the table: U.S. Census Bureau, "Easter dates from 1600 to 2099".
    [InlineData(2008, "2008-03-21")]
    [InlineData(2038, "2038-04-23")]
    [InlineData(2049, "2049-04-16")]
    [InlineData(2076, "2076-04-17")]
    [InlineData(2099, "2099-04-10")]
    public void Good_Friday_is_two_days_before_Easter(int year, string date) =>
        Assert.Contains(new BankHoliday(DateOnly.Parse(date, CultureInfo.InvariantCulture), "Good Friday"), BankHolidays.In(Currency.Parse("EUR"), year)!);

    [Fact]
    public void Matariki_is_a_Friday_of_June_or_July_in_each_year_for_which_the_law_names_it()
    {
        var days = Enumerable.Range(2003, 97).SelectMany(year => BankHolidays.In(Currency.Parse("NZD"), year)!).Where(holiday => holiday.Name == "Matariki").ToList();

        Assert.Equal(Enumerable.Range(2022, 31), days.Select(day => day.Date.Year));
        Assert.All(days, day => Assert.Equal(DayOfWeek.Friday, day.Date.DayOfWeek));
        Assert.All(days, day => Assert.InRange(day.Date.DayOfYear, 171, 201));
    }

    [Fact]
    public void A_substitute_day_says_so() =>
        Assert.Contains(new BankHoliday(new DateOnly(2026, 12, 28), "Boxing Day (substitute day)"), BankHolidays.In(Currency.Parse("GBP"), 2026)!);

    [Fact]
    public void The_holidays_of_these_currencies_are_known() => Assert.Equal(
        "AED AUD BDT BRL CAD CHF CNY COP DKK EGP EUR GBP GTQ HKD IDR INR JPY KES MXN NGN NOK NZD PHP PKR PLN SAR SEK SGD THB TRY USD VND ZAR",
        string.Join(' ', Known));

    [Fact]
    public void Every_year_of_every_table_can_be_worked_out_and_holds_a_plausible_number_of_days() =>
        Assert.All(Known.SelectMany(currency => Enumerable.Range(2003, 97).Select(year => (currency, year))), at =>
        {
            var holidays = BankHolidays.In(at.currency, at.year)!;
            // Where feasts are expected, their neighbours count too: at most eleven Hindu and four Islamic ones in India, long Eids elsewhere.
            Assert.InRange(holidays.Count, 3, BankHolidays.KnownUntil(at.currency) is null ? 22 : 60);
            Assert.All(holidays, holiday => Assert.Equal(at.year, holiday.Date.Year));
            Assert.Equal(holidays.Count, holidays.Select(holiday => holiday.Date).Distinct().Count());
        });

    [Theory]
    [InlineData("EGP BDT", DayOfWeek.Friday, DayOfWeek.Saturday)]
    [InlineData("INR MXN PHP CNY PKR NGN VND GTQ USD EUR JPY TRY", DayOfWeek.Saturday, DayOfWeek.Sunday)]
    public void A_holiday_never_falls_on_the_weekend_of_its_place_but_on_each_other_day_of_the_week(string currencies, DayOfWeek first, DayOfWeek second) =>
        Assert.All(currencies.Split(' ').Select(Currency.Parse), currency =>
        {
            var days = Enumerable.Range(2003, 97).SelectMany(year => BankHolidays.In(currency, year)!).Select(holiday => holiday.Date.DayOfWeek).Distinct();
            Assert.Equal(Enum.GetValues<DayOfWeek>().Except([first, second]), days.Order());
        });

    [Fact]
    public void A_substitute_day_falls_on_no_other_holiday_so_that_none_is_lost() =>
        Assert.All(Enumerable.Range(2024, 76), year => Assert.Equal(8, BankHolidays.In(Currency.Parse("GBP"), year)!.Count));

    [Fact]
    public void Where_the_law_gives_the_holidays_of_every_year_there_is_no_last_known_one()
    {
        Assert.Equal((2026, 2029), (BankHolidays.KnownUntil(Currency.Parse("INR")), BankHolidays.KnownUntil(Currency.Parse("SAR"))));
        Assert.Null(BankHolidays.KnownUntil(Currency.Parse("EUR")));
        Assert.Null(BankHolidays.KnownUntil(Currency.Parse("ARS")));
        Assert.All(Known.Where(currency => BankHolidays.KnownUntil(currency) is null), currency =>
            Assert.DoesNotContain(BankHolidays.In(currency, 2030)!, holiday => holiday.Name.EndsWith("(expected)", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_another_currency_the_holidays_are_unknown_and_not_none()
    {
        Assert.Null(BankHolidays.In(Currency.Parse("ARS"), 2026));
        Assert.Null(BankHolidays.In(Currency.Parse("KWD"), 2026));
    }

    [Theory]
    [InlineData(2002)]
    [InlineData(2100)]
    public void Years_that_no_table_covers_are_refused(int year) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BankHolidays.In(Currency.Parse("USD"), year));

    private static List<Currency> Known { get; } = [.. Iso4217.All.Where(currency => BankHolidays.In(currency, 2026) is not null)];
}
