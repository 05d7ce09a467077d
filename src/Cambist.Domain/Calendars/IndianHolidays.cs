using static Cambist.Domain.Calendars.HolidayRule;
using static Cambist.Domain.Calendars.LunarMonths;

namespace Cambist.Domain.Calendars;

/// <summary>
/// The holidays of banks in Mumbai, where the Reserve Bank of India settles: the public holidays that Maharashtra declares each December for the next
/// year under section 25 of the Negotiable Instruments Act, 1881, listed here from 2024. Saturdays count as closed: the second and fourth of a month
/// are, and the foreign exchange market is on all.
/// </summary>
internal static class IndianHolidays
{
    public static readonly BankingCentre Mumbai = new(
    [
        Fixed("Republic Day", 1, 26),
        Fixed("Chhatrapati Shivaji Maharaj Jayanti", 2, 19),
        Fixed("Annual closing of bank accounts", 4, 1),
        Easter("Good Friday", -2),
        Fixed("Dr. Babasaheb Ambedkar Jayanti", 4, 14),
        Fixed("Maharashtra Day", 5, 1),
        Fixed("Independence Day", 8, 15),
        new("Parsi New Year", year => new DateOnly(year, 8, 16).AddDays(-(int)Math.Floor((year - 2020) / 4.0))), // Every 365 days, so a day earlier after each leap day.
        Fixed("Mahatma Gandhi Jayanti", 10, 2),
        Fixed("Christmas Day", 12, 25),
        .. Declared("Mahashivratri", year => HinduNewMoon(year, HinduMonth.Phalguna).AddDays(-2), 20240308, 20250226, 20260215),
        .. Declared("Holi", year => HinduNewMoon(year, HinduMonth.Phalguna).AddDays(15), 20240325, 20250314, 20260303),
        .. Declared("Gudi Padwa", year => HinduNewMoon(year, HinduMonth.Chaitra), 20240409, 20250330, 20260319),
        .. Declared("Ram Navami", year => HinduNewMoon(year, HinduMonth.Chaitra).AddDays(8), 20240417, 20250406, 20260326),
        .. Declared("Mahavir Jayanti", year => HinduNewMoon(year, HinduMonth.Chaitra).AddDays(12), 20240421, 20250410, 20260331),
        .. Declared("Buddha Pournima", year => HinduNewMoon(year, HinduMonth.Vaishakha).AddDays(14), 20240523, 20250512, 20260501),
        .. Declared("Ganesh Chaturthi", year => HinduNewMoon(year, HinduMonth.Bhadrapada).AddDays(3), 20240907, 20250827, 20260914),
        .. Declared("Dasara", year => HinduNewMoon(year, HinduMonth.Ashvina).AddDays(9), 20241012, 20251002, 20261020),
        .. Declared("Diwali (Laxmi Pujan)", year => HinduNewMoon(year, HinduMonth.Kartika).AddDays(-1), 20241101, 20251021, 20261108),
        .. Declared("Diwali (Bali Pratipada)", year => HinduNewMoon(year, HinduMonth.Kartika).AddDays(1), 20241102, 20251022, 20261110),
        .. Declared("Guru Nanak Jayanti", year => HinduNewMoon(year, HinduMonth.Kartika).AddDays(14), 20241115, 20251105, 20261124),
        .. IslamicFeasts.Feast("Ramzan-Id", IslamicFeasts.EidAlFitr, delay: 1, 20210513, 20220503, 20230422, 20240411, 20250331, 20260321),
        .. IslamicFeasts.Feast("Bakri Id", IslamicFeasts.EidAlAdha, delay: 1, 20210721, 20220710, 20240617, 20250607, 20260528),
        .. IslamicFeasts.Feast("Muharram", IslamicFeasts.Ashura, delay: 1, 20210819, 20220809, 20230729, 20240717, 20250706, 20260626),
        .. IslamicFeasts.Feast("Id-E-Milad", IslamicFeasts.Mawlid, delay: 1, 20211019, 20221009, 20240918, 20250908, 20260826),
        Once("Consecration of the Ram temple", 2024, 1, 22),
        Once("General election", 2024, 5, 20),
        Once("State election", 2024, 11, 20),
        Once("Municipal elections", 2026, 1, 15),
    ])
    { KnownUntil = 2026 };
}
