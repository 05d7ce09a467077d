using static Cambist.Domain.Calendars.HolidayRule;
using static Cambist.Domain.Calendars.IslamicFeasts;

namespace Cambist.Domain.Calendars;

/// <summary>The bank holidays of Saudi Arabia and the United Arab Emirates.</summary>
internal static class GulfHolidays
{
    // Saudi Central Bank (SAMA), holidays of financial institutions 2026 to 2029, announced on 18 September 2025, and those of 2025. The weekend:
    // royal order of 23 June 2013, in force from 29 June.
    public static readonly BankingCentre SaudiArabia = new(
    [
        new HolidayRule("Founding Day", year => OffWeekend(new DateOnly(year, 2, 22))).Since(2022),
        new("National Day", year => OffWeekend(new DateOnly(year, 9, 23))),
        .. Declared(
            "Eid al-Fitr",
            year => FallingIn(year, EidAlFitr, 0).SelectMany(eid => Span(eid, -3, 4)),
            [
                .. Days(20250330, 20250331), .. Days(20250401, 20250402), .. Days(20260317, 20260323), .. Days(20270307, 20270311),
                .. Days(20280227, 20280229), .. Days(20280301, 20280302), .. Days(20290212, 20290218),
            ]),
        .. Declared(
            "Eid al-Adha",
            year => FallingIn(year, EidAlAdha, 0).SelectMany(eid => Span(eid, -3, 4)),
            [.. Days(20250605, 20250610), .. Days(20260524, 20260528), .. Days(20270516, 20270520), .. Days(20280503, 20280509), .. Days(20290422, 20290426)]),
    ])
    { Weekend = WeeklyRest.FridaySaturday.Since(2013, 6, 29, before: WeeklyRest.ThursdayFriday), KnownUntil = 2029 };

    // Cabinet resolution 27 of 2024 on public holidays, which lets the cabinet move each of them within its week (before it resolution 37/4 of 2019),
    // and the days announced for 2024 and 2025. The weekend: cabinet decisions of 2006 and of 7 December 2021.
    public static readonly BankingCentre Emirates = new(
    [
        Fixed("New Year's Day", 1, 1),
        .. Declared(
            "Eid al-Fitr",
            year => FallingIn(year, EidAlFitr, 0).SelectMany(eid => Span(eid, -2, 2)),
            [.. Days(20240408, 20240412), .. Days(20250330, 20250331), 20250401]),
        .. Declared("Eid al-Adha", year => FallingIn(year, EidAlAdha, 0).SelectMany(eid => Span(eid, -1, 2)), [.. Days(20240615, 20240618), .. Days(20250605, 20250608)]),
        .. Declared("Islamic New Year", year => FallingIn(year, IslamicFeasts.NewYear, 0).SelectMany(day => Span(day, 0, 1)), 20240707, 20250627),
        .. Declared("Birthday of the Prophet", year => FallingIn(year, Mawlid, 0).SelectMany(day => Span(day, 0, 1)), 20240915, 20250905),
        .. Declared("National Day", year => Span(new DateOnly(year, 12, 2), 0, 1), 20241202, 20241203, 20251201, 20251202),
    ])
    { Weekend = WeeklyRest.SaturdaySunday.Since(2022, 1, 1, before: WeeklyRest.FridaySaturday.Since(2006, 9, 1, before: WeeklyRest.ThursdayFriday)), KnownUntil = 2025 };

    // SAMA: a Friday's holiday is observed on the Thursday, a Saturday's on the Sunday, since these two are the weekend.
    private static DateOnly? OffWeekend(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Friday when day.Year > 2013 => day.AddDays(-1),
        DayOfWeek.Saturday when day.Year > 2013 => day.AddDays(1),
        _ => day,
    };
}
