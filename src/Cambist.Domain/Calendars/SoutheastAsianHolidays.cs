using static System.DayOfWeek;
using static Cambist.Domain.Calendars.HolidayRule;
using static Cambist.Domain.Calendars.IslamicFeasts;
using static Cambist.Domain.Calendars.LunarMonths;
using static Cambist.Domain.Calendars.OnWeekend;

namespace Cambist.Domain.Calendars;

/// <summary>The bank holidays of the Philippines, Viet Nam, Singapore, Thailand and Indonesia.</summary>
internal static class SoutheastAsianHolidays
{
    // Republic Act 9492 with 9645, 9849 and 10966, and the President's proclamations of each year: 368 (2023), 727 (2024) and 1006 (2025) for 2024 to
    // 2026, others for the days of the two Eids. Banks close on the special non-working days too (Bangko Sentral ng Pilipinas).
    public static readonly BankingCentre Philippines = new(
    [
        Fixed("New Year's Day", 1, 1),
        new HolidayRule("Chinese New Year", year => ChineseDay(year, 1, 1)).Since(2012),
        Easter("Maundy Thursday", -3),
        Easter("Good Friday", -2),
        Fixed("Day of Valor", 4, 9),
        Fixed("Labor Day", 5, 1),
        Fixed("Independence Day", 6, 12),
        Fixed("Ninoy Aquino Day", 8, 21).Except(2024),
        Once("Ninoy Aquino Day", 2024, 8, 23),
        Last("National Heroes Day", Monday, 8),
        Fixed("All Saints' Day", 11, 1),
        Fixed("Bonifacio Day", 11, 30),
        Fixed("Immaculate Conception", 12, 8).Since(2017),
        Fixed("Christmas Day", 12, 25),
        Fixed("Rizal Day", 12, 30),
        Fixed("Last day of the year", 12, 31),
        .. Declared("All Souls' Day", year => new DateOnly(year, 11, 2), 20241102, 20251031, 20261102),
        .. Declared("Christmas Eve", year => new DateOnly(year, 12, 24), 20241224, 20251224, 20261224),
        .. Feast("Eid'l Fitr", EidAlFitr, delay: 1, 20210513, 20220503, 20230421, 20240410, 20250401, 20260320),
        .. Feast("Eid'l Adha", EidAlAdha, delay: 1, 20210720, 20220709, 20230628, 20240617, 20250606, 20260527),
        Fixed("EDSA People Power Revolution", 2, 25).Since(2016).Until(2022),
        Listed("Special non-working day", 20180514, 20190513, 20220509, 20221031, 20230102, 20230224, 20230410, 20231030, 20231127, 20231226, 20240209, 20250512),
    ])
    { KnownUntil = 2026 };

    // Labour Code 2019, articles 111 (a weekend's holiday goes to the next working day) and 112, and the Prime Minister's decision on the days around
    // Tet, the national day and the swaps of each year, from 2024. The Vietnamese new moon may be a day before the Chinese one.
    public static readonly BankingCentre VietNam = new(
    [
        Fixed("New Year's Day", 1, 1, ToNextFreeDay),
        .. Declared("Lunar New Year", year => Span(ChineseDay(year, 1, 1), -2, 4), [.. Days(20240208, 20240214), .. Days(20250127, 20250131), .. Days(20260216, 20260220)]),
        .. Declared("Hung Kings' Festival", year => OnWeekdays(ChineseDay(year, 3, 10)), 20240418, 20250407, 20260427),
        Fixed("Reunification Day", 4, 30, ToNextFreeDay),
        Fixed("Labour Day", 5, 1, ToNextFreeDay),
        .. Declared("National Day", year => OnWeekdays(new DateOnly(year, 9, 2)), 20240902, 20240903, 20250901, 20250902, 20260901, 20260902),
        Listed("Day swapped for a Saturday", 20240429, 20250502, 20260102, 20260831),
    ])
    { KnownUntil = 2026 };

    // Ministry of Manpower, public holidays of each year; Holidays Act 1998, section 4 for a Sunday's holiday.
    public static readonly BankingCentre Singapore = new(
    [
        Fixed("New Year's Day", 1, 1, SundayMoves),
        new("Chinese New Year", year => ChineseDay(year, 1, 1), SundayMoves),
        new("Second day of Chinese New Year", year => ChineseDay(year, 1, 2), SundayMoves),
        Easter("Good Friday", -2),
        Fixed("Labour Day", 5, 1, SundayMoves),
        Fixed("National Day", 8, 9, SundayMoves),
        Fixed("Christmas Day", 12, 25, SundayMoves),
        .. Declared("Vesak Day", year => OnWeekdays(ChineseDay(year, 4, 15)), 20240522, 20250512, 20260601),
        .. Declared("Deepavali", year => OnWeekdays(HinduNewMoon(year, HinduMonth.Kartika).AddDays(-1)), 20241031, 20251020, 20261109),
        .. Feast("Hari Raya Puasa", EidAlFitr, 0, 0, delay: 1, SundayMoves, 20240410, 20250331, 20260321),
        .. Feast("Hari Raya Haji", EidAlAdha, 0, 0, delay: 1, SundayMoves, 20240617, 20250607, 20260527),
        Listed("Polling Day", 20200710, 20230901, 20250503),
    ])
    { KnownUntil = 2026 };

