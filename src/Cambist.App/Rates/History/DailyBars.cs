using Cambist.Client;
using Cambist.Domain.Calendars;

namespace Cambist.App.Rates.History;

/// <summary>The days of the market, which end at 17:00 in New York: five a week, no stump on Sunday; and how hourly bars roll up into them.</summary>
internal static class DailyBars
{
    private const int HoursPerDay = 24;

    public static IReadOnlyList<RateBar> Of(IReadOnlyList<RateBar> hours) =>
    [
        .. hours
            .GroupBy(bar => (int)FxWeek.MarketHours(bar.Time) / HoursPerDay)
            .Select(day => new RateBar(
                StartOfDay(day.Last().Time.AddHours(1)),
                day.First().Open,
                day.Any(bar => bar.High is null) ? null : day.Max(bar => bar.High),
                day.Any(bar => bar.Low is null) ? null : day.Min(bar => bar.Low),
                day.Last().Close,
                string.Join('+', day.Select(bar => bar.Source).Distinct()))),
    ];

    /// <summary>The number of the market day that an instant ends, or lies in; the weekend belongs to Friday.</summary>
    public static int DayOf(DateTimeOffset instant) => (int)Math.Ceiling(FxWeek.MarketHours(instant) / HoursPerDay) - 1;

    /// <summary>The first instant of the market day that another ends, or lies in.</summary>
    public static DateTimeOffset StartOfDay(DateTimeOffset instant)
    {
        // The end of a day is the start of the next one, and belongs to the day that it ends.
        var open = FxWeek.OpenOf(instant.AddTicks(-1));
        return open.AddDays(DayOf(instant) - DayOf(open.AddHours(1)));
    }
}
