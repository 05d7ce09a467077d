using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>The running scores of a pair at a horizon. Distributions are scored and let go; of each outcome only its instant and its losses stay, for the test against the references.</summary>
internal sealed class ScoreCell(int references)
{
    private static readonly int LevelCount = RateDistribution.Levels.Count;

    private readonly double[] _pinball = new double[LevelCount];
    private readonly List<int> _hours = [];
    private readonly List<float> _losses = [];

    // By how much the squared error of no change is larger than that of the mean, of each outcome.
    private readonly List<float> _meanGains = [];

    // A loss per outcome, not a number where the reference had no forecast.
    private readonly List<float>[] _referenceLosses = [.. Enumerable.Range(0, references).Select(_ => new List<float>())];

    public Coverage Coverage { get; } = new();

    public PitHistogram Pit { get; } = new();

    public ProbabilityCalibration Up { get; } = new();

    public PointErrors Median { get; } = new();

    public PointErrors NoChange { get; } = new();

    public DirectionalAccuracy Direction { get; } = new();

    public int Count => _hours.Count;

    /// <summary>Mean pinball loss of each published level.</summary>
    public IReadOnlyList<double> Pinball => [.. _pinball.Select(sum => sum / Count)];

    /// <summary>Mean CRPS by the published quantiles.</summary>
    public double MeanCrps => 2 * _pinball.Zip(Crps.PublishedWeights, (sum, weight) => sum * weight).Sum() / Count;

    public void Add(int hour, RateDistribution forecast, double outcome, ReadOnlySpan<RateDistribution?> references)
    {
        Span<double> quantiles = stackalloc double[LevelCount];
        var logReturn = Math.Log(outcome / forecast.Spot);
        forecast.PublishedReturns(quantiles);
        var crps = 0.0;
        for (var i = 0; i < LevelCount; i++)
        {
            var loss = Evaluation.Pinball.Loss(RateDistribution.Levels[i], quantiles[i], logReturn);
            _pinball[i] += loss;
            crps += 2 * Crps.PublishedWeights[i] * loss;
        }

        _hours.Add(hour);
        _losses.Add((float)crps);
        for (var i = 0; i < references.Length; i++)
        {
            _referenceLosses[i].Add(references[i] is { } reference ? (float)Crps.OfPublished(reference, outcome) : float.NaN);
        }

        _meanGains.Add((float)(logReturn * logReturn - (logReturn - forecast.Drift) * (logReturn - forecast.Drift)));
        var median = forecast.Quantile(0.5);
        Coverage.Add(forecast, outcome);
        Pit.Add(forecast, outcome);
        Median.Add(median, outcome);
        NoChange.Add(forecast.Spot, outcome);
        Direction.Add(forecast.Spot, median, outcome);
        if (outcome != forecast.Spot)
        {
            Up.Add(forecast.ProbabilityAbove(forecast.Spot), outcome > forecast.Spot);
        }
    }

    public void Add(ScoreCell other)
    {
        for (var i = 0; i < LevelCount; i++)
        {
            _pinball[i] += other._pinball[i];
        }

        _hours.AddRange(other._hours);
        _losses.AddRange(other._losses);
        _meanGains.AddRange(other._meanGains);
        for (var i = 0; i < _referenceLosses.Length; i++)
        {
            _referenceLosses[i].AddRange(other._referenceLosses[i]);
        }

        Coverage.Add(other.Coverage);
        Pit.Add(other.Pit);
        Up.Add(other.Up);
        Median.Add(other.Median);
        NoChange.Add(other.NoChange);
        Direction.Add(other.Direction);
    }

    /// <summary>The forecaster against a reference, wherever both had a forecast.</summary>
    /// <param name="reference">Which.</param>
    /// <param name="name">Its id.</param>
    /// <param name="longestHorizon">The longest horizon of the outcomes, in clock hours.</param>
    public SkillScore Against(int reference, string name, int longestHorizon)
    {
        var theirs = _referenceLosses[reference];
        double own = 0, others = 0;
        var count = 0;
        for (var i = 0; i < _hours.Count; i++)
        {
            if (!float.IsNaN(theirs[i]))
            {
                count++;
                own += _losses[i];
                others += theirs[i];
            }
        }

        return new SkillScore(name, count, others / count, 1 - own / others, Test(longestHorizon, i => theirs[i] - _losses[i]));
    }

    /// <summary>The mean against no change, on squared errors.</summary>
    /// <param name="longestHorizon">The longest horizon of the outcomes, in clock hours.</param>
    public DieboldMariano MeanAgainstNoChange(int longestHorizon) => Test(longestHorizon, i => _meanGains[i]);

    // What was gained at each outcome, of those at one instant their mean; not a number counts for nothing.
    private DieboldMariano Test(int longestHorizon, Func<int, double> gain)
    {
        var byHour = new SortedDictionary<int, (double Sum, int Count)>();
        for (var i = 0; i < _hours.Count; i++)
        {
            if (gain(i) is var gained && !double.IsNaN(gained))
            {
                var (sum, count) = byHour.GetValueOrDefault(_hours[i]);
                byHour[_hours[i]] = (sum + gained, count + 1);
            }
        }

        return DieboldMariano.Test([.. byHour.Values.Select(of => of.Sum / of.Count)], DieboldMariano.Overlap([.. byHour.Keys], longestHorizon));
    }
}
