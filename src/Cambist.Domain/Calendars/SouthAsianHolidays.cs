using static Cambist.Domain.Calendars.HolidayRule;
using static Cambist.Domain.Calendars.IslamicFeasts;
using static Cambist.Domain.Calendars.LunarMonths;
using static Cambist.Domain.Calendars.OnWeekend;

namespace Cambist.Domain.Calendars;

/// <summary>The bank holidays of Pakistan and Bangladesh, where the moon is mostly seen a day after Mecca.</summary>
internal static class SouthAsianHolidays
{
    // Cabinet Division, "Public and optional holidays" of each year, with the State Bank's days on which banks are closed for the public: 1 January,
    // 1 July and the first of Ramadan (deduction of zakat; on the next working day where that is a weekend).
    public static readonly BankingCentre Pakistan = new(
    [
        Fixed("Bank holiday", 1, 1),
        Fixed("Kashmir Solidarity Day", 2, 5),
        Fixed("Pakistan Day", 3, 23),
        Fixed("Labour Day", 5, 1),
        Fixed("Youm-e-Takbeer", 5, 28).Since(2024),
        Fixed("Bank holiday", 7, 1),
        Fixed("Independence Day", 8, 14),
        Fixed("Iqbal Day", 11, 9).Since(2022),
        Fixed("Iqbal Day", 11, 9).Until(2014),
        Fixed("Quaid-e-Azam Day", 12, 25),
        .. Feast("Bank holiday (zakat)", Ramadan, 0, 0, delay: 1, ToNextFreeDay, 20210414, 20220403, 20230323, 20240312, 20250302, 20260219),
        .. Feast("Eid-ul-Fitr", EidAlFitr, 0, 2, delay: 1, Lapses, 20210513, 20220503, 20230422, 20240410, 20250331, 20260321),
        .. Feast("Eid-ul-Azha", EidAlAdha, 0, 2, delay: 1, Lapses, 20210721, 20220710, 20230629, 20240617, 20250607, 20260527),
        .. Feast("Ashura", Ashura, -1, 0, delay: 1, Lapses, 20210819, 20220809, 20230729, 20240717, 20250706),
        .. Feast("Eid Milad-un-Nabi", Mawlid, delay: 1, 20211019, 20221009, 20230929, 20240917, 20250906),
        Listed("Eid-ul-Fitr", 20210510, 20210511, 20210512, 20220502, 20230421, 20230425, 20260320),
    ])
    { KnownUntil = 2026 };

    // Bangladesh Bank, list of bank holidays of each year, from 2025; the executive orders that lengthened the two Eids of 2025 and 2026, and the
    // general election.
    public static readonly BankingCentre Bangladesh = new(
    [
        Fixed("Shaheed Day", 2, 21),
        Fixed("Birthday of Sheikh Mujibur Rahman", 3, 17).Until(2024),
        Fixed("Independence Day", 3, 26),
        Fixed("Bengali New Year", 4, 14),
        Fixed("May Day", 5, 1),
        Fixed("Bank holiday", 7, 1),
        Fixed("July Mass Uprising Day", 8, 5).Since(2025),
        Fixed("National Mourning Day", 8, 15).Until(2023),
        Fixed("Victory Day", 12, 16),
        Fixed("Christmas Day", 12, 25),
        Fixed("Bank holiday", 12, 31),
        .. Declared("Buddha Purnima", year => HinduNewMoon(year, HinduMonth.Vaishakha).AddDays(14), 20250511, 20260501),
        .. Declared("Janmashtami", year => HinduNewMoon(year, HinduMonth.Shravana).AddDays(22), 20250816, 20260904),
        .. Declared("Durga Puja", year => Span(HinduNewMoon(year, HinduMonth.Ashvina), 8, 9), 20251001, 20251002, 20261020, 20261021),
        .. Declared("Shab-e-Barat", year => FallingIn(year, MidShaban, 1), 20250215, 20260204),
        .. Declared("Shab-e-Qadr", year => FallingIn(year, NightOfPower, 1), 20250328, 20260317),
        .. Declared("Eid-ul-Fitr", year => FallingIn(year, EidAlFitr, 1).SelectMany(eid => Span(eid, -2, 2)), [.. Days(20250329, 20250331), .. Days(20250401, 20250403), .. Days(20260319, 20260323)]),
        .. Declared("Eid-ul-Azha", year => FallingIn(year, EidAlAdha, 1).SelectMany(eid => Span(eid, -2, 3)), [.. Days(20250605, 20250612), .. Days(20260526, 20260531)]),
        .. Declared("Ashura", year => FallingIn(year, Ashura, 1), 20250706, 20260626),
        .. Declared("Eid-e-Milad-un-Nabi", year => FallingIn(year, Mawlid, 1), 20250906, 20260826),
        Listed("General election", 20240107, 20260211, 20260212),
        Listed("General holiday", [.. Days(20240721, 20240723), .. Days(20240805, 20240807)]),
    ])
    { Weekend = WeeklyRest.FridaySaturday, KnownUntil = 2026 };
}
