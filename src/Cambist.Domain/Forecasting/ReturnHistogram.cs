using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cambist.Domain.Forecasting;

/// <summary>
/// Counts of standardised returns by size, the sign left out: what an <see cref="EmpiricalShape"/> is read from. A bin is 2.5 to 5 % wide: every doubling of |z| from
/// 1/128 to 32 has twenty equal ones, so that a return finds its bin in the bits of the number, without a logarithm; smaller returns share the first, larger ones the last.
/// </summary>
public sealed class ReturnHistogram : IReturnTally
{
    /// <summary>Number of bins.</summary>
    internal const int Bins = 1 + (HighestExponent - LowestExponent) * BinsPerDoubling;

    private const int LowestExponent = -7, HighestExponent = 5, BinsPerDoubling = 20;
    private const int MantissaBits = 52, ExponentBias = 1023;

    // Of a Student-t that has a variance of 1, heavy-tailed as returns are (Bollerslev 1987).
    private const double PriorDegreesOfFreedom = 5;

    private readonly float[] _counts = new float[Bins];

    /// <summary>Where each bin begins, and where the last one ends.</summary>
    internal static double[] Edges { get; } = [0, .. Enumerable.Range(0, Bins).Select(Edge)];

    /// <summary>Weight of a bin.</summary>
    internal ReadOnlySpan<float> Counts => _counts;

    /// <summary>Weight of all returns: their number, where each was counted once.</summary>
    public double Total
    {
        get
        {
            var total = 0.0;
            foreach (var count in _counts)
            {
                total += count;
            }

            return total;
        }
    }

    /// <summary>As many returns as named of a Student-t with unit variance and 5 degrees of freedom: keeps a short history sane, forgotten in a long one.</summary>
    public static ReturnHistogram Prior(double returns)
    {
        var scale = Math.Sqrt((PriorDegreesOfFreedom - 2) / PriorDegreesOfFreedom);
        var prior = new ReturnHistogram();
        for (var bin = 0; bin < Bins; bin++)
        {
            var end = bin == Bins - 1 ? 0 : StudentT.Cdf(-Edges[bin + 1] / scale, PriorDegreesOfFreedom);
            prior._counts[bin] = (float)(2 * returns * (StudentT.Cdf(-Edges[bin] / scale, PriorDegreesOfFreedom) - end));
        }

        return prior;
    }

    /// <summary>Counts one return in units of its predicted volatility.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a finite number.</exception>
    public void Add(double standardised) => Add(standardised, 1);

    /// <summary>Counts one return with a weight; with a negative one, takes it out again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a finite number.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double standardised, float weight)
    {
        if (!double.IsFinite(standardised))
        {
            throw new ArgumentOutOfRangeException(nameof(standardised), standardised, "A return in units of its volatility is a finite number.");
        }

        _counts[BinOf(standardised)] += weight;
    }

    /// <summary>Counts all returns of another histogram, each with this weight; with a negative weight, takes them out again.</summary>
    public void Add(ReturnHistogram other, double weight)
    {
        ArgumentNullException.ThrowIfNull(other);
        var mine = MemoryMarshal.Cast<float, Vector<float>>(_counts.AsSpan());
        var theirs = MemoryMarshal.Cast<float, Vector<float>>(other._counts);
        var factor = new Vector<float>((float)weight);
        for (var i = 0; i < mine.Length; i++)
        {
            mine[i] += theirs[i] * factor;
        }

        for (var bin = mine.Length * Vector<float>.Count; bin < Bins; bin++)
        {
            _counts[bin] += other._counts[bin] * (float)weight;
        }
    }

    /// <summary>The shape of the counted returns.</summary>
    /// <exception cref="InvalidOperationException">Nothing was counted.</exception>
    public EmpiricalShape ToShape() => EmpiricalShape.Of(this);

    ReturnShape IReturnTally.Shape() => ToShape();

    /// <summary>The bin of a return.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int BinOf(double standardised)
    {
        var bits = BitConverter.DoubleToUInt64Bits(Math.Abs(standardised));
        var exponent = (int)(bits >> MantissaBits) - ExponentBias;
        if (exponent < LowestExponent)
        {
            return 0;
        }

        var inDoubling = (int)(((bits & ((1UL << MantissaBits) - 1)) * BinsPerDoubling) >> MantissaBits);
        return Math.Min(1 + (exponent - LowestExponent) * BinsPerDoubling + inDoubling, Bins - 1);
    }

    // The end of a bin; the first ends where the doublings begin.
    private static double Edge(int bin) =>
        Math.ScaleB(1 + bin % BinsPerDoubling / (double)BinsPerDoubling, LowestExponent + bin / BinsPerDoubling);
}
