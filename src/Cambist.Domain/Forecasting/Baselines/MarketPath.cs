using Cambist.Domain.Calendars;

namespace Cambist.Domain.Forecasting.Baselines;

/// <summary>A close series laid on the market clock: one log close an hour, the last known one where an hour has no bar.</summary>
internal sealed class MarketPath
{
    private readonly int _start;
    private readonly double[] _logCloses;
    private readonly bool[] _hasBar;

    private MarketPath(int start, double[] logCloses, bool[] hasBar)
    {
        _start = start;
        _logCloses = logCloses;
        _hasBar = hasBar;
    }

    /// <summary>Hours on the path.</summary>
    public int Length => _logCloses.Length;

    /// <summary>Lays a series of at least one bar on the market clock.</summary>
    public static MarketPath Of(HourlySeries series)
    {
        var start = MarketTimeOf(series, 0);
        var length = MarketTimeOf(series, series.Count - 1) - start + 1;
        var logCloses = new double[length];
        var hasBar = new bool[length];
        for (var i = 0; i < series.Count; i++)
        {
            var t = MarketTimeOf(series, i) - start;
            logCloses[t] = Math.Log(series.Closes[i]);
            hasBar[t] = true;
        }

        for (var t = 1; t < length; t++)
        {
            logCloses[t] = hasBar[t] ? logCloses[t] : logCloses[t - 1];
        }

        return new MarketPath(start, logCloses, hasBar);
    }

    /// <summary>The market clock at an hour of the path.</summary>
    public int MarketTime(int t) => _start + t;

    /// <summary>The last known log close at an hour of the path.</summary>
    public double LogClose(int t) => _logCloses[t];

    /// <summary>Log returns between neighbouring hours that both have a bar.</summary>
    public IReadOnlyList<(int MarketTime, double LogReturn)> HourlyReturns()
    {
        var returns = new List<(int, double)>(Length);
        for (var t = 1; t < Length; t++)
        {
            if (_hasBar[t] && _hasBar[t - 1])
            {
                returns.Add((MarketTime(t), _logCloses[t] - _logCloses[t - 1]));
            }
        }

        return returns;
    }

    /// <summary>The variance of a market hour of weight 1 at each hour of the path, from the bars up to it. It starts at the average of the path.</summary>
    public double[] Levels(HourOfWeekSeason season, double halfLifeHours)
    {
        var levels = new double[Length];
        var total = 0.0;
        for (var t = 1; t < Length; t++)
        {
            var step = _logCloses[t] - _logCloses[t - 1];
            total += step * step / season.Between(MarketTime(t - 1), MarketTime(t));
        }

        levels[0] = total / Math.Max(1, Length - 1);
        for (int t = 1, lastBar = 0; t < Length; t++)
        {
            levels[t] = levels[t - 1];
            if (_hasBar[t])
            {
                levels[t] = NextLevel(levels[t - 1], _logCloses[t] - _logCloses[lastBar], MarketTime(lastBar), MarketTime(t), season, halfLifeHours);
                lastBar = t;
            }
        }

        return levels;
    }

    /// <summary>The exponentially weighted average after one more return, which may span several hours where bars are missing.</summary>
    public static double NextLevel(double level, double logReturn, double from, double to, HourOfWeekSeason season, double halfLifeHours)
    {
        var weight = season.Between(from, to);
        if (weight <= 0)
        {
            return level;
        }

        var keep = Math.Pow(0.5, (to - from) / halfLifeHours);
        return keep * level + (1 - keep) * logReturn * logReturn / weight;
    }

    private static int MarketTimeOf(HourlySeries series, int index) => (int)FxWeek.MarketHours(UnixHour.ToInstant(series.CloseHours[index]));
}
