using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>
/// Where outcomes fell in their own distributions: the probability integral transform, even over (0, 1) where the distributions are right (Dawid 1984; Diebold, Gunther and Tay
/// 1998). A U shape means too narrow, a hump too wide, a slope a bias.
/// </summary>
public sealed class PitHistogram
{
    /// <summary>Number of bins.</summary>
    public const int Bins = 20;

    private readonly int[] _counts = new int[Bins];

    /// <summary>Outcomes counted.</summary>
    public int Count { get; private set; }

    /// <summary>Outcomes by bin.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Pearson's Σ (counted − expected)² / expected, about 19 where the outcomes are independent and the distributions right. Overlapping horizons make it larger.</summary>
    public double ChiSquare
    {
        get
        {
            var expected = (double)Count / Bins;
            return _counts.Sum(count => (count - expected) * (count - expected)) / expected;
        }
    }

    /// <summary>The share of outcomes that would have to move to other bins to make them even (total variation): 0 at best.</summary>
    public double Distance => _counts.Sum(count => Math.Abs((double)count / Count - 1.0 / Bins)) / 2;

    /// <summary>Counts an outcome in its distribution; where that cannot move and the outcome did not, in the middle.</summary>
    public void Add(RateDistribution forecast, double outcome) =>
        Add(forecast.Volatility == 0 && outcome == forecast.Spot ? 0.5 : 1 - forecast.ProbabilityAbove(outcome));

    /// <summary>Counts a transform.</summary>
    public void Add(double transform)
    {
        Count++;
        _counts[(int)Math.Clamp(transform * Bins, 0, Bins - 1)]++;
    }

    /// <summary>Counts all that another counted.</summary>
    public void Add(PitHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        for (var bin = 0; bin < Bins; bin++)
        {
            _counts[bin] += other._counts[bin];
        }
    }
}
