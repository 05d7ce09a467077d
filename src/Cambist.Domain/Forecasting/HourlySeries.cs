using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.Domain.Forecasting;

/// <summary>
/// Hourly bars of a pair in rising time, as forecasters read them: the close and the range of each hour. A bar is known from its close hour on, so
/// <see cref="Until"/> is all that a forecaster needs to stay clear of the future.
/// </summary>
public sealed class HourlySeries : ICrossable<HourlySeries>
{
    private readonly ReadOnlyMemory<long> _closeHours;
    private readonly ReadOnlyMemory<double> _closes;
    private readonly ReadOnlyMemory<double> _logRanges;

    /// <summary>A series.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="closeHours">Close time of each bar in whole hours since 1970-01-01 UTC, strictly rising.</param>
    /// <param name="closes">The closes, quote currency per unit of base currency.</param>
    /// <param name="logRanges">ln(high / low) of each bar, not a number where it is not known; null: of no bar.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public HourlySeries(CurrencyPair pair, ReadOnlyMemory<long> closeHours, ReadOnlyMemory<double> closes, ReadOnlyMemory<double>? logRanges = null)
    {
        if (closeHours.Length != closes.Length || (logRanges is { } ranges && ranges.Length != closes.Length))
        {
            throw new ArgumentException(
                $"Each close has an hour and a range: found {closeHours.Length} hours, {closes.Length} closes and {logRanges?.Length ?? closes.Length} ranges.", nameof(closes));
        }

        Pair = pair;
        _closeHours = closeHours;
        _closes = closes;
        _logRanges = logRanges ?? Unknown(closes.Length);
    }

    /// <summary>The pair.</summary>
    public CurrencyPair Pair { get; }

    /// <summary>Close times in whole hours since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<long> CloseHours => _closeHours.Span;

    /// <summary>The closes.</summary>
    public ReadOnlySpan<double> Closes => _closes.Span;

    /// <summary>ln(high / low) of each bar; not a number where only the close is known, as in a cross of two pairs.</summary>
    public ReadOnlySpan<double> LogRanges => _logRanges.Span;

    /// <summary>The path with the most hours is preferred.</summary>
    public double PathCost => -Count;

    /// <summary>Number of bars.</summary>
    public int Count => _closeHours.Length;

    /// <summary>Close time of the last bar.</summary>
    /// <exception cref="InvalidOperationException">The series is empty.</exception>
    public DateTimeOffset LastCloseTime => Count > 0 ? UnixHour.ToInstant(CloseHours[^1]) : throw new InvalidOperationException("An empty series has no last bar.");

    /// <summary>The bars that were known at an instant: those that had closed. No copy is made.</summary>
    public HourlySeries Until(DateTimeOffset instant) => Slice(0, CountUntil(UnixHour.Floor(instant)));

    /// <summary>The bars that closed strictly after an instant. No copy is made.</summary>
    public HourlySeries After(DateTimeOffset instant) => Slice(CountUntil(UnixHour.Floor(instant)), Count);

    /// <summary>The same history told the other way round; the range of an hour is the same from both sides.</summary>
    public HourlySeries Inverse()
    {
        var inverse = new double[Count];
        for (var i = 0; i < inverse.Length; i++)
        {
            inverse[i] = 1 / Closes[i];
        }

        return new HourlySeries(Pair.Inverse, _closeHours, inverse, _logRanges);
    }

    /// <summary>The cross history over a shared currency, at the hours in which both pairs closed: this series' quote is the other's base. Its ranges are not known.</summary>
    /// <exception cref="ArgumentException">The pairs do not meet.</exception>
    public HourlySeries Times(HourlySeries next)
    {
        if (next.Pair.Base != Pair.Quote)
        {
            throw new ArgumentException($"A cross of {Pair} goes on with a pair of base {Pair.Quote}, was {next.Pair}.", nameof(next));
        }

        var hours = new List<long>(Count);
        var closes = new List<double>(Count);
        for (int i = 0, j = 0; i < Count && j < next.Count;)
        {
            var order = CloseHours[i].CompareTo(next.CloseHours[j]);
            if (order == 0)
            {
                hours.Add(CloseHours[i]);
                closes.Add(Closes[i] * next.Closes[j]);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return new HourlySeries(new CurrencyPair(Pair.Base, next.Pair.Quote), hours.ToArray(), closes.ToArray());
    }

    private int CountUntil(long hour)
    {
        var found = CloseHours.BinarySearch(hour);
        return found >= 0 ? found + 1 : ~found;
    }

    private HourlySeries Slice(int start, int end) => new(Pair, _closeHours[start..end], _closes[start..end], _logRanges[start..end]);

    private static double[] Unknown(int count)
    {
        var unknown = new double[count];
        Array.Fill(unknown, double.NaN);
        return unknown;
    }
}
