namespace Cambist.Domain.Features;

/// <summary>
/// Learns how strongly a pair answers to each kind of announcement: a market that hardly looked at inflation in 2019 held its breath for it in 2022. Starts from what
/// was usual and forgets slowly.
/// </summary>
internal sealed class EffectFit
{
    // The usual strength counts as that many announcements.
    private const double PriorCount = 8;

    // Share of an announcement's weight that is left when the next of its kind has come.
    private const double Keep = 0.9;

    // How much of sqrt(range-based variance) the average is of its root mean square, before any usual hour was seen.
    private const double FirstUsual = 0.85;
    private const double UsualKeep = 0.9995;

    private readonly double[] _prior;
    private readonly double[] _sums;
    private readonly double[] _counts;
    private double _usual = FirstUsual;
    private double[] _multipliers;
    private bool _changed;

    public EffectFit(IReadOnlyList<double> usual)
    {
        _prior = [.. usual.Select(Math.Sqrt)];
        _multipliers = [.. usual];
        _sums = new double[usual.Count];
        _counts = new double[usual.Count];
    }

    /// <summary>The strength of each effect as it is known now. The array is not changed any more.</summary>
    public double[] Multipliers
    {
        get
        {
            if (_changed)
            {
                _multipliers = [.. _prior.Select((prior, effect) => Square((PriorCount * prior + _sums[effect]) / (PriorCount + _counts[effect])))];
                _changed = false;
            }

            return _multipliers;
        }
    }

    /// <summary>Learns from one hour.</summary>
    /// <param name="effect">Its effect; −1: none.</param>
    /// <param name="ratio">Its variance against what its hour of the week let expect.</param>
    public void Add(int effect, double ratio)
    {
        var size = Math.Min(20, Math.Sqrt(ratio));
        if (effect < 0)
        {
            _usual = UsualKeep * _usual + (1 - UsualKeep) * size;
            return;
        }

        _sums[effect] = Keep * _sums[effect] + size / _usual;
        _counts[effect] = Keep * _counts[effect] + 1;
        _changed = true;
    }

    private static double Square(double x) => x * x;
}
