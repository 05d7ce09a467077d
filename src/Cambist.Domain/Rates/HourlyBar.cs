namespace Cambist.Domain.Rates;

/// <summary>One hour of a pair's market: covers [<see cref="OpenTime"/>, <see cref="CloseTime"/>), known to us at its close and not before.</summary>
/// <param name="OpenTime">Start of the hour, UTC, on the full hour.</param>
/// <param name="Open">First price, quote currency per unit of base currency.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">The feed's own measure of activity, not comparable between feeds; null where unknown.</param>
/// <param name="Spread">Ask minus bid at the close, in price units; null where unknown.</param>
/// <param name="Source">The source that the bar came from.</param>
public readonly record struct HourlyBar(
    DateTimeOffset OpenTime, decimal Open, decimal High, decimal Low, decimal Close, decimal? Volume, decimal? Spread, string Source)
{
    /// <summary>End of the hour: the instant from which the bar is known.</summary>
    public DateTimeOffset CloseTime => OpenTime.AddHours(1);

    /// <summary>What is wrong with the bar's own numbers, or null where nothing is: each price above zero, low ≤ open, close ≤ high, spread not negative.</summary>
    public string? Fault()
    {
        if (OpenTime.Offset != TimeSpan.Zero || OpenTime.Ticks % TimeSpan.TicksPerHour != 0)
        {
            return $"time is a full hour in UTC, was {OpenTime:O}";
        }

        if (Low <= 0m || Open <= 0m || High <= 0m || Close <= 0m)
        {
            return $"prices are above zero, lowest was {Math.Min(Math.Min(Open, High), Math.Min(Low, Close))}";
        }

        if (High < Low)
        {
            return $"high is at least low, were {High} and {Low}";
        }

        if (Open < Low || Open > High || Close < Low || Close > High)
        {
            return $"open and close lie between low and high, were open {Open}, high {High}, low {Low}, close {Close}";
        }

        return Spread < 0m ? $"spread (ask minus bid) is not negative, was {Spread}: bid and ask reversed" : null;
    }
}
