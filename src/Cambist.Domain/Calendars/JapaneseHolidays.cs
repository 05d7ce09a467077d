using static System.DayOfWeek;
using static Cambist.Domain.Calendars.HolidayRule;
using static Cambist.Domain.Calendars.OnWeekend;

namespace Cambist.Domain.Calendars;

/// <summary>
/// The holidays of Japan's banks: the Act on National Holidays (1948, as amended), the special acts for the throne (2019) and for the
/// Olympic games (2020, 2021), and 31 December to 3 January by the Order for Enforcement of the Banking Act, article 5.
/// </summary>
internal static class JapaneseHolidays
{
    public static readonly BankingCentre Tokyo = new(
        Fixed("New Year's Day", 1, 1), // A Sunday's substitute is 2 January, which is closed anyway.
        Fixed("Bank holiday", 1, 2),
        Fixed("Bank holiday", 1, 3),
        Nth("Coming of Age Day", 2, Monday, 1),
        Fixed("National Foundation Day", 2, 11, SundayMoves),
        Fixed("Emperor's Birthday", 2, 23, SundayMoves).Since(2020),
        new("Vernal Equinox Day", VernalEquinox, SundayMoves),
        Fixed("Showa Day", 4, 29, SundayMoves),
        Fixed("Constitution Memorial Day", 5, 3, SundayMoves),
        Fixed("Citizens' Holiday", 5, 4).Until(2006),
        Fixed("Greenery Day", 5, 4, SundayMoves).Since(2007),
        Fixed("Children's Day", 5, 5, SundayMoves),
        Nth("Marine Day", 3, Monday, 7).Except(2020, 2021),
        Fixed("Mountain Day", 8, 11, SundayMoves).Since(2016).Except(2020, 2021),
        Nth("Respect for the Aged Day", 3, Monday, 9),
        new("Citizens' Holiday", BetweenAgedDayAndEquinox),
        new("Autumnal Equinox Day", AutumnalEquinox, SundayMoves),
        Nth("Sports Day", 2, Monday, 10).Except(2020, 2021),
        Fixed("Culture Day", 11, 3, SundayMoves),
        Fixed("Labour Thanksgiving Day", 11, 23, SundayMoves),
        Fixed("Emperor's Birthday", 12, 23, SundayMoves).Until(2018),
        Fixed("Bank holiday", 12, 31),
        Once("Citizens' Holiday", 2019, 4, 30),
        Once("Accession of Emperor Naruhito", 2019, 5, 1),
        Once("Citizens' Holiday", 2019, 5, 2),
        Once("Enthronement ceremony", 2019, 10, 22),
        Once("Marine Day", 2020, 7, 23),
        Once("Sports Day", 2020, 7, 24),
        Once("Mountain Day", 2020, 8, 10),
        Once("Marine Day", 2021, 7, 22),
        Once("Sports Day", 2021, 7, 23),
        Once("Mountain Day", 2021, 8, 8) with { OnWeekend = SundayMoves });

    // The government names the day each February for the next year. This approximation ("Shin koyomi benricho", Hydrographic Department of Japan's Coast
    // Guard) holds from 1980 to 2099 and has met every day named since 2003.
    private static DateOnly? VernalEquinox(int year) => new DateOnly(year, 3, EquinoxDay(20.8431, year));

    private static DateOnly? AutumnalEquinox(int year) => new DateOnly(year, 9, EquinoxDay(23.2488, year));

    private static int EquinoxDay(double dayIn1980, int year) =>
        (int)(dayIn1980 + 0.242194 * (year - 1980) - Math.Floor((year - 1980) / 4.0));

    // Article 3 (3) of the Act: a day between two national holidays is one too. Aged Day is a Monday, so this happens where the equinox is on the Wednesday.
    private static DateOnly? BetweenAgedDayAndEquinox(int year)
    {
        var equinox = new DateOnly(year, 9, EquinoxDay(23.2488, year));
        var isOnWednesdayAfterAgedDay = equinox is { DayOfWeek: Wednesday, Day: >= 17 and <= 23 };
        return isOnWednesdayAfterAgedDay ? equinox.AddDays(-1) : null;
    }
}
