using Cambist.Domain.Calendars;

namespace Cambist.App.Rates.Demo;

/// <summary>
/// How busy each of the 120 market hours is, as the standard deviation of its return against the average hour (root mean square 1). By the
/// clock of New York, because the sessions overlap by it (Dacorogna et al., "A geographical model for the daily and weekly seasonal
/// volatility in the foreign exchange market", 1993).
/// </summary>
internal static class HourOfWeek
{
    private const int FirstHour = 17;

    // From 00h to 23h. London opens at 03h; the data releases of New York at 08:30 and the option expiries at 10:00 make the two peaks.
    private static readonly double[] LondonAndNewYorkHours =
    [
        0.55, 0.70, 1.15, 1.50, 1.35, 1.15, 1.05, 1.15, 1.75, 1.55, 1.75, 1.35,
        1.00, 0.90, 0.90, 0.70, 0.50, 0.55, 0.55, 0.60, 0.75, 0.75, 0.60, 0.50,
    ];

    // Tokyo opens at 19h or 20h, Singapore and Hong Kong an hour later; the West is felt, but less.
    private static readonly double[] AsianHours =
    [
        0.90, 1.00, 1.15, 1.25, 1.15, 1.00, 0.90, 1.00, 1.35, 1.15, 1.25, 0.95,
        0.75, 0.65, 0.70, 0.60, 0.50, 0.60, 0.75, 1.05, 1.40, 1.35, 1.10, 0.95,
    ];

    // Sunday evening to Friday afternoon.
    private static readonly double[] Days = [0.80, 0.90, 1.00, 1.05, 1.05, 1.10];

    /// <summary>The profile of what is traded out of London and New York.</summary>
    public static IReadOnlyList<double> Western { get; } = Profile(LondonAndNewYorkHours);

    /// <summary>The profile of what is traded out of Tokyo, Singapore and Sydney too.</summary>
    public static IReadOnlyList<double> Eastern { get; } = Profile(AsianHours);

    /// <summary>The number of the market hour in its week: 0 from Sunday 17:00 New York, 119 from Friday 16:00.</summary>
    public static int IndexOf(DateTimeOffset instant) => (int)((instant - FxWeek.OpenOf(instant)).Ticks / TimeSpan.TicksPerHour);

    /// <summary>Whether the hour is the one after 17:00 New York, when banks change the value date and few quote.</summary>
    public static bool IsAfterClose(int index) => index % 24 == 0;

    private static double[] Profile(double[] hours)
    {
        var profile = Enumerable.Range(FirstHour, FxWeek.Hours).Select(hour => hours[hour % 24] * Days[hour / 24]).ToArray();
        var rootMeanSquare = Math.Sqrt(profile.Average(hour => hour * hour));
        return [.. profile.Select(hour => hour / rootMeanSquare)];
    }
}
