using Cambist.Client;
using Cambist.Domain.Calendars;

namespace Cambist.App.Rates.History;

/// <summary>Rolls hourly bars up into the days of the market, which end at 17:00 in New York: five a week, no stump on Sunday.</summary>
internal static class DailyBars
{
    private const int HoursPerDay = 24;

    public static IReadOnlyList<RateBar> Of(IReadOnlyList<RateBar> hours) =>
    [
        .. hours
            .GroupBy(bar => (int)FxWeek.MarketHours(bar.Time) / HoursPerDay)
            .Select(day => new RateBar(
                StartOfDay(day.First().Time),
                day.First().Open,
                day.Any(bar => bar.High is null) ? null : day.Max(bar => bar.High),
                day.Any(bar => bar.Low is null) ? null : day.Min(bar => bar.Low),
                day.Last().Close,
                string.Join('+', day.Select(bar => bar.Source).Distinct()))),
    ];

    private static DateTimeOffset StartOfDay(DateTimeOffset hour)
    {
        var open = FxWeek.OpenOf(hour);
        return open.AddDays((int)(hour - open).TotalDays);
    }
}
