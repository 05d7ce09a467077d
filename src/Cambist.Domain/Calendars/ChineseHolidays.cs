using static Cambist.Domain.Calendars.HolidayRule;
using static Cambist.Domain.Calendars.LunarMonths;
using static Cambist.Domain.Calendars.OnWeekend;

namespace Cambist.Domain.Calendars;

/// <summary>The bank holidays of mainland China and of Hong Kong.</summary>
internal static class ChineseHolidays
{
    // General Office of the State Council, notice on the holidays of each year (for 2026: 4 November 2025), from 2020; for other years the days of
    // the Regulation on Public Holidays (orders 513, 644 and 795) with the bridges that are usual. Weekend days that a notice makes working days are
    // left closed: abroad they are.
    public static readonly BankingCentre Mainland = new(
    [
        Listed("New Year's Day", 20200101, 20210101, 20220103, 20230102, 20240101, 20250101, 20260101, 20260102),
        new HolidayRule("New Year's Day (expected)", NewYear).Except(2020, 2021, 2022, 2023, 2024, 2025, 2026),
        .. Declared(
            "Spring Festival",
            year => Span(ChineseDay(year, 1, 1), -1, 6),
            [
                .. Days(20200124, 20200131), .. Days(20210211, 20210217), 20220131, .. Days(20220201, 20220204), .. Days(20230123, 20230127),
                .. Days(20240212, 20240216), .. Days(20250128, 20250131), .. Days(20250203, 20250204), .. Days(20260216, 20260223),
            ]),
        .. Declared("Qingming", year => year < 2008 ? [] : Bridged(Qingming(year)), 20200406, 20210405, 20220404, 20220405, 20230405, 20240404, 20240405, 20250404, 20260406),
        .. Declared(
            "Labour Day",
            year => Span(new DateOnly(year, 5, 1), 0, year < 2008 ? 6 : 4),
            [
                .. Days(20200501, 20200505), .. Days(20210503, 20210505), .. Days(20220502, 20220504), .. Days(20230501, 20230503),
                .. Days(20240501, 20240503), .. Days(20250501, 20250505), .. Days(20260501, 20260505),
            ]),
        .. Declared("Dragon Boat Festival", year => year < 2008 ? [] : Bridged(ChineseDay(year, 5, 5)), 20200625, 20200626, 20210614, 20220603, 20230622, 20230623, 20240610, 20250602, 20260619),
        .. Declared("Mid-Autumn Festival", year => year < 2008 ? [] : Bridged(ChineseDay(year, 8, 15)), 20201001, 20210920, 20210921, 20220912, 20230929, 20240916, 20240917, 20251006, 20260925),
        .. Declared(
            "National Day",
            year => Span(new DateOnly(year, 10, 1), 0, 7),
            [
                .. Days(20201001, 20201008), .. Days(20211001, 20211007), .. Days(20221003, 20221007), .. Days(20231002, 20231006),
                .. Days(20241001, 20241007), .. Days(20251001, 20251008), .. Days(20261001, 20261007),
            ]),
        Listed("Victory Day", 20150903, 20150904),
    ])
    { KnownUntil = 2026 };

    // General Holidays Ordinance (cap. 149), schedule and section 6: a Sunday's holiday goes to the next day that is none itself.
    public static readonly BankingCentre HongKong = new(
        Fixed("The first day of January", 1, 1, SundayMoves),
        new("Lunar New Year's Day", year => ChineseDay(year, 1, 1), SundayMoves),
        new("The second day of Lunar New Year", year => ChineseDay(year, 1, 2), SundayMoves),
        new("The third day of Lunar New Year", year => ChineseDay(year, 1, 3), SundayMoves),
        new("Ching Ming Festival", year => Qingming(year), SundayMoves),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Fixed("Labour Day", 5, 1, SundayMoves),
        new("Birthday of the Buddha", year => ChineseDay(year, 4, 8), SundayMoves),
        new("Tuen Ng Festival", year => ChineseDay(year, 5, 5), SundayMoves),
        Fixed("Establishment Day", 7, 1, SundayMoves),
        new("The day after the Mid-Autumn Festival", year => ChineseDay(year, 8, 16), SundayMoves),
        Fixed("National Day", 10, 1, SundayMoves),
        new("Chung Yeung Festival", year => ChineseDay(year, 9, 9), SundayMoves),
        Fixed("Christmas Day", 12, 25, SundayMoves),
        Fixed("The first weekday after Christmas Day", 12, 26, SundayMoves),
        Once("70 years of victory", 2015, 9, 3),
        Listed("Day after two holidays that meet on 1 October", 20121002, 20331003, 20501003, 20961002)); // Section 6 again.

    // The notices mostly join a Tuesday's or Thursday's holiday to its weekend and give the Monday for a weekend's.
    private static IEnumerable<DateOnly> NewYear(int year)
    {
        var day = new DateOnly(year, 1, 1);
        return day.DayOfWeek switch
        {
            DayOfWeek.Tuesday => [day.AddDays(-1), day],
            DayOfWeek.Thursday => [day, day.AddDays(1)],
            _ => Bridged(day),
        };
    }

    // Of a lunar festival the neighbours are closed while it is only expected, so only the Monday for a weekend's is to be given here.
    private static IEnumerable<DateOnly> Bridged(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => [day.AddDays(2)],
        DayOfWeek.Sunday => [day.AddDays(1)],
        _ => [day],
    };
}
