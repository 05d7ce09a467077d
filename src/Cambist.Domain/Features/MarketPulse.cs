using Cambist.Domain.Currencies;

namespace Cambist.Domain.Features;

/// <summary>
/// How much the major pairs together move against what was expected of each: volatility comes to all of them at once. For each hour of the market the average of
/// the majors' range ratios (<see cref="RangeRatios"/>).
/// </summary>
public sealed class MarketPulse
{
    private readonly int _start;
    private readonly float[] _means;

    private MarketPulse(int start, float[] means)
    {
        _start = start;
        _means = means;
    }

    /// <summary>No pair is known: every average is missing.</summary>
    public static MarketPulse None { get; } = new(0, []);

    /// <summary>The pairs whose average is the market's, by the turnover of their currencies; those without history are left out.</summary>
    public static IReadOnlyList<CurrencyPair> Majors { get; } =
        [.. new[] { "EUR/USD", "USD/JPY", "GBP/USD", "AUD/USD", "USD/CAD", "USD/CHF", "NZD/USD", "EUR/JPY", "GBP/JPY", "AUD/JPY" }.Select(CurrencyPair.Parse)];

    /// <summary>The averages of the hours that end within [from, to) on the market clock.</summary>
    public static MarketPulse Of(IReadOnlyList<VarianceTrack> majors, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(majors);
        var means = new float[Math.Max(0, to - from) * RangeRatios.Count];
        var counts = new int[Math.Max(0, to - from)];
        foreach (var track in majors)
        {
            Add(track, from, to, means, counts);
        }

        for (var i = 0; i < counts.Length; i++)
        {
            for (var window = 0; window < RangeRatios.Count; window++)
            {
                means[i * RangeRatios.Count + window] = counts[i] > 0 ? means[i * RangeRatios.Count + window] / counts[i] : float.NaN;
            }
        }

        return new MarketPulse(from, means);
    }

    /// <summary>The averages of the hour that ends at a market time, one per window; empty where they are not known.</summary>
    public ReadOnlySpan<float> At(int marketTime)
    {
        var at = (marketTime - _start) * RangeRatios.Count;
        return at >= 0 && at < _means.Length ? _means.AsSpan(at, RangeRatios.Count) : [];
    }

    private static void Add(VarianceTrack track, int from, int to, float[] means, int[] counts)
    {
        var first = Math.Max(track.FirstReady, from - track.Path.Start);
        var end = Math.Min(track.Path.Rows, to - track.Path.Start);
        if (first >= end)
        {
            return;
        }

        var ratios = RangeRatios.Of(track, first, end);
        for (var row = first; row < end; row++)
        {
            if (double.IsNaN(track.Levels[row]))
            {
                continue;
            }

            var i = track.Path.Start + row - from;
            counts[i]++;
            for (var window = 0; window < RangeRatios.Count; window++)
            {
                means[i * RangeRatios.Count + window] += ratios[(row - first) * RangeRatios.Count + window];
            }
        }
    }
}
