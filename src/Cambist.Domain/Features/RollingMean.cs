namespace Cambist.Domain.Features;

/// <summary>
/// Means of a variance over the last hours that have one. Sums are kept in whole numbers of 1e-18, so that a mean is the same to the bit wherever the sums began
/// (differences are right even where they run over).
/// </summary>
internal sealed class RollingMean
{
    private const double Unit = 1e-18;

    private readonly int _from;
    private readonly long[] _sums;
    private readonly int[] _counts;

    /// <summary>Sums the values of the rows [from, to).</summary>
    public RollingMean(ReadOnlySpan<float> values, int from, int to)
    {
        _from = from;
        _sums = new long[to - from + 1];
        _counts = new int[to - from + 1];
        for (var row = from; row < to; row++)
        {
            var value = values[row];
            var known = !float.IsNaN(value);
            _sums[row - from + 1] = unchecked(_sums[row - from] + (known ? (long)(value / Unit) : 0));
            _counts[row - from + 1] = _counts[row - from] + (known ? 1 : 0);
        }
    }

    /// <summary>The mean over the hours that end with a row; the given value where none of them is known.</summary>
    public double Over(int hours, int row, double otherwise)
    {
        var to = row + 1 - _from;
        var from = Math.Max(0, to - hours);
        var count = _counts[to] - _counts[from];
        return count > 0 ? unchecked(_sums[to] - _sums[from]) * Unit / count : otherwise;
    }
}
