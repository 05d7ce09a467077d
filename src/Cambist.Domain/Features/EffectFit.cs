namespace Cambist.Domain.Features;

/// <summary>
/// Learns how strongly a pair answers to each kind of announcement: a market that hardly looked at inflation in 2019 held its breath for it in 2022. Starts from what
/// was usual; of the announcements of the last 104 weeks the latest count most, and none before them, so that what is learned does not depend on where the history began.
/// </summary>
internal sealed class EffectFit
{
    /// <summary>Weeks whose announcements count.</summary>
    public const int Weeks = 104;

    // The usual strength counts as that many announcements.
    private const double PriorCount = 8;

    // Share of an announcement's weight that is left when the next of its kind has come.
    private const double Keep = 0.9;

    // How much of sqrt(range-based variance) the average of ordinary hours is of its root mean square, and as how many hours that counts.
    private const double FirstOrdinary = 0.85, PriorHours = 500;

    // Ordinary hours enter and leave as whole numbers of this.
    private const double Unit = 1e-9, PerUnit = 1e9;

    // One that moved by twenty standard deviations says no more than "very strongly".
    private const double Largest = 20;

    private readonly double[] _prior;
    private readonly Queue<(int Week, double Size)>[] _announcements;
    private readonly double[] _sums;
    private readonly double[] _counts;
    private readonly Window _ordinary = new();
    private int _week = -1;

    public EffectFit(IReadOnlyList<double> usual)
    {
        _prior = [.. usual.Select(Math.Sqrt)];
        _announcements = [.. usual.Select(_ => new Queue<(int, double)>())];
        _sums = new double[usual.Count];
        _counts = new double[usual.Count];
    }

    /// <summary>Begins a week: its hours are added next, and what is older than 104 weeks is forgotten.</summary>
    /// <returns>The strength of each effect as it is known at the week's open. The array is not changed any more.</returns>
    public double[] Begin(int week)
    {
        _week = week;
        _ordinary.Begin(week);
        var ordinary = (FirstOrdinary * PriorHours + _ordinary.Sum * Unit) / (PriorHours + _ordinary.Count);
        var strengths = new double[_prior.Length];
        for (var effect = 0; effect < strengths.Length; effect++)
        {
            Forget(effect, week - Weeks);
            var size = (PriorCount * _prior[effect] + _sums[effect] / ordinary) / (PriorCount + _counts[effect]);
            strengths[effect] = size * size;
        }

        return strengths;
    }

    /// <summary>Learns from one hour.</summary>
    /// <param name="effect">Its effect; −1: none.</param>
    /// <param name="ratio">Its variance against what its hour of the week let expect.</param>
    public void Add(int effect, double ratio)
    {
        var size = Math.Min(Largest, Math.Sqrt(ratio));
        if (effect < 0)
        {
            _ordinary.Add((long)(size * PerUnit));
            return;
        }

        _announcements[effect].Enqueue((_week, size));
        _sums[effect] = Keep * _sums[effect] + size;
        _counts[effect] = Keep * _counts[effect] + 1;
    }

    private void Forget(int effect, int week)
    {
        var announcements = _announcements[effect];
        if (announcements.Count == 0 || announcements.Peek().Week >= week)
        {
            return;
        }

        while (announcements.Count > 0 && announcements.Peek().Week < week)
        {
            announcements.Dequeue();
        }

        // Summed anew, for a difference would leave something of what is forgotten.
        (_sums[effect], _counts[effect]) = (0, 0);
        foreach (var (_, size) in announcements)
        {
            _sums[effect] = Keep * _sums[effect] + size;
            _counts[effect] = Keep * _counts[effect] + 1;
        }
    }

    // Sums of the last 104 weeks and of the one that has begun.
    private sealed class Window
    {
        private readonly long[] _sums = new long[Weeks + 1];
        private readonly int[] _counts = new int[Weeks + 1];
        private int _slot;

        public long Sum { get; private set; }

        public int Count { get; private set; }

        public void Begin(int week)
        {
            _slot = week % _sums.Length;
            Sum -= _sums[_slot];
            Count -= _counts[_slot];
            (_sums[_slot], _counts[_slot]) = (0, 0);
        }

        public void Add(long size)
        {
            _sums[_slot] += size;
            _counts[_slot]++;
            Sum += size;
            Count++;
        }
    }
}
