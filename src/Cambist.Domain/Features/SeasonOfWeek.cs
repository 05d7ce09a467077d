using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>
/// How the variance of a usual week is spread over its 120 hours: the London and New York hours move several times more than the hours after the New York
/// close. The weights of the hours average to 1.
/// </summary>
internal sealed class SeasonOfWeek
{
    private readonly double[] _weights;
    private readonly double[] _ranges;
    private readonly double[] _effects;
    private readonly double[] _cumulative = new double[FxWeek.Hours + 1];

    /// <summary>A season.</summary>
    /// <param name="weights">The variance of each hour of the week from the Sunday open; their average becomes 1.</param>
    /// <param name="ranges">The same as the ranges of the hours tell it, which are wide for other reasons where quotes are: by these, ranges are freed of their season.</param>
    /// <param name="longRun">The average variance of an hour of weight 1 over the weeks that the season was measured on.</param>
    /// <param name="effects">What announcements do to an hour's variance, by effect.</param>
    public SeasonOfWeek(double[] weights, double[] ranges, double longRun, double[] effects)
    {
        _weights = weights;
        _ranges = ranges;
        _effects = effects;
        LongRun = longRun;
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            _cumulative[hour + 1] = _cumulative[hour] + weights[hour];
        }
    }

    /// <summary>The average variance of an hour of weight 1; not a number where there was too little to measure it.</summary>
    public double LongRun { get; }

    /// <summary>A week that nothing is known of: all hours alike.</summary>
    public static SeasonOfWeek Even(double[] effects)
    {
        double[] even = [.. Enumerable.Repeat(1.0, FxWeek.Hours)];
        return new SeasonOfWeek(even, even, double.NaN, effects);
    }

    /// <summary>The weight of an hour of the week.</summary>
    public double this[int hourOfWeek] => _weights[hourOfWeek];

    /// <summary>The weight of an hour of the week by its range.</summary>
    public double Range(int hourOfWeek) => _ranges[hourOfWeek];

    /// <summary>What announcements do to an hour's variance, by effect.</summary>
    public ReadOnlySpan<double> Effects => _effects;

    /// <summary>What an effect does to an hour's variance.</summary>
    public double Effect(int effect) => effect < 0 ? 1 : _effects[effect];

    /// <summary>The weight of the time between two readings of the market clock, fractions of hours included.</summary>
    public double Between(double from, double to)
    {
        // The weeks by themselves: the weight of all weeks since the clock began would leave ten digits only.
        var (fromWeek, toWeek) = (Math.Floor(from / FxWeek.Hours), Math.Floor(to / FxWeek.Hours));
        return (toWeek - fromWeek) * _cumulative[FxWeek.Hours] + InWeek(to - toWeek * FxWeek.Hours) - InWeek(from - fromWeek * FxWeek.Hours);
    }

    /// <summary>The weight of the hours between two whole readings of the market clock.</summary>
    public double Between(int from, int to)
    {
        var weeks = to / FxWeek.Hours - from / FxWeek.Hours;
        return weeks * _cumulative[FxWeek.Hours] + _cumulative[to % FxWeek.Hours] - _cumulative[from % FxWeek.Hours];
    }

    private double InWeek(double time)
    {
        var hour = Math.Min((int)time, FxWeek.Hours - 1);
        return _cumulative[hour] + (time - hour) * _weights[hour];
    }
}
