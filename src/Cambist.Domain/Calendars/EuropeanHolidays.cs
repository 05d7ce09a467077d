using static System.DayOfWeek;
using static Cambist.Domain.Calendars.HolidayRule;
using static Cambist.Domain.Calendars.IslamicFeasts;
using static Cambist.Domain.Calendars.OnWeekend;

namespace Cambist.Domain.Calendars;

/// <summary>The bank holidays of the European currencies beside the euro and sterling.</summary>
internal static class EuropeanHolidays
{
    // SIX Interbank Clearing's bank holidays and the canton of Zurich's (1 May).
    public static readonly BankingCentre Zurich = new(
        Fixed("New Year's Day", 1, 1),
        Fixed("Berchtold's Day", 1, 2),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Fixed("Labour Day", 5, 1),
        Easter("Ascension Day", 39),
        Easter("Whit Monday", 50),
        Fixed("National Day", 8, 1),
        Fixed("Christmas Day", 12, 25),
        Fixed("St Stephen's Day", 12, 26));

    // Sveriges Riksbank, days on which RIX is closed.
    public static readonly BankingCentre Sweden = new(
        Fixed("New Year's Day", 1, 1),
        Fixed("Epiphany", 1, 6),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Fixed("May Day", 5, 1),
        Easter("Ascension Day", 39),
        Easter("Whit Monday", 50).Until(2004),
        Fixed("National Day", 6, 6).Since(2005),
        FirstFrom("Midsummer Eve", Friday, 6, 19),
        Fixed("Christmas Eve", 12, 24),
        Fixed("Christmas Day", 12, 25),
        Fixed("Boxing Day", 12, 26),
        Fixed("New Year's Eve", 12, 31));

    // Norges Bank, days on which its settlement system NBO is closed: https://www.norges-bank.no/en/ (Settlement days).
    public static readonly BankingCentre Norway = new(
        Fixed("New Year's Day", 1, 1),
        Easter("Maundy Thursday", -3),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Fixed("Labour Day", 5, 1),
        Fixed("Constitution Day", 5, 17),
        Easter("Ascension Day", 39),
        Easter("Whit Monday", 50),
        Fixed("Christmas Eve", 12, 24),
        Fixed("Christmas Day", 12, 25),
        Fixed("Boxing Day", 12, 26));

    // Danmarks Nationalbank, "Banklukkedage",
    // https://www.nationalbanken.dk/da/vores-arbejde/stabile-priser-pengepolitik-og-dansk-oekonomi/banklukkedage.
    public static readonly BankingCentre Denmark = new(
        Fixed("New Year's Day", 1, 1),
        Easter("Maundy Thursday", -3),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Easter("General Prayer Day", 26).Until(2023),
        Easter("Ascension Day", 39),
        Easter("Bank closing day after Ascension Day", 40).Since(2009),
        Easter("Whit Monday", 50),
        Fixed("Constitution Day", 6, 5),
        Fixed("Christmas Eve", 12, 24),
        Fixed("Christmas Day", 12, 25),
        Fixed("Boxing Day", 12, 26),
        Fixed("New Year's Eve", 12, 31));

    // Act of 18 January 1951 on days off work, as amended (Epiphany since 2011, Christmas Eve since 2025); Narodowy Bank Polski, days on which
    // SORBNET is closed.
    public static readonly BankingCentre Poland = new(
        Fixed("New Year's Day", 1, 1),
        Fixed("Epiphany", 1, 6).Since(2011),
        Easter("Easter Monday", 1),
        Fixed("Labour Day", 5, 1),
        Fixed("Constitution Day", 5, 3),
        Easter("Corpus Christi", 60),
        Fixed("Assumption", 8, 15),
        Fixed("All Saints' Day", 11, 1),
        Fixed("Independence Day", 11, 11),
        Once("100 years of independence", 2018, 11, 12),
        Fixed("Christmas Eve", 12, 24).Since(2025),
        Fixed("Christmas Day", 12, 25),
        Fixed("26 December", 12, 26));

    // Law 2429 of 1981 on national holidays, as amended; the feasts by the calendar that the Presidency of Religious Affairs computes. Half days (the
    // eves of feasts, 28 October) count as working days.
    public static readonly BankingCentre Turkiye = new(
    [
        Fixed("New Year's Day", 1, 1),
        Fixed("National Sovereignty and Children's Day", 4, 23),
        Fixed("Labour Day", 5, 1).Since(2009),
        Fixed("Atatürk, Youth and Sports Day", 5, 19),
        Fixed("Democracy and National Unity Day", 7, 15).Since(2017),
        Fixed("Victory Day", 8, 30),
        Fixed("Republic Day", 10, 29),
        .. Feast("Ramazan Bayramı", EidAlFitr, 0, 2, delay: 0, Lapses, 20210513, 20220502, 20230421, 20240410, 20250330, 20260320),
        .. Feast("Kurban Bayramı", EidAlAdha, 0, 3, delay: 0, Lapses, 20210720, 20220709, 20230628, 20240616, 20250606, 20260527),
    ])
    { KnownUntil = 2026 };
}
