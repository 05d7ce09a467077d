using System.Globalization;
using System.Runtime.CompilerServices;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Features;

/// <summary>
/// A pair's hourly history laid on the market clock: a row for every hour in which the market was open, also for those that have no bar. Row 0 is the
/// hour of the first bar. A missing hour repeats the last close and has no range.
/// </summary>
public sealed class HourlyPath
{
    private readonly double[] _logCloses;
    private readonly float[] _logRanges;
    private readonly bool[] _hasBar;

    private HourlyPath(CurrencyPair pair, int start, double[] logCloses, float[] logRanges, bool[] hasBar)
    {
        Pair = pair;
        Start = start;
        _logCloses = logCloses;
        _logRanges = logRanges;
        _hasBar = hasBar;
    }

    /// <summary>The pair.</summary>
    public CurrencyPair Pair { get; }

    /// <summary>The market clock (<see cref="FxWeek.MarketHours"/>) at the end of row 0.</summary>
    public int Start { get; }

    /// <summary>Number of hours.</summary>
    public int Rows => _logCloses.Length;

    /// <summary>ln of the last close known at the end of each hour.</summary>
    public ReadOnlySpan<double> LogCloses => _logCloses;

    /// <summary>ln(high / low) of each hour; not a number where it has no bar, or a bar without a range.</summary>
    public ReadOnlySpan<float> LogRanges => _logRanges;

    /// <summary>Whether an hour has a bar.</summary>
    public ReadOnlySpan<bool> HasBar => _hasBar;

    /// <summary>Lays a history of at least one bar on the market clock. Of bars that share an hour (one closed at the weekend) the first is taken.</summary>
    /// <param name="bars">The history.</param>
    /// <param name="until">Where the path ends: hours after the last bar are missing hours. Null: with the last bar.</param>
    /// <exception cref="ArgumentException">The history is empty, a close is not a number above zero, or a range is below zero or infinite.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static HourlyPath Of(HourlySeries bars, DateTimeOffset? until = null)
    {
        ArgumentNullException.ThrowIfNull(bars);
        if (bars.Count == 0)
        {
            throw new ArgumentException("A path has at least one bar.", nameof(bars));
        }

        var clock = new MarketClock();
        var start = clock.Read(bars.CloseHours[0]);
        var end = clock.Read(bars.CloseHours[^1]);
        var rows = Math.Max(end, until is { } instant ? (int)Math.Floor(FxWeek.MarketHours(instant)) : end) - start + 1;
        var logCloses = new double[rows];
        var logRanges = new float[rows];
        var hasBar = new bool[rows];
        Array.Fill(logRanges, float.NaN);
        var last = -1;
        for (var i = 0; i < bars.Count; i++)
        {
            var close = bars.Closes[i];
            if (!(close > 0) || double.IsInfinity(close))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A close of {bars.Pair} is a number above zero, was {close} at {UnixHour.ToInstant(bars.CloseHours[i]):u}."), nameof(bars));
            }

            var range = bars.LogRanges[i];
            if (range < 0 || double.IsInfinity(range))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"ln(high / low) of {bars.Pair} is 0 or more, was {range} at {UnixHour.ToInstant(bars.CloseHours[i]):u}."), nameof(bars));
            }

            var row = clock.Read(bars.CloseHours[i]) - start;
            if (row <= last)
            {
                continue;
            }

            logCloses[row] = Math.Log(close);
            logRanges[row] = (float)range;
            hasBar[row] = true;
            Array.Fill(logCloses, last < 0 ? 0 : logCloses[last], last + 1, row - last - 1);
            last = row;
        }

        Array.Fill(logCloses, logCloses[last], last + 1, rows - last - 1);

        return new HourlyPath(bars.Pair, start, logCloses, logRanges, hasBar);
    }

    /// <summary>The last rows of it, at most as many as there are.</summary>
    public HourlyPath Last(int rows)
    {
        var from = Math.Max(0, Rows - rows);
        return new HourlyPath(Pair, Start + from, _logCloses[from..], _logRanges[from..], _hasBar[from..]);
    }

    /// <summary>The row that ends at an instant, or the last one before it; negative where the path begins later.</summary>
    public int RowAt(DateTimeOffset instant) => (int)Math.Floor(FxWeek.MarketHours(instant)) - Start;
}
