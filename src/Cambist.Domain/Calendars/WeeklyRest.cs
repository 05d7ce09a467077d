using static System.DayOfWeek;

namespace Cambist.Domain.Calendars;

/// <summary>The two days of the week on which the banks of a centre rest, and those before it changed them.</summary>
internal sealed record WeeklyRest(DayOfWeek First, DayOfWeek Second)
{
    public static readonly WeeklyRest SaturdaySunday = new(Saturday, Sunday);
    public static readonly WeeklyRest FridaySaturday = new(Friday, Saturday);
    public static readonly WeeklyRest ThursdayFriday = new(Thursday, Friday);

    private DateOnly _since = DateOnly.MinValue;
    private WeeklyRest? _before;

    /// <summary>This weekend from a day on, another one before it.</summary>
    public WeeklyRest Since(int year, int month, int day, WeeklyRest before) => this with { _since = new DateOnly(year, month, day), _before = before };

    public bool Covers(DateOnly day) =>
        day < _since && _before is not null ? _before.Covers(day) : day.DayOfWeek == First || day.DayOfWeek == Second;
}
