using System.Runtime.CompilerServices;
using Cambist.Domain.Currencies;

namespace Cambist.Domain.Features;

/// <summary>
/// How much the major pairs together move against what was expected of each: volatility comes to all of them at once. For each hour of the market the average of
/// the majors' range ratios (<see cref="RangeRatios"/>), of those that had a bar within a day.
/// </summary>
public sealed class MarketPulse
{
    private readonly int _start;
    private readonly int _hours;

    // The hours of a window one after the other.
    private readonly float[] _means;

    private MarketPulse(int start, int hours, float[] means)
    {
        _start = start;
        _hours = hours;
        _means = means;
    }

    /// <summary>No pair is known: every average is missing.</summary>
    public static MarketPulse None { get; } = new(0, 0, []);

    /// <summary>The pairs whose average is the market's, by the turnover of their currencies; those without history are left out.</summary>
    public static IReadOnlyList<CurrencyPair> Majors { get; } =
        [.. new[] { "EUR/USD", "USD/JPY", "GBP/USD", "AUD/USD", "USD/CAD", "USD/CHF", "NZD/USD", "EUR/JPY", "GBP/JPY", "AUD/JPY" }.Select(CurrencyPair.Parse)];

    /// <summary>The averages of the hours that end within [from, to) on the market clock.</summary>
    public static MarketPulse Of(IReadOnlyList<VarianceTrack> majors, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(majors);
        var hours = Math.Max(0, to - from);
        var means = new float[hours * RangeRatios.Count];
        var counts = new int[hours];
        foreach (var track in majors)
        {
            Add(track, from, to, means, counts);
        }

        for (var at = 0; at < means.Length; at++)
        {
            var count = counts[at % hours];
            means[at] = count > 0 ? means[at] / count : float.NaN;
        }

        return new MarketPulse(from, hours, means);
    }

    /// <summary>The averages of the hour that ends at a market time, one per window; empty where it is not covered, not a number where no major is known.</summary>
    public float[] At(int marketTime)
    {
        var hour = marketTime - _start;
        return hour >= 0 && hour < _hours ? [.. Enumerable.Range(0, RangeRatios.Count).Select(window => _means[window * _hours + hour])] : [];
    }

    /// <summary>Replaces numbers of consecutive hours by the averages of a window, where these are known.</summary>
    internal void Replace(int window, int marketTime, Span<float> numbers)
    {
        var first = Math.Max(0, _start - marketTime);
        var end = Math.Min(numbers.Length, _start + _hours - marketTime);
        for (var i = first; i < end; i++)
        {
            var mean = _means[window * _hours + marketTime + i - _start];
            numbers[i] = float.IsNaN(mean) ? numbers[i] : mean;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(VarianceTrack track, int from, int to, float[] means, int[] counts)
    {
        var first = Math.Max(track.FirstReady, from - track.Path.Start);
        var end = Math.Min(track.Path.Rows, to - track.Path.Start);
        if (first >= end)
        {
            return;
        }

        var ranges = new RangeRatios(track, first, end);
        var place = track.Path.Start + first - from;
        Span<float> ratios = stackalloc float[FeatureBlock.Most];
        for (var row = first; row < end; row += ratios.Length, place += ratios.Length)
        {
            ratios = ratios[..Math.Min(ratios.Length, end - row)];
            for (var window = 0; window < RangeRatios.Count; window++)
            {
                ranges.Fill(window, row, ratios);
                for (var i = 0; i < ratios.Length; i++)
                {
                    ratios[i] = ranges.IsSeen(row + i) ? ratios[i] : float.NaN;
                }

                AddKnown(ratios, means.AsSpan(window * counts.Length + place, ratios.Length), window == 0 ? counts.AsSpan(place, ratios.Length) : []);
            }
        }
    }

    // Where the level of a pair is not known, its ratios of all windows are not.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddKnown(ReadOnlySpan<float> ratios, Span<float> sums, Span<int> counts)
    {
        for (var i = 0; i < ratios.Length; i++)
        {
            sums[i] += float.IsNaN(ratios[i]) ? 0 : ratios[i];
        }

        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += float.IsNaN(ratios[i]) ? 0 : 1;
        }
    }
}
