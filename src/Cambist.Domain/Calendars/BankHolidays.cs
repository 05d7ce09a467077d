using System.Collections.Frozen;
using Cambist.Domain.Currencies;
using static System.DayOfWeek;
using static Cambist.Domain.Calendars.HolidayRule;
using static Cambist.Domain.Calendars.OnWeekend;

namespace Cambist.Domain.Calendars;

/// <summary>A day outside the weekend on which the banks of a currency are closed.</summary>
/// <param name="Date">The day.</param>
/// <param name="Name">The holiday's name in English; it ends in "(substitute day)" or "(expected)" where the day is one.</param>
public sealed record BankHoliday(DateOnly Date, string Name);

/// <summary>
/// The bank holidays of the currencies with the largest markets and remittances, from 2003 to 2099: one table per currency, each with its source. Where a settlement system
/// and the banks of its main centre differ, the table holds the days of both, because a transfer needs both. Days that are declared at short notice
/// are missing until they are added; feasts that are declared year by year are expected, a day to either side, in the years that the table does not list.
/// </summary>
public static class BankHolidays
{
    // Federal Reserve System, https://www.federalreserve.gov/aboutthefed/k8.htm: a Saturday's holiday is not observed on the Friday.
    private static readonly BankingCentre UnitedStates = new(
        Fixed("New Year's Day", 1, 1, SundayMoves),
        Nth("Birthday of Martin Luther King, Jr.", 3, Monday, 1),
        Nth("Washington's Birthday", 3, Monday, 2),
        Last("Memorial Day", Monday, 5),
        Fixed("Juneteenth", 6, 19, SundayMoves).Since(2021),
        Fixed("Independence Day", 7, 4, SundayMoves),
        Nth("Labor Day", 1, Monday, 9),
        Nth("Columbus Day", 2, Monday, 10),
        Fixed("Veterans Day", 11, 11, SundayMoves),
        Nth("Thanksgiving Day", 4, Thursday, 11),
        Fixed("Christmas Day", 12, 25, SundayMoves));

    // European Central Bank, T2 closing days: the long-term calendar of 14 December 2000, in force from 2002.
    private static readonly BankingCentre Target = new(
        Fixed("New Year's Day", 1, 1),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Fixed("Labour Day", 5, 1),
        Fixed("Christmas Day", 12, 25),
        Fixed("26 December", 12, 26));

    // England and Wales, https://www.gov.uk/bank-holidays; Banking and Financial Dealings Act 1971, schedule 1, and royal proclamations.
    private static readonly BankingCentre England = new(
        Fixed("New Year's Day", 1, 1, ToNextFreeDay),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Nth("Early May bank holiday", 1, Monday, 5).Except(2020),
        Once("Early May bank holiday (75 years of VE Day)", 2020, 5, 8),
        Last("Spring bank holiday", Monday, 5).Except(2012, 2022),
        Last("Summer bank holiday", Monday, 8),
        Fixed("Christmas Day", 12, 25, ToNextFreeDay),
        Fixed("Boxing Day", 12, 26, ToNextFreeDay),
        Once("Royal wedding", 2011, 4, 29),
        Once("Spring bank holiday", 2012, 6, 4),
        Once("Queen's Diamond Jubilee", 2012, 6, 5),
        Once("Spring bank holiday", 2022, 6, 2),
        Once("Queen's Platinum Jubilee", 2022, 6, 3),
        Once("State funeral of Queen Elizabeth II", 2022, 9, 19),
        Once("Coronation of King Charles III", 2023, 5, 8));

    // Payments Canada's closing days with Ontario's Family Day and civic holiday, on which Toronto's banks are closed.
    private static readonly BankingCentre Toronto = new(
        Fixed("New Year's Day", 1, 1, ToMonday),
        Nth("Family Day", 3, Monday, 2).Since(2008),
        Easter("Good Friday", -2),
        FirstFrom("Victoria Day", Monday, 5, 18), // The Monday before 25 May.
        Fixed("Canada Day", 7, 1, ToMonday),
        Nth("Civic holiday", 1, Monday, 8),
        Nth("Labour Day", 1, Monday, 9),
        Fixed("National Day for Truth and Reconciliation", 9, 30, ToMonday).Since(2021),
        Nth("Thanksgiving Day", 2, Monday, 10),
        Fixed("Remembrance Day", 11, 11, ToMonday),
        Fixed("Christmas Day", 12, 25, ToNextFreeDay),
        Fixed("Boxing Day", 12, 26, ToNextFreeDay));

    // New South Wales, Public Holidays Act 2010, section 4 (before 2012 the Banks and Bank Holidays Act 1912), with the Public Holidays Amendment (Anzac
    // Day) Order 2026; the August day is for banks only.
    private static readonly BankingCentre Sydney = new(
        Fixed("New Year's Day", 1, 1, ToMonday),
        Fixed("Australia Day", 1, 26, ToMonday),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Fixed("Anzac Day", 4, 25),
        Once("Additional day for Anzac Day", 2004, 4, 26),
        Once("Additional day for Anzac Day", 2010, 4, 26),
        Once("Additional day for Anzac Day", 2026, 4, 27),
        Once("Additional day for Anzac Day", 2027, 4, 26),
        Nth("King's Birthday", 2, Monday, 6),
        Nth("Bank Holiday", 1, Monday, 8),
        Once("National Day of Mourning for Queen Elizabeth II", 2022, 9, 22),
        Nth("Labour Day", 1, Monday, 10),
        Fixed("Christmas Day", 12, 25, ToNextFreeDay),
        Fixed("Boxing Day", 12, 26, ToNextFreeDay));

