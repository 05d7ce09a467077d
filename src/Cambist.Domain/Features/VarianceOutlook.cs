namespace Cambist.Domain.Features;

/// <summary>The variance that is expected at one hour of the time after it.</summary>
public sealed class VarianceOutlook
{
    private readonly double _level;
    private readonly SeasonOfWeek _season;
    private readonly AnnouncedHours _announced;

    internal VarianceOutlook(double level, SeasonOfWeek season, AnnouncedHours announced)
    {
        _level = level;
        _season = season;
        _announced = announced;
    }

    /// <summary>The variance of the log return between two readings of the market clock, fractions of hours included; 0 where the market is closed between them.</summary>
    public double Between(double from, double to)
    {
        var weight = _season.Between(from, to);
        var times = _announced.Between((int)Math.Floor(from), (int)Math.Ceiling(to), out var effects);
        for (var i = 0; i < times.Length; i++)
        {
            var inside = Math.Min(to, times[i]) - Math.Max(from, times[i] - 1);
            weight += Math.Max(0, inside) * _season[MarketClock.HourOfWeek(times[i])] * (_season.Effect(effects[i]) - 1);
        }

        return _level * Math.Max(0, weight);
    }
}
