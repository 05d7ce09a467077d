using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>
/// Reads the market clock at many instants in rising time, each a few additions: whole market hours since the clock's beginning, in weeks of 120. The hour that
/// ends at market time T lies in week (T − 1) / 120 and is its hour (T − 1) mod 120, counted from the Sunday open.
/// </summary>
internal struct MarketClock
{
    // The market's week opens at 21:00 UTC where New York has summer time, when Tokyo's hours of the week are New York's; the hour has ended an hour later.
    private const int HourBeforeTokyo = 22;

    private long _open;
    private long _nextOpen;
    private int _timeAtOpen;

    /// <summary>The week that an hour belongs to by the market time at its end.</summary>
    public static int WeekOf(int marketTime) => (marketTime - 1) / FxWeek.Hours;

    /// <summary>The hour of the week, 0 to 119 from the Sunday open, by the market time at its end.</summary>
    public static int HourOfWeek(int marketTime) => (marketTime - 1) % FxWeek.Hours;

    /// <summary>The hour of the day by UTC at a market time, 0 to 23.</summary>
    public static int HourOfDay(int marketTime) => (WeekClocks.Of(WeekOf(marketTime)).Hour(MarketPlace.Tokyo, HourOfWeek(marketTime)) + HourBeforeTokyo) % 24;

    /// <summary>The Sunday open of a week.</summary>
    public static DateTimeOffset OpenOf(int week)
    {
        // The table begins with the week of the last Sunday before 1970; the middle of any later week is inside it.
        var first = FxWeek.OpenOf(FxWeek.KnownFrom);
        return FxWeek.OpenOf(first.AddDays(7 * week).AddDays(3));
    }

    /// <summary>The market time at the end of an hour.</summary>
    /// <param name="closeHour">The hour's end in whole hours since 1970-01-01 UTC; rising from call to call is fastest.</param>
    public int Read(long closeHour)
    {
        if (closeHour < _open || closeHour >= _nextOpen)
        {
            var instant = UnixHour.ToInstant(closeHour);
            var open = FxWeek.OpenOf(instant);
            _open = UnixHour.Floor(open);
            _nextOpen = UnixHour.Floor(FxWeek.NextOpen(instant));
            _timeAtOpen = (int)FxWeek.MarketHours(open);
        }

        return _timeAtOpen + (int)Math.Min(closeHour - _open, FxWeek.Hours);
    }
}
