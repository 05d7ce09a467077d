using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>Which clocks a week of the market runs by: New York and London each in winter or in summer time, four combinations.</summary>
internal static class WeekClocks
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly byte[] ByWeek = Compute();

    /// <summary>The clocks of a week: 0 to 3.</summary>
    public static int Of(int week) => ByWeek[Math.Min(week, ByWeek.Length - 1)];

    private static byte[] Compute()
    {
        // The FX week is known to the end of 2100; the last weeks of that year are left to its last entry.
        var weeks = MarketClock.WeekOf((int)FxWeek.MarketHours(new DateTimeOffset(2100, 12, 1, 0, 0, 0, TimeSpan.Zero)));
        var clocks = new byte[weeks];
        var midWeek = FxWeek.OpenOf(FxWeek.KnownFrom).AddDays(3);
        for (var week = 0; week < weeks; week++, midWeek = midWeek.AddDays(7))
        {
            clocks[week] = (byte)((FxWeek.NewYork.IsDaylightSavingTime(midWeek) ? 2 : 0) + (London.IsDaylightSavingTime(midWeek) ? 1 : 0));
        }

        return clocks;
    }
}
