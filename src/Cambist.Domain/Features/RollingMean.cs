using System.Runtime.CompilerServices;

namespace Cambist.Domain.Features;

/// <summary>
/// Means of a variance over the last hours that have one. Sums are kept in whole numbers of 1e-18, so that a mean is the same to the bit wherever the sums began
/// (differences are right even where they run over).
/// </summary>
internal sealed class RollingMean
{
    private const double Unit = 1e-18, PerUnit = 1e18;

    private readonly int _from;
    private readonly long[] _sums;
    private readonly int[] _counts;

    /// <summary>Sums the values of the rows [from, to).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public RollingMean(ReadOnlySpan<float> values, int from, int to)
    {
        _from = from;
        _sums = new long[to - from + 1];
        _counts = new int[to - from + 1];
        var (sum, count) = (0L, 0);
        for (var i = 1; i < _sums.Length; i++)
        {
            var value = values[from + i - 1];
            if (!float.IsNaN(value))
            {
                sum = unchecked(sum + (long)(value * PerUnit));
                count++;
            }

            (_sums[i], _counts[i]) = (sum, count);
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

    /// <summary>Whether any of the hours that end with a row is known.</summary>
    public bool IsKnown(int hours, int row) => _counts[row + 1 - _from] > _counts[Math.Max(0, row + 1 - _from - hours)];

    /// <summary>The mean over the hours that end with each row, from one on, against the row's level, and a floor; where none of the hours is known, as if it were the level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Ratios(int hours, int row, ReadOnlySpan<double> levels, double floor, Span<double> ratios)
    {
        for (var i = 0; i < ratios.Length; i++)
        {
            ratios[i] = Over(hours, row + i, levels[i]) / levels[i] + floor;
        }
    }
}
