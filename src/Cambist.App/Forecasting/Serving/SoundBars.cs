using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Forecasting.Serving;

/// <summary>Looks at recorded bars before anybody forecasts from them: what is no rate is left out, and what a learned model has never met is named.</summary>
internal static class SoundBars
{
    // Christmas shuts the market for 24 to 25 hours of its week, and models have met that.
    private const double LongestGapHours = 26;

    // So long a gap is remembered: by then the features of a day and of a night rest on bars again.
    private const double RemembersGapHours = 48;

    private const int StillHours = 24;

    /// <summary>The bars whose close is a number above zero, and what is wrong with the last one that was left out; null where none was.</summary>
    public static (HourlySeries Sound, string? Fault) Of(HourlySeries bars)
    {
        var faulty = -1;
        for (var i = 0; i < bars.Count; i++)
        {
            faulty = IsRate(bars.Closes[i]) ? faulty : i;
        }

        if (faulty < 0)
        {
            return (bars, null);
        }

        var sound = Enumerable.Range(0, bars.Count).Where(i => IsRate(bars.Closes[i])).ToArray();
        return (
            new HourlySeries(bars.Pair, Array.ConvertAll(sound, i => bars.CloseHours[i]), Array.ConvertAll(sound, i => bars.Closes[i]), Array.ConvertAll(sound, i => bars.LogRanges[i])),
            $"the close of {bars.Pair} at {UnixHour.ToInstant(bars.CloseHours[faulty]):yyyy-MM-dd HH:mm} UTC is no rate");
    }

    /// <summary>What keeps a learned model from being trusted with sound bars; null where nothing does.</summary>
    public static string? Fault(HourlySeries bars)
    {
        if (bars.Count < StillHours)
        {
            return $"{bars.Count} hours of {bars.Pair} are recorded";
        }

        var last = bars.Closes[^1];
        if (bars.Closes[^StillHours..].IndexOfAnyExcept(last) < 0)
        {
            var still = bars.Count - 1 - bars.Closes.LastIndexOfAnyExcept(last);
            return $"{bars.Pair} has not moved since {UnixHour.ToInstant(bars.CloseHours[bars.Count - still]):yyyy-MM-dd HH:mm} UTC";
        }

        var end = FxWeek.MarketHours(bars.LastCloseTime);
        for (var i = bars.Count - 1; i > 0; i--)
        {
            var (before, after) = (UnixHour.ToInstant(bars.CloseHours[i - 1]), UnixHour.ToInstant(bars.CloseHours[i]));
            if (end - FxWeek.MarketHours(after) > RemembersGapHours)
            {
                break;
            }

            if (FxWeek.OpenTimeBetween(before, after).TotalHours > LongestGapHours)
            {
                return $"no hour of {bars.Pair} is recorded from {before:yyyy-MM-dd HH:mm} to {after.AddHours(-1):yyyy-MM-dd HH:mm} UTC";
            }
        }

        return null;
    }

    /// <summary>Older bars with those of a later stretch in place of what they held of it.</summary>
    /// <param name="older">The older bars.</param>
    /// <param name="later">All bars that closed after <paramref name="from"/>.</param>
    /// <param name="from">Where the later ones begin.</param>
    public static HourlySeries Joined(HourlySeries older, HourlySeries later, DateTimeOffset from)
    {
        var kept = older.Until(from);
        return new HourlySeries(
            older.Pair, (long[])[.. kept.CloseHours, .. later.CloseHours], (double[])[.. kept.Closes, .. later.Closes], (double[])[.. kept.LogRanges, .. later.LogRanges]);
    }

    /// <summary>Whether two stretches say the same.</summary>
    public static bool AreSame(HourlySeries one, HourlySeries other) =>
        one.CloseHours.SequenceEqual(other.CloseHours) && one.Closes.SequenceEqual(other.Closes) && one.LogRanges.SequenceEqual(other.LogRanges);

    private static bool IsRate(double close) => double.IsFinite(close) && close > 0;
}
