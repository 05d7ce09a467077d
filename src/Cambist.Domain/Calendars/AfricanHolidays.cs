using static System.DayOfWeek;
using static Cambist.Domain.Calendars.HolidayRule;
using static Cambist.Domain.Calendars.IslamicFeasts;
using static Cambist.Domain.Calendars.OnWeekend;

namespace Cambist.Domain.Calendars;

/// <summary>The bank holidays of Egypt, Nigeria, Kenya and South Africa.</summary>
internal static class AfricanHolidays
{
    // The Central Bank of Egypt announces each holiday a few days ahead; prime ministerial decree 1193 of 2020 moves most of one day to a Thursday,
    // but not every year. So the day itself counts as closed, and so do the Thursday of its week and, where it falls on the weekend, the Sunday
    // after. 1 January and 1 July: closing of the banks' accounts. The banks rest on Friday and Saturday.
    public static readonly BankingCentre Egypt = new(
    [
        Fixed("Closing of accounts", 1, 1),
        .. Movable("Coptic Christmas", year => [new DateOnly(year, 1, 7)]),
        .. Movable("Police Day and Revolution of 25 January", year => [new DateOnly(year, 1, 25)]),
        new("Coptic Easter", year => OrthodoxEaster(year)),
        new("Sham el-Nessim", year => OrthodoxEaster(year).AddDays(1)),
        .. Movable("Sinai Liberation Day", year => [new DateOnly(year, 4, 25)]),
        .. Movable("Labour Day", year => [new DateOnly(year, 5, 1)]),
        .. Movable("Revolution of 30 June", year => [new DateOnly(year, 6, 30)]),
        Fixed("Closing of accounts", 7, 1),
        .. Movable("Revolution of 23 July", year => [new DateOnly(year, 7, 23)]),
        .. Movable("Armed Forces Day", year => [new DateOnly(year, 10, 6)]),
        .. Feast("Islamic New Year", IslamicFeasts.NewYear, delay: 0, 20250626),
        new("Islamic New Year (expected)", year => FallingIn(year, IslamicFeasts.NewYear, 0).SelectMany(Around)),
        .. Feast("Eid al-Fitr", EidAlFitr, -1, 3, delay: 0, Lapses, 20230421, 20240410, 20250330, 20260320),
        .. Feast("Eid al-Adha", EidAlAdha, -1, 3, delay: 0, Lapses, 20230628, 20240616, 20250606),
        .. Feast("Birthday of the Prophet", Mawlid, delay: 0, 20230928, 20250904),
        new("Birthday of the Prophet (expected)", year => FallingIn(year, Mawlid, 0).SelectMany(Around)),
        Listed("Eid al-Fitr", 20230425, 20240414),
        Listed("Eid al-Adha", 20230702, 20230703, 20240620),
    ])
    { Weekend = WeeklyRest.FridaySaturday, KnownUntil = 2025 };

    // Public Holidays Act (Laws of the Federation of Nigeria 2004, chapter P40); the Minister of the Interior declares the days of the Muslim feasts,
    // and a Monday for a weekend's holiday.
    public static readonly BankingCentre Nigeria = new(
    [
        Fixed("New Year's Day", 1, 1, ToNextFreeDay),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Fixed("Workers' Day", 5, 1, ToNextFreeDay),
        Fixed("Democracy Day", 5, 29, ToNextFreeDay).Until(2018),
        Fixed("Democracy Day", 6, 12, ToNextFreeDay).Since(2019),
        Fixed("Inauguration Day", 5, 29).Inaugural().Since(2019),
        Fixed("Independence Day", 10, 1, ToNextFreeDay),
        Fixed("Christmas Day", 12, 25, ToNextFreeDay),
        Fixed("Boxing Day", 12, 26, ToNextFreeDay),
        .. Feast("Id el Fitr", EidAlFitr, 0, 1, delay: 0, ToNextFreeDay, 20210513, 20220502, 20230421, 20240410, 20250330, 20260319),
        .. Feast("Id el Kabir", EidAlAdha, 0, 1, delay: 0, ToNextFreeDay, 20210720, 20220709, 20230628, 20240616, 20250606),
        .. Feast("Id el Maulud", Mawlid, 0, 0, delay: 0, ToNextFreeDay, 20211019, 20221008, 20230927, 20240916, 20250905),
        Once("Id el Fitr", 2024, 4, 9),
        Once("Mourning for Muhammadu Buhari", 2025, 7, 15),
    ])
    { KnownUntil = 2025 };

    // Public Holidays Act (chapter 110), section 4 for a Sunday's holiday, and notices in the Kenya Gazette.
    public static readonly BankingCentre Kenya = new(
    [
        Fixed("New Year's Day", 1, 1, SundayMoves),
        Easter("Good Friday", -2),
        Easter("Easter Monday", 1),
        Fixed("Labour Day", 5, 1, SundayMoves),
        Fixed("Madaraka Day", 6, 1, SundayMoves),
        Fixed("Mazingira Day", 10, 10, SundayMoves),
        Fixed("Mashujaa Day", 10, 20, SundayMoves),
        Fixed("Jamhuri Day", 12, 12, SundayMoves),
        Fixed("Christmas Day", 12, 25, SundayMoves),
        Fixed("Boxing Day", 12, 26, SundayMoves),
        .. Feast("Idd-ul-Fitr", EidAlFitr, 0, 0, delay: 0, SundayMoves, 20230421, 20240410),
        .. Feast("Idd-ul-Azha", EidAlAdha, 0, 0, delay: 0, SundayMoves, 20230628, 20240617),
        Listed("Day declared by the government", 20170808, 20171025, 20171026, 20171128, 20200211, 20220429, 20220809, 20220912, 20220913, 20231113, 20240510, 20241101),
    ])
    { KnownUntil = 2024 };

    // Public Holidays Act 36 of 1994, section 2 for a Sunday's holiday; days declared by the President under section 2A.
    public static readonly BankingCentre SouthAfrica = new(
        Fixed("New Year's Day", 1, 1, SundayMoves),
        Fixed("Human Rights Day", 3, 21, SundayMoves),
        Easter("Good Friday", -2),
        Easter("Family Day", 1),
        Fixed("Freedom Day", 4, 27, SundayMoves),
        Fixed("Workers' Day", 5, 1, SundayMoves),
        Fixed("Youth Day", 6, 16, SundayMoves),
        Fixed("National Women's Day", 8, 9, SundayMoves),
        Fixed("Heritage Day", 9, 24, SundayMoves),
        Fixed("Day of Reconciliation", 12, 16, SundayMoves),
        Fixed("Christmas Day", 12, 25, SundayMoves),
        Fixed("Day of Goodwill", 12, 26, SundayMoves),
        Listed("Day declared by the President", 20040414, 20060301, 20080502, 20090422, 20110518, 20140507, 20160803, 20190508, 20211101, 20231215, 20240529));

    private static HolidayRule[] Movable(string name, Func<int, IEnumerable<DateOnly>> datesIn) =>
        [new(name, datesIn), new($"{name} (expected)", year => datesIn(year).SelectMany(Around))];

    private static IEnumerable<DateOnly> Around(DateOnly day) => day.DayOfWeek switch
    {
        Friday => [day.AddDays(-1), day.AddDays(2)],
        Saturday => [day.AddDays(-2), day.AddDays(1)],
        _ => [day.AddDays((int)Thursday - (int)day.DayOfWeek)],
    };

    private static HolidayRule Inaugural(this HolidayRule rule) => rule with { DatesIn = year => year % 4 == 3 ? rule.DatesIn(year) : [] };
}
