namespace Cambist.Domain.Evaluation;

/// <summary>
/// Whether a thing happens as often as its probability says: probabilities in twenty bins of five points, in each the mean probability against the frequency (the reliability
/// diagram of Murphy and Winkler 1977).
/// </summary>
public sealed class ProbabilityCalibration
{
    private const int Bins = 20;

    private readonly double[] _probabilities = new double[Bins];
    private readonly int[] _happened = new int[Bins];
    private readonly int[] _counts = new int[Bins];
    private double _squares;

    /// <summary>Probabilities counted.</summary>
    public int Count { get; private set; }

    /// <summary>Mean of |mean probability − frequency| over the bins, each weighted by its count; an expected calibration error. 0 at best.</summary>
    public double Error
    {
        get
        {
            var sum = 0.0;
            for (var bin = 0; bin < Bins; bin++)
            {
                sum += Math.Abs(_probabilities[bin] - _happened[bin]);
            }

            return sum / Count;
        }
    }

    /// <summary>Mean of (probability − 1 or 0)², as it happened or not (Brier 1950): 0 at best, a quarter for always saying one half.</summary>
    public double Brier => _squares / Count;

    /// <summary>Counts a probability and whether the thing happened.</summary>
    public void Add(double probability, bool happened)
    {
        var bin = (int)Math.Clamp(probability * Bins, 0, Bins - 1);
        var miss = probability - (happened ? 1 : 0);
        Count++;
        _counts[bin]++;
        _probabilities[bin] += probability;
        _happened[bin] += happened ? 1 : 0;
        _squares += miss * miss;
    }

    /// <summary>Counts all that another counted.</summary>
    public void Add(ProbabilityCalibration other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        _squares += other._squares;
        for (var bin = 0; bin < Bins; bin++)
        {
            _counts[bin] += other._counts[bin];
            _probabilities[bin] += other._probabilities[bin];
            _happened[bin] += other._happened[bin];
        }
    }

    /// <summary>The bins that were used: mean probability, frequency and count of each.</summary>
    public IEnumerable<(double Probability, double Frequency, int Count)> Diagram() => Enumerable.Range(0, Bins)
        .Where(bin => _counts[bin] > 0)
        .Select(bin => (_probabilities[bin] / _counts[bin], (double)_happened[bin] / _counts[bin], _counts[bin]));
}