    // New Zealand, Holidays Act 2003, sections 44 to 45A ("Mondayised" since 2014), national days only.
    private static readonly BankingCentre NewZealand = new(
        Fixed("New Year's Day", 1, 1, ToNextFreeDay),
        Fixed("Day after New Year's Day", 1, 2, ToNextFreeDay),
        Fixed("Waitangi Day", 2, 6).Until(2013),
        Fixed("Waitangi Day", 2, 6, ToMonday).Since(2014),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Fixed("Anzac Day", 4, 25).Until(2013),
        Fixed("Anzac Day", 4, 25, ToMonday).Since(2014),
        Nth("King's Birthday", 1, Monday, 6),
        new("Matariki", MatarikiIn),
        Once("Queen Elizabeth II Memorial Day", 2022, 9, 26),
        Nth("Labour Day", 4, Monday, 10),
        Fixed("Christmas Day", 12, 25, ToNextFreeDay),
        Fixed("Boxing Day", 12, 26, ToNextFreeDay));

    // Of these only the weekend is known, as their central banks keep it today: Friday and Saturday.
    private static readonly BankingCentre RestingOnFriday = new() { Weekend = WeeklyRest.FridaySaturday };

    private static readonly BankingCentre Elsewhere = new();

    private static readonly FrozenDictionary<string, BankingCentre> Centres = new Dictionary<string, BankingCentre>
    {
        ["USD"] = UnitedStates,
        ["EUR"] = Target,
        ["GBP"] = England,
        ["CHF"] = EuropeanHolidays.Zurich,
        ["CAD"] = Toronto,
        ["AUD"] = Sydney,
        ["NZD"] = NewZealand,
        ["JPY"] = JapaneseHolidays.Tokyo,
        ["SEK"] = EuropeanHolidays.Sweden,
        ["NOK"] = EuropeanHolidays.Norway,
        ["DKK"] = EuropeanHolidays.Denmark,
        ["PLN"] = EuropeanHolidays.Poland,
        ["TRY"] = EuropeanHolidays.Turkiye,
        ["INR"] = IndianHolidays.Mumbai,
        ["PKR"] = SouthAsianHolidays.Pakistan,
        ["BDT"] = SouthAsianHolidays.Bangladesh,
        ["CNY"] = ChineseHolidays.Mainland,
        ["HKD"] = ChineseHolidays.HongKong,
        ["PHP"] = SoutheastAsianHolidays.Philippines,
        ["VND"] = SoutheastAsianHolidays.VietNam,
        ["SGD"] = SoutheastAsianHolidays.Singapore,
        ["THB"] = SoutheastAsianHolidays.Thailand,
        ["IDR"] = SoutheastAsianHolidays.Indonesia,
        ["SAR"] = GulfHolidays.SaudiArabia,
        ["AED"] = GulfHolidays.Emirates,
        ["EGP"] = AfricanHolidays.Egypt,
        ["NGN"] = AfricanHolidays.Nigeria,
        ["KES"] = AfricanHolidays.Kenya,
        ["ZAR"] = AfricanHolidays.SouthAfrica,
        ["MXN"] = AmericanHolidays.Mexico,
        ["GTQ"] = AmericanHolidays.Guatemala,
        ["BRL"] = AmericanHolidays.Brazil,
        ["COP"] = AmericanHolidays.Colombia,
        ["BHD"] = RestingOnFriday,
        ["DZD"] = RestingOnFriday,
        ["IQD"] = RestingOnFriday,
        ["ILS"] = RestingOnFriday,
        ["JOD"] = RestingOnFriday,
        ["KWD"] = RestingOnFriday,
        ["LYD"] = RestingOnFriday,
        ["OMR"] = RestingOnFriday,
        ["QAR"] = RestingOnFriday,
    }.ToFrozenDictionary();

    // Te Kāhui o Matariki Public Holiday Act 2022, schedule 1: 2022 to 2052, each as month × 100 + day. Later dates are not set yet.
    private static readonly int[] Matariki =
    [
        624, 714, 628, 620, 710, 625, 714, 706, 621, 711, 702, 624, 707, 629, 718, 710,
        625, 715, 706, 719, 711, 703, 624, 707, 629, 719, 703, 625, 715, 630, 621,
    ];

    /// <summary>The bank holidays of a currency in a year, outside its weekend, by date; null where only the weekend is known for the currency.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is before 2003 or after 2099.</exception>
    public static IReadOnlyList<BankHoliday>? In(Currency currency, int year)
    {
        var centre = CentreOf(currency);
        return centre.HasHolidays ? [.. centre.In(year).Select(holiday => new BankHoliday(holiday.Key, holiday.Value)).OrderBy(holiday => holiday.Date)] : null;
    }

    /// <summary>The last year whose holidays are all known, where they are declared year by year; null where the law gives them for every year, or none is known.</summary>
    public static int? KnownUntil(Currency currency) => CentreOf(currency).KnownUntil;

    /// <summary>The banking centre of a currency; where nothing is known of it, one with a weekend of Saturday and Sunday.</summary>
    internal static BankingCentre CentreOf(Currency currency) => Centres.GetValueOrDefault(currency.Code, Elsewhere);

    private static DateOnly? MatarikiIn(int year)
    {
        var index = year - 2022;
        return index >= 0 && index < Matariki.Length ? new DateOnly(year, Matariki[index] / 100, Matariki[index] % 100) : null;
    }
}
