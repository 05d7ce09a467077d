using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.Domain.Tests.Calendars;

/// <summary>The published lists of the currencies of large remittance corridors, without the days that fall on the weekend of the place.</summary>
public sealed class RemittanceHolidaysTests
{
    [Theory]
    // Government of Maharashtra, public holidays under the Negotiable Instruments Act, 2026 (news9live.com, 16 December 2025) and 2024, 2025 likewise; in 2025 Id-E-Milad was moved to 8 September.
    [InlineData("INR", 2024, "01-22 01-26 02-19 03-08 03-25 03-29 04-01 04-09 04-11 04-17 05-01 05-20 05-23 06-17 07-17 08-15 09-18 10-02 11-01 11-15 11-20 12-25")]
    [InlineData("INR", 2025, "02-19 02-26 03-14 03-31 04-01 04-10 04-14 04-18 05-01 05-12 08-15 08-27 09-08 10-02 10-21 10-22 11-05 12-25")]
    [InlineData("INR", 2026, "01-15 01-26 02-19 03-03 03-19 03-26 03-31 04-01 04-03 04-14 05-01 05-28 06-26 08-26 09-14 10-02 10-20 11-10 11-24 12-25")]
    // Comisión Nacional Bancaria y de Valores, calendario de días inhábiles (cronista.com, 11 December 2025, for 2026).
    [InlineData("MXN", 2024, "01-01 02-05 03-18 03-28 03-29 05-01 09-16 10-01 11-18 12-12 12-25")]
    [InlineData("MXN", 2025, "01-01 02-03 03-17 04-17 04-18 05-01 09-16 11-17 12-12 12-25")]
    [InlineData("MXN", 2026, "01-01 02-02 03-16 04-02 04-03 05-01 09-16 11-02 11-16 12-25")]
    // Proclamations 727 (2024), 839, 878 and 911 (2025), 1006 (2025), 1189 and 1264 (2026).
    [InlineData("PHP", 2025, "01-01 01-29 04-01 04-09 04-17 04-18 05-01 05-12 06-06 06-12 08-21 08-25 10-31 12-08 12-24 12-25 12-30 12-31")]
    [InlineData("PHP", 2026, "01-01 02-17 03-20 04-02 04-03 04-09 05-01 05-27 06-12 08-21 08-31 11-02 11-30 12-08 12-24 12-25 12-30 12-31")]
    // General Office of the State Council, notices of 2019 (with the extension of January 2020), 2024 and 4 November 2025.
    [InlineData("CNY", 2020, "01-01 01-24 01-27 01-28 01-29 01-30 01-31 04-06 05-01 05-04 05-05 06-25 06-26 10-01 10-02 10-05 10-06 10-07 10-08")]
    [InlineData("CNY", 2025, "01-01 01-28 01-29 01-30 01-31 02-03 02-04 04-04 05-01 05-02 05-05 06-02 10-01 10-02 10-03 10-06 10-07 10-08")]
    [InlineData("CNY", 2026, "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 10-02 10-05 10-06 10-07")]
    // Cabinet Division and State Bank of Pakistan, 2024 (dunyanews.tv, 6 April 2024) and 2025 (dnanews.com.pk, 19 March 2025; newsman.pk for zakat on Monday, 3 March).
    [InlineData("PKR", 2024, "01-01 02-05 03-12 04-10 04-11 04-12 05-01 05-28 06-17 06-18 06-19 07-01 07-16 07-17 08-14 09-17 12-25")]
    [InlineData("PKR", 2025, "01-01 02-05 03-03 03-31 04-01 04-02 05-01 05-28 06-09 07-01 08-14 12-25")]
    // Bangladesh Bank, bank holidays of 2025 (rtbdnews.com) with the executive orders of 3 April and 11, 12 June, and of 2026 (qnabangla.com) with the election.
    [InlineData("BDT", 2025, "03-26 03-30 03-31 04-01 04-02 04-03 04-14 05-01 05-11 06-05 06-08 06-09 06-10 06-11 06-12 07-01 07-06 08-05 10-01 10-02 12-16 12-25 12-31")]
    [InlineData("BDT", 2026, "02-04 02-11 02-12 03-17 03-19 03-22 03-23 03-26 04-14 05-26 05-27 05-28 05-31 07-01 08-05 08-26 10-20 10-21 12-16 12-31")]
    // Federal Ministry of Interior, declarations of 2024 and 2025 (nta.ng, 27 March 2025; myschoolnews.ng for 6 and 9 June).
    [InlineData("NGN", 2024, "01-01 03-29 04-01 04-09 04-10 04-11 05-01 06-12 06-17 06-18 09-16 10-01 12-25 12-26")]
    [InlineData("NGN", 2025, "01-01 03-31 04-01 04-18 04-21 05-01 06-06 06-09 06-12 07-15 09-05 10-01 12-25 12-26")]
    // Viet Nam, Ministry of Home Affairs, days off in 2024 (dispatch 2450/VPCP-KGVX for 29 April), 2025 and 2026.
    [InlineData("VND", 2024, "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03")]
    [InlineData("VND", 2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02")]
    [InlineData("VND", 2026, "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02")]
    // https://www.gov.hk/en/about/abouthk/holiday: in 2026 Ching Ming and Easter Monday meet.
    [InlineData("HKD", 2025, "01-01 01-29 01-30 01-31 04-04 04-18 04-21 05-01 05-05 07-01 10-01 10-07 10-29 12-25 12-26")]
    [InlineData("HKD", 2026, "01-01 02-17 02-18 02-19 04-03 04-06 04-07 05-01 05-25 06-19 07-01 10-01 10-19 12-25")]
    // https://www.mom.gov.sg/employment-practices/public-holidays.
    [InlineData("SGD", 2025, "01-01 01-29 01-30 03-31 04-18 05-01 05-12 10-20 12-25")]
    [InlineData("SGD", 2026, "01-01 02-17 02-18 04-03 05-01 05-27 06-01 08-10 11-09 12-25")]
    // Bank of Thailand, financial institutions' holidays.
    [InlineData("THB", 2024, "01-01 02-26 04-08 04-12 04-15 04-16 05-01 05-06 05-22 06-03 07-22 07-29 08-12 10-14 10-23 12-05 12-10 12-30 12-31")]
    [InlineData("THB", 2026, "01-01 01-02 03-03 04-06 04-13 04-14 04-15 05-01 05-04 06-01 06-03 07-28 07-29 08-12 10-13 10-23 12-07 12-10 12-31")]
    // Joint decree of three ministers for 2026 (brilio.net, 20 September 2025) and 2025.
    [InlineData("IDR", 2025, "01-01 01-27 01-28 01-29 03-28 03-31 04-01 04-02 04-03 04-04 04-07 04-18 05-01 05-12 05-13 05-29 05-30 06-06 06-09 06-27 08-18 09-05 12-25 12-26")]
    [InlineData("IDR", 2026, "01-01 01-16 02-16 02-17 03-18 03-19 03-20 03-23 03-24 04-03 05-01 05-14 05-15 05-27 05-28 06-01 06-16 08-17 08-25 12-24 12-25")]
    // Saudi Central Bank, holidays of 2026 to 2029 (zawya.com, 18 September 2025).
    [InlineData("SAR", 2026, "02-22 03-17 03-18 03-19 03-22 03-23 05-24 05-25 05-26 05-27 05-28 09-23")]
    [InlineData("SAR", 2027, "02-22 03-07 03-08 03-09 03-10 03-11 05-16 05-17 05-18 05-19 05-20 09-23")]
    [InlineData("SAR", 2028, "02-22 02-27 02-28 02-29 03-01 03-02 05-03 05-04 05-07 05-08 05-09 09-24")] // 23 September 2028 is a Saturday.
    // UAE cabinet, public holidays of 2024 and 2025.
    [InlineData("AED", 2024, "01-01 04-08 04-09 04-10 04-11 04-12 06-17 06-18 12-02 12-03")]
    [InlineData("AED", 2025, "01-01 03-31 04-01 06-05 06-06 06-27 09-05 12-01 12-02")]
    // Kenya Gazette and the Ministry of Interior, 2023 and 2024.
    [InlineData("KES", 2023, "01-02 04-07 04-10 04-21 05-01 06-01 06-28 10-10 10-20 11-13 12-12 12-25 12-26")]
    [InlineData("KES", 2024, "01-01 03-29 04-01 04-10 05-01 05-10 06-17 10-10 10-21 11-01 12-12 12-25 12-26")]
    // https://www.gov.za/about-sa/public-holidays: 27 December 2022 stands for Christmas on a Sunday.
    [InlineData("ZAR", 2022, "03-21 04-15 04-18 04-27 05-02 06-16 08-09 12-16 12-26 12-27")]
    [InlineData("ZAR", 2025, "01-01 03-21 04-18 04-21 04-28 05-01 06-16 09-24 12-16 12-25 12-26")]
    // Associação Brasileira das Entidades dos Mercados Financeiro e de Capitais (ANBIMA), feriados bancários.
    [InlineData("BRL", 2025, "01-01 03-03 03-04 04-18 04-21 05-01 06-19 11-20 12-25")]
    [InlineData("BRL", 2026, "01-01 02-16 02-17 04-03 04-21 05-01 06-04 09-07 10-12 11-02 11-20 12-25")]
    // Superintendencia Financiera de Colombia, Ley 51 de 1983: in 2025 the Sacred Heart and Saints Peter and Paul meet.
    [InlineData("COP", 2024, "01-01 01-08 03-25 03-28 03-29 05-01 05-13 06-03 06-10 07-01 08-07 08-19 10-14 11-04 11-11 12-25")]
    [InlineData("COP", 2025, "01-01 01-06 03-24 04-17 04-18 05-01 06-02 06-23 06-30 08-07 08-18 10-13 11-03 11-17 12-08 12-25")]
    // Narodowy Bank Polski, days without settlement.
    [InlineData("PLN", 2024, "01-01 04-01 05-01 05-03 05-30 08-15 11-01 11-11 12-25 12-26")]
    [InlineData("PLN", 2025, "01-01 01-06 04-21 05-01 06-19 08-15 11-11 12-24 12-25 12-26")]
    // Borsa İstanbul and the Presidency of Religious Affairs, 2024 and 2026.
    [InlineData("TRY", 2024, "01-01 04-10 04-11 04-12 04-23 05-01 06-17 06-18 06-19 07-15 08-30 10-29")]
    [InlineData("TRY", 2026, "01-01 03-20 04-23 05-01 05-19 05-27 05-28 05-29 07-15 10-29")]
    public void The_banks_of_a_currency_are_closed_on_the_declared_days(string currency, int year, string dates) =>
        Assert.Equal(dates, string.Join(' ', BankHolidays.In(Currency.Parse(currency), year)!.Select(holiday => holiday.Date.ToString("MM-dd", CultureInfo.InvariantCulture))));

    [Theory]
    // Central Bank of Egypt, announcements of 2023 (zawya.com for 16 and 17 April, egyptindependent.com for 20 to 25 April), 2024 (decypha.com, 7 April) and 2025 (arabfinance.com, 16 April and 28 August).
    [InlineData("EGP", 2023, "01-26 04-16 04-17 04-20 04-23 04-24 04-25 05-04 06-27 06-28 06-29 07-02 07-03 07-20 09-28", 20)]
    [InlineData("EGP", 2024, "01-01 01-07 01-25 04-09 04-10 04-11 04-14 04-25 05-05 05-06 06-16 06-17 06-18 07-25 09-15 10-06", 16)]
    [InlineData("EGP", 2025, "01-01 01-07 03-30 03-31 04-01 04-20 04-21 04-24 05-01 06-05 06-08 06-09 06-26 07-01 07-03 07-24 09-04 10-09", 9)]
    // Superintendencia de Bancos de Guatemala, notices of 2024 (hangua.net, 24 June; tvaztecaguate.com, 12 September; agn.gt, 14 August) and 2025 (republica.com, 26 June; sonora.com.gt, 7 October).
    [InlineData("GTQ", 2024, "01-01 03-28 03-29 05-01 06-28 07-01 08-15 09-16 12-25", 4)]
    [InlineData("GTQ", 2025, "01-01 04-17 04-18 05-01 06-27 06-30 08-15 09-15 10-13 10-20 12-25", 1)]
    // Lists of years that no table has: what the calendar expects must hold them. Maharashtra 2021 (greythr.com); State Council 2019; Bangladesh Bank 2013 (career-in-bangladesh.blogspot.com).
    [InlineData("INR", 2021, "01-26 02-19 03-11 03-29 04-01 04-02 04-13 04-14 04-21 05-13 05-26 07-21 08-16 08-19 09-10 10-15 10-19 11-04 11-05 11-19", 18)]
    [InlineData("CNY", 2019, "01-01 02-04 02-05 02-06 02-07 02-08 04-05 05-01 05-02 05-03 06-07 09-13 10-01 10-02 10-03 10-04 10-07", 16)]
    [InlineData("BDT", 2013, "02-21 03-17 03-26 04-14 05-01 05-23 06-25 07-01 08-06 08-08 08-15 08-28 10-14 10-15 10-16 10-17 12-16 12-25 12-31", 24)]
    public void No_declared_day_is_missing_where_days_are_only_expected(string currency, int year, string dates, int mostOthers)
    {
        var closed = BankHolidays.In(Currency.Parse(currency), year)!.Select(holiday => holiday.Date.ToString("MM-dd", CultureInfo.InvariantCulture)).ToHashSet();
        var declared = dates.Split(' ');

        Assert.Empty(declared.Except(closed));
        Assert.InRange(closed.Except(declared).Count(), 0, mostOthers);
    }

    [Theory]
    // Holi on 22 March, Diwali on 29 October; Lunar New Year on 6 February and the Dragon Boat Festival on 9 June; Eid al-Fitr on 9 March and Eid al-Adha on 16 May in
    // Mecca, each a day later in South Asia.
    [InlineData("INR", "2027-03-22")]
    [InlineData("INR", "2027-10-29")]
    [InlineData("INR", "2027-03-10")]
    [InlineData("CNY", "2027-02-05")]
    [InlineData("CNY", "2027-06-09")]
    [InlineData("PKR", "2027-03-10")]
    [InlineData("BDT", "2027-05-17")]
    [InlineData("EGP", "2027-03-09")]
    [InlineData("NGN", "2027-03-09")]
    [InlineData("VND", "2027-02-05")]
    public void A_day_that_is_not_declared_yet_says_that_it_is_expected(string currency, string date)
    {
        var day = DateOnly.Parse(date, CultureInfo.InvariantCulture);

        Assert.EndsWith("(expected)", Assert.Single(BankHolidays.In(Currency.Parse(currency), day.Year)!, holiday => holiday.Date == day).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void The_neighbours_of_an_expected_feast_are_closed_too()
    {
        var eid = BankHolidays.In(Currency.Parse("PHP"), 2027)!.Where(holiday => holiday.Name == "Eid'l Fitr (expected)").Select(holiday => holiday.Date);

        Assert.Equal([new DateOnly(2027, 3, 9), new DateOnly(2027, 3, 10), new DateOnly(2027, 3, 11)], eid); // 10 March by Umm al-Qura and a day's delay.
    }
}