    // Bank of Thailand, holidays of financial institutions of each year, with the special ones that it adds, from 2024; a weekend's holiday goes to
    // the next working day, Songkran's at most once.
    public static readonly BankingCentre Thailand = new(
    [
        Fixed("New Year's Day", 1, 1, ToNextFreeDay),
        Fixed("Chakri Day", 4, 6, ToNextFreeDay),
        Every("Songkran", 4, 13, 15),
        new("Songkran (substitute day)", year => SongkranSubstitute(year)),
        Fixed("Labour Day", 5, 1, ToNextFreeDay),
        Fixed("Coronation Day", 5, 4, ToNextFreeDay).Since(2020),
        Fixed("Birthday of Queen Suthida", 6, 3, ToNextFreeDay).Since(2019),
        Fixed("Birthday of King Vajiralongkorn", 7, 28, ToNextFreeDay).Since(2017),
        Fixed("Birthday of Queen Sirikit", 8, 12, ToNextFreeDay),
        Fixed("Memorial Day of King Bhumibol", 10, 13, ToNextFreeDay).Since(2017),
        Fixed("Chulalongkorn Day", 10, 23, ToNextFreeDay),
        Fixed("Birthday of King Bhumibol", 12, 5, ToNextFreeDay),
        Fixed("Constitution Day", 12, 10, ToNextFreeDay),
        Fixed("New Year's Eve", 12, 31, ToNextFreeDay).Except(2023),
        .. Declared("Makha Bucha", year => OnWeekdays(ChineseDay(year, 4, 15).AddDays(-88)), 20240226, 20250212, 20260303),
        .. Declared("Visakha Bucha", year => OnWeekdays(ChineseDay(year, 4, 15)), 20240522, 20250512, 20260601),
        .. Declared("Asarnha Bucha", year => OnWeekdays(ChineseDay(year, 4, 15).AddDays(59)), 20240722, 20250710, 20260729),
        Listed("Special holiday", 20231229, 20240412, 20241230, 20250602, 20250811, 20260102),
    ])
    { KnownUntil = 2026 };

    // Joint decree of three ministers on the national holidays and the common leave of each year (for 2026: 1497, 2 and 5 of 2025), both kept by Bank
    // Indonesia, from 2025.
    public static readonly BankingCentre Indonesia = new(
    [
        Fixed("New Year's Day", 1, 1),
        Easter("Good Friday", -2),
        Fixed("Labour Day", 5, 1).Since(2014),
        Easter("Ascension Day", 39),
        Fixed("Pancasila Day", 6, 1).Since(2017),
        Fixed("Independence Day", 8, 17),
        Fixed("Christmas Day", 12, 25),
        .. Declared("Lunar New Year", year => ChineseDay(year, 1, 1), 20250128, 20250129, 20260216, 20260217),
        .. Declared("Nyepi", year => NewMoonUpTo(new DateOnly(year, 3, 30)).AddDays(1), 20250328, 20250329, 20260318, 20260319),
        .. Declared("Idul Fitri", year => FallingIn(year, EidAlFitr, 1).SelectMany(eid => Span(eid, -2, 5)), [20250331, .. Days(20250401, 20250407), .. Days(20260320, 20260324)]),
        .. Declared("Day after Ascension Day", year => EasterSunday(year).AddDays(40), 20250530, 20260515),
        .. Declared("Waisak", year => ChineseDay(year, 4, 15), 20250512, 20250513, 20260531),
        .. Declared("Idul Adha", year => FallingIn(year, EidAlAdha, 0), 20250606, 20250609, 20260527, 20260528),
        .. Declared("Islamic New Year", year => FallingIn(year, IslamicFeasts.NewYear, 0), 20250627, 20260616),
        .. Declared("Birthday of the Prophet", year => FallingIn(year, Mawlid, 0), 20250905, 20260825),
        .. Declared("Ascension of the Prophet", year => FallingIn(year, IslamicFeasts.Ascension, 0), 20250127, 20260116),
        .. Declared("Christmas leave", year => Span(new DateOnly(year, 12, 24), 0, 2), 20251226, 20261224),
        Listed("Common leave", 20250818),
    ])
    { KnownUntil = 2026 };

    // A day that is expected is closed with its neighbours; where one of them may fall on a weekend, the working day after it is closed too.
    private static IEnumerable<DateOnly> OnWeekdays(DateOnly day) => day.DayOfWeek switch
    {
        Friday => [day, day.AddDays(2)],
        Saturday => [day, day.AddDays(2)],
        Sunday => [day, day.AddDays(1)],
        _ => [day],
    };

    private static DateOnly? SongkranSubstitute(int year)
    {
        var last = new DateOnly(year, 4, 15);
        return last.DayOfWeek switch
        {
            Saturday => last.AddDays(2),
            Sunday or Monday or Tuesday => last.AddDays(1),
            _ => null,
        };
    }
}
