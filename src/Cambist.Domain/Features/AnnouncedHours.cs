namespace Cambist.Domain.Features;

/// <summary>The hours of the market in which a scheduled announcement makes a pair move more than the hour of the week tells, and how much more.</summary>
public sealed class AnnouncedHours
{
    private readonly int[] _marketTimes;
    private readonly double[] _multipliers;

    /// <summary>The hours.</summary>
    /// <param name="hours">Market time at the end of each hour, and its variance against the same hour of a usual week, above zero. An hour named twice has the larger multiplier.</param>
    public AnnouncedHours(IEnumerable<(int MarketTime, double Multiplier)> hours)
    {
        var sorted = hours.GroupBy(hour => hour.MarketTime).Select(same => (Time: same.Key, Multiplier: same.Max(hour => hour.Multiplier))).OrderBy(hour => hour.Time).ToArray();
        _marketTimes = [.. sorted.Select(hour => hour.Time)];
        _multipliers = [.. sorted.Select(hour => hour.Multiplier)];
    }

    /// <summary>No announcements.</summary>
    public static AnnouncedHours None { get; } = new([]);

    /// <summary>The variance of an hour against the same hour of a usual week; 1 for almost all.</summary>
    /// <param name="marketTime">Market time at the hour's end.</param>
    public double At(int marketTime)
    {
        var found = Array.BinarySearch(_marketTimes, marketTime);
        return found >= 0 ? _multipliers[found] : 1;
    }

    /// <summary>The announced hours that end after one market time and not after another, with their multipliers.</summary>
    internal ReadOnlySpan<int> Between(int after, int upTo, out ReadOnlySpan<double> multipliers)
    {
        var from = FirstAfter(after);
        var to = FirstAfter(upTo);
        multipliers = _multipliers.AsSpan(from, to - from);
        return _marketTimes.AsSpan(from, to - from);
    }

    private int FirstAfter(int marketTime)
    {
        var found = Array.BinarySearch(_marketTimes, marketTime);
        return found >= 0 ? found + 1 : ~found;
    }
}
