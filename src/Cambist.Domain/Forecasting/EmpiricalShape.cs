namespace Cambist.Domain.Forecasting;

/// <summary>
/// The shape that past returns had, made symmetric: the distribution of |z| from a histogram, straight inside a bin, half of it on each side. The outermost 1 % of
/// returns are too few for that: there the tail falls as a power of |z| (Pareto), with the index of Hill (1975, "A simple general approach to inference about the
/// tail of a distribution").
/// </summary>
public sealed class EmpiricalShape : ReturnShape
{
    // Both sides together, so outside of every published quantile.
    private const double TailShare = 0.01;

    // The index of currency returns lies near 4 (Dacorogna, Gençay, Müller, Olsen and Pictet 2001, chapter 5); it counts as this many returns, so that a handful in
    // the tail cannot make it absurd. Below 2 there would be no variance.
    private const double PriorIndex = 4, PriorReturns = 20, LeastIndex = 2.5;

    // P(|z| > edge) at each edge up to the tail.
    private readonly double[] _survival;
    private readonly double _tailFrom, _tailShare, _tailIndex;

    private EmpiricalShape(double[] survival, double tailIndex, double variance)
    {
        _survival = survival;
        _tailFrom = ReturnHistogram.Edges[survival.Length - 1];
        _tailShare = survival[^1];
        _tailIndex = tailIndex;
        Std = Math.Sqrt(variance);
    }

    /// <inheritdoc/>
    public override double Std { get; }

    /// <inheritdoc/>
    public override double Cdf(double value) => value < 0 ? Survival(-value) / 2 : 1 - Survival(value) / 2;

    /// <inheritdoc/>
    protected override double Compute(double probability)
    {
        if (probability is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies inside (0, 1).");
        }

        return probability < 0.5 ? -SizeAt(2 * probability) : probability > 0.5 ? SizeAt(2 * (1 - probability)) : 0;
    }

    /// <summary>Reads the shape from a histogram.</summary>
    internal static EmpiricalShape Of(ReturnHistogram histogram)
    {
        var total = histogram.Total;
        if (!(total > 0))
        {
            throw new InvalidOperationException($"A shape needs returns, found a weight of {total}.");
        }

        var survival = new double[ReturnHistogram.Bins + 1];
        for (var bin = ReturnHistogram.Bins - 1; bin >= 0; bin--)
        {
            survival[bin] = survival[bin + 1] + Math.Max(0, histogram.Counts[bin]);
        }

        var whole = survival[0];
        var tailBin = ReturnHistogram.Bins - 1;
        while (tailBin > 1 && survival[tailBin] < TailShare * whole)
        {
            tailBin--;
        }

        var upToTail = survival.AsSpan(0, tailBin + 1).ToArray();
        for (var bin = 0; bin < upToTail.Length; bin++)
        {
            upToTail[bin] /= whole;
        }

        var index = TailIndex(histogram, tailBin);
        return new EmpiricalShape(upToTail, index, Variance(upToTail, index));
    }

    // Hill's estimate is the number of returns in the tail over the sum of ln(|z| / threshold).
    private static double TailIndex(ReturnHistogram histogram, int tailBin)
    {
        var edges = ReturnHistogram.Edges;
        double returns = PriorReturns, logs = PriorReturns / PriorIndex;
        for (var bin = tailBin; bin < ReturnHistogram.Bins; bin++)
        {
            var count = Math.Max(0, histogram.Counts[bin]);
            returns += count;
            logs += count * Math.Log((edges[bin] + edges[bin + 1]) / 2 / edges[tailBin]);
        }

        return Math.Max(LeastIndex, returns / logs);
    }

    // Of a straight piece from a to b: (a² + ab + b²) / 3; of the Pareto tail: threshold² × index / (index − 2).
    private static double Variance(double[] survival, double index)
    {
        var edges = ReturnHistogram.Edges;
        var variance = survival[^1] * edges[survival.Length - 1] * edges[survival.Length - 1] * index / (index - 2);
        for (var bin = 0; bin + 1 < survival.Length; bin++)
        {
            var (a, b) = (edges[bin], edges[bin + 1]);
            variance += (survival[bin] - survival[bin + 1]) * (a * a + a * b + b * b) / 3;
        }

        return variance;
    }

    private double Survival(double size)
    {
        if (size >= _tailFrom)
        {
            return _tailShare * Math.Pow(size / _tailFrom, -_tailIndex);
        }

        var bin = ReturnHistogram.BinOf(size);
        var (start, end) = (ReturnHistogram.Edges[bin], ReturnHistogram.Edges[bin + 1]);
        return _survival[bin] + (_survival[bin + 1] - _survival[bin]) * (size - start) / (end - start);
    }

    private double SizeAt(double survival)
    {
        if (survival <= _tailShare)
        {
            return _tailFrom * Math.Pow(survival / _tailShare, -1 / _tailIndex);
        }

        // The last edge that at least as many returns lie beyond.
        int low = 0, high = _survival.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = _survival[middle] >= survival ? (middle, high) : (low, middle);
        }

        var (start, end) = (ReturnHistogram.Edges[low], ReturnHistogram.Edges[low + 1]);
        return start + (end - start) * (_survival[low] - survival) / (_survival[low] - _survival[low + 1]);
    }
}
