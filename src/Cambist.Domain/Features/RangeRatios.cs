namespace Cambist.Domain.Features;

/// <summary>
/// Half the logarithm of Parkinson's variance over the last 1, 6, 24, 120 and 480 hours against the expected one: the regressors of a HAR model (Corsi 2009), which
/// sees volatility as hours, days, weeks and months do.
/// </summary>
internal sealed class RangeRatios
{
    /// <summary>Number of windows.</summary>
    public const int Count = 5;

    private const int Longest = 480;
    private const int Day = 24;
    private const int Block = 128;

    // An hour without any move has a logarithm too: the floors are a few percent of an hour's expected variance.
    private static readonly int[] Windows = [1, 6, 24, 120, Longest];
    private static readonly double[] Floors = [0.05, 0.02, 0.01, 0.01, 0.01];

    private readonly VarianceTrack _track;
    private readonly RollingMean _means;

    /// <summary>Prepares the rows [from, to).</summary>
    public RangeRatios(VarianceTrack track, int from, int to)
    {
        _track = track;
        _means = new RollingMean(track.HourVariances, Math.Max(0, from - Longest), to);
    }

    /// <summary>Whether a pair has had a bar within a market day: with none its ratios would tell of a calm that nobody saw.</summary>
    public bool IsSeen(int row) => _means.IsKnown(Day, row);

    /// <summary>The ratios of a window at as many rows as there is room, from one on. All rows must be ready.</summary>
    public void Fill(int window, int row, Span<float> halves)
    {
        Span<double> ratios = stackalloc double[Block];
        for (var i = 0; i < halves.Length; i += Block)
        {
            var count = Math.Min(Block, halves.Length - i);
            _means.Ratios(Windows[window], row + i, _track.Levels.Slice(row + i, count), Floors[window], ratios[..count]);
            Logarithms.Half(ratios[..count], halves.Slice(i, count));
        }
    }
}
