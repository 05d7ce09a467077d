namespace Cambist.Domain.Evaluation.Advice;

/// <summary>Sums of outcomes by the instant at which their goals were asked.</summary>
internal sealed class AdviceCell(DateTimeOffset from, TimeSpan every)
{
    // The place of each instant in the sums: a cell may have few of them, far apart.
    private readonly Dictionary<int, int> _places = [];
    private readonly Means[] _bps = NewMeans(), _usd = NewMeans();
    private readonly int[] _goals = new int[AdviceStrategies.All.Count], _won = new int[AdviceStrategies.All.Count], _lost = new int[AdviceStrategies.All.Count];
    private readonly Means _gap = new();
    private readonly ProbabilityCalibration _calibration = new();
    private double _cost, _confidence;
    private int _waited, _cheaper, _longestDeadline;

    /// <summary>Outcomes.</summary>
    public int Count { get; private set; }

    public void Add(AdviceOutcome outcome)
    {
        var instant = (int)((outcome.Goal.AskedAt - from).Ticks / every.Ticks);
        if (!_places.TryGetValue(instant, out var place))
        {
            _places[instant] = place = _places.Count;
        }

        Count++;
        _waited += outcome.Waited ? 1 : 0;
        _cost += outcome.Advised;
        _longestDeadline = Math.Max(_longestDeadline, outcome.Goal.DeadlineDays);
        for (var i = 0; i < outcome.Gains.Count; i++)
        {
            if (outcome.Gains[i] is { } gain)
            {
                _goals[i]++;
                _won[i] += gain.Bps > 0 ? 1 : 0;
                _lost[i] += gain.Bps < 0 ? 1 : 0;
                _bps[i].Add(place, gain.Bps);
                _usd[i].Add(place, gain.Usd);
            }
        }

        foreach (var claim in outcome.Claims)
        {
            _calibration.Add(claim.Probability, claim.Cheaper);
            _confidence += claim.Probability;
            _cheaper += claim.Cheaper ? 1 : 0;
            _gap.Add(place, (claim.Cheaper ? 1 : 0) - claim.Probability);
        }
    }

    public AdviceScoreRow Row(AdviceScoreKey key)
    {
        // Goals asked within a deadline of each other live through the same rates.
        var overlap = (int)Math.Ceiling(TimeSpan.FromDays(_longestDeadline) / every) - 1;
        int[] inTime = [.. _places.OrderBy(instant => instant.Key).Select(instant => instant.Value)];
        return new AdviceScoreRow(
            key,
            Count,
            (double)_waited / Count,
            _cost / Count,
            [.. AdviceStrategies.All.Select((strategy, i) => new StrategyScore(
                strategy, _goals[i], _bps[i].Interval(inTime, overlap), _usd[i].Interval(inTime, overlap), (double)_won[i] / _goals[i], (double)_lost[i] / _goals[i]))],
            new ConfidenceScore(_calibration, _confidence / _calibration.Count, (double)_cheaper / _calibration.Count, _gap.Interval(inTime, overlap)));
    }

    private static Means[] NewMeans() => [.. AdviceStrategies.All.Select(_ => new Means())];

    // A number per instant: the mean of what was added there.
    private sealed class Means
    {
        private readonly List<(double Sum, int Count)> _sums = [];

        public void Add(int place, double? value)
        {
            if (value is not { } known)
            {
                return;
            }

            while (_sums.Count <= place)
            {
                _sums.Add(default);
            }

            var (sum, count) = _sums[place];
            _sums[place] = (sum + known, count + 1);
        }

        public MeanInterval Interval(int[] inTime, int overlap) =>
            MeanInterval.Of([.. inTime.Where(place => place < _sums.Count && _sums[place].Count > 0).Select(place => _sums[place].Sum / _sums[place].Count)], overlap);
    }
}
