using static System.DayOfWeek;
using static Cambist.Domain.Calendars.HolidayRule;

namespace Cambist.Domain.Calendars;

/// <summary>The bank holidays of Mexico, Guatemala, Brazil and Colombia.</summary>
internal static class AmericanHolidays
{
    // Comisión Nacional Bancaria y de Valores, the days of each year on which its institutions close (Diario Oficial de la Federación, December); Ley
    // Federal del Trabajo, article 74, with the Mondays since the decree of 17 January 2006.
    public static readonly BankingCentre Mexico = new(
        Fixed("New Year's Day", 1, 1),
        Fixed("Constitution Day", 2, 5).Until(2005),
        Nth("Constitution Day", 1, Monday, 2).Since(2006),
        Fixed("Birthday of Benito Juárez", 3, 21).Until(2006),
        Nth("Birthday of Benito Juárez", 3, Monday, 3).Since(2007),
        Easter("Maundy Thursday", -3),
        Easter("Good Friday", -2),
        Fixed("Labour Day", 5, 1),
        Fixed("Independence Day", 9, 16),
        Once("Bicentenary of independence", 2010, 9, 17),
        new HolidayRule("Change of government", year => new DateOnly(year, 12, 1)).EverySixYears().Until(2018),
        new HolidayRule("Change of government", year => new DateOnly(year, 10, 1)).EverySixYears().Since(2024),
        Fixed("Day of the Dead", 11, 2),
        Fixed("Revolution Day", 11, 20).Until(2005),
        Nth("Revolution Day", 3, Monday, 11).Since(2006),
        Fixed("Day of the Bank Employee", 12, 12),
        Fixed("Christmas Day", 12, 25));

    // Junta Monetaria, Reglamento de Asuetos de las Instituciones Bancarias, resolution 2079 of 15 May 1957, and the notices of the Superintendencia
    // de Bancos of 2024 and 2025; decree 19-2018 for the Monday of 30 June. Where a day falls on a weekend the board may free the Monday: it is taken
    // as free.
    public static readonly BankingCentre Guatemala = new(
    [
        Fixed("New Year's Day", 1, 1),
        Easter("Maundy Thursday", -3),
        Easter("Good Friday", -2),
        Fixed("Labour Day", 5, 1),
        Once("Labour Day", 2019, 4, 29),
        .. Declared("Day of the Bank Employee", year => [ArmyDay(year).AddDays(-3), new DateOnly(year, 7, 1)], 20240628, 20250627),
        new HolidayRule("Army Day", year => new DateOnly(year, 6, 30)).Until(2018),
        new HolidayRule("Army Day", year => ArmyDay(year)).Since(2019),
        Fixed("Assumption", 8, 15),
        Fixed("Independence Day", 9, 15, OnWeekend.ToMonday),
        .. Declared("Columbus Day", year => new DateOnly(year, 10, 12), 20251013),
        Fixed("Revolution Day", 10, 20, OnWeekend.ToMonday),
        Fixed("All Saints' Day", 11, 1, OnWeekend.ToMonday),
        Fixed("Christmas Day", 12, 25, OnWeekend.ToMonday),
    ])
    { KnownUntil = 2025 };

    // Conselho Monetário Nacional, resolution 4.880 of 2020, article 5 (before it 2.932 of 2002): the national holidays, Carnival and Corpus Christi;
    // law 14.759 of 2023 for 20 November.
    public static readonly BankingCentre Brazil = new(
        Fixed("New Year's Day", 1, 1),
        Easter("Carnival Monday", -48),
        Easter("Carnival Tuesday", -47),
        Easter("Good Friday", -2),
        Fixed("Tiradentes", 4, 21),
        Fixed("Labour Day", 5, 1),
        Easter("Corpus Christi", 60),
        Fixed("Independence Day", 9, 7),
        Fixed("Our Lady of Aparecida", 10, 12),
        Fixed("All Souls' Day", 11, 2),
        Fixed("Republic Day", 11, 15),
        Fixed("Black Awareness Day", 11, 20).Since(2024),
        Fixed("Christmas Day", 12, 25));

    // Law 51 of 1983 ("Ley Emiliani"), which moves ten of the holidays to the Monday after them; law 2578 of 2026 for 9 July.
    public static readonly BankingCentre Colombia = new(
        Fixed("New Year's Day", 1, 1),
        FirstFrom("Epiphany", Monday, 1, 6),
        FirstFrom("Saint Joseph", Monday, 3, 19),
        Easter("Maundy Thursday", -3),
        Easter("Good Friday", -2),
        Fixed("Labour Day", 5, 1),
        Easter("Ascension", 43),
        Easter("Corpus Christi", 64),
        Easter("Sacred Heart", 71),
        FirstFrom("Saints Peter and Paul", Monday, 6, 29),
        FirstFrom("Our Lady of Chiquinquirá", Monday, 7, 9).Since(2026),
        Fixed("Independence Day", 7, 20),
        Fixed("Battle of Boyacá", 8, 7),
        FirstFrom("Assumption", Monday, 8, 15),
        FirstFrom("Columbus Day", Monday, 10, 12),
        FirstFrom("All Saints' Day", Monday, 11, 1),
        FirstFrom("Independence of Cartagena", Monday, 11, 11),
        Fixed("Immaculate Conception", 12, 8),
        Fixed("Christmas Day", 12, 25));

    private static HolidayRule EverySixYears(this HolidayRule rule) => rule with { DatesIn = year => (year - 2024) % 6 == 0 ? rule.DatesIn(year) : [] };

    // Decree 19-2018, article 2: a Tuesday or Wednesday goes to the Monday before, a later day to the Monday after.
    private static DateOnly ArmyDay(int year)
    {
        var day = new DateOnly(year, 6, 30);
        return day.DayOfWeek switch
        {
            Monday => day,
            Tuesday => day.AddDays(-1),
            Wednesday => day.AddDays(-2),
            Sunday => day.AddDays(1),
            var weekday => day.AddDays(8 - (int)weekday),
        };
    }
}
