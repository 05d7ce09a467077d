namespace Cambist.Domain.Features;

/// <summary>
/// The hours of the market in which a scheduled announcement makes a pair move otherwise than the hour of the week tells. Which effect an hour has is known
/// beforehand; how strong it is, is learned from the times before (<see cref="EffectFit"/>).
/// </summary>
public sealed class AnnouncedHours
{
    private readonly int[] _marketTimes;
    private readonly int[] _effects;
    private readonly double[] _usual;

    /// <summary>The hours.</summary>
    /// <param name="usual">Variance of an hour with each effect against the same hour of a week without it, as many pairs had it before; above zero.</param>
    /// <param name="hours">Market time at the end of each hour and its effect. Of an hour named twice the stronger effect counts.</param>
    public AnnouncedHours(IReadOnlyList<double> usual, IEnumerable<(int MarketTime, int Effect)> hours)
    {
        _usual = [.. usual];
        var sorted = hours.GroupBy(hour => hour.MarketTime).Select(same => (Time: same.Key, Effect: same.MaxBy(hour => _usual[hour.Effect]).Effect)).OrderBy(hour => hour.Time).ToArray();
        _marketTimes = [.. sorted.Select(hour => hour.Time)];
        _effects = [.. sorted.Select(hour => hour.Effect)];
    }

    /// <summary>No announcements.</summary>
    public static AnnouncedHours None { get; } = new([], []);

    /// <summary>The usual strength of each effect.</summary>
    public IReadOnlyList<double> Usual => _usual;

    /// <summary>The same, for loops over hours.</summary>
    internal ReadOnlySpan<double> UsualStrengths => _usual;

    /// <summary>The effect of an hour; −1 of almost all.</summary>
    /// <param name="marketTime">Market time at the hour's end.</param>
    public int EffectAt(int marketTime)
    {
        var found = Array.BinarySearch(_marketTimes, marketTime);
        return found >= 0 ? _effects[found] : -1;
    }

    /// <summary>The announced hours that end after one market time and not after another, with their effects.</summary>
    internal ReadOnlySpan<int> Between(int after, int upTo, out ReadOnlySpan<int> effects)
    {
        var from = FirstAfter(after);
        var to = FirstAfter(upTo);
        effects = _effects.AsSpan(from, to - from);
        return _marketTimes.AsSpan(from, to - from);
    }

    private int FirstAfter(int marketTime)
    {
        var found = Array.BinarySearch(_marketTimes, marketTime);
        return found >= 0 ? found + 1 : ~found;
    }
}
