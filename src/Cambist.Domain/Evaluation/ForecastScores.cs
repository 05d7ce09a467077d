using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>Collects what was forecast and what came, and tells how good it was: by horizon, by pair, and pooled.</summary>
public sealed class ForecastScores
{
    private readonly string[] _references;
    private readonly SortedDictionary<(string Pair, int HorizonHours), ScoreCell> _cells = new(
        Comparer<(string Pair, int HorizonHours)>.Create((a, b) => string.CompareOrdinal(a.Pair, b.Pair) is var order and not 0 ? order : a.HorizonHours.CompareTo(b.HorizonHours)));

    /// <summary>An empty scoreboard.</summary>
    /// <param name="model">Id of the forecaster.</param>
    /// <param name="references">Ids of the forecasters that it is compared with.</param>
    public ForecastScores(string model, IReadOnlyList<string> references)
    {
        Model = model;
        _references = [.. references];
    }

    /// <summary>Id of the forecaster.</summary>
    public string Model { get; }

    /// <summary>Counts an outcome.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="asOf">The instant of the forecast.</param>
    /// <param name="horizonHours">Clock hours from it to the outcome.</param>
    /// <param name="forecast">What was forecast.</param>
    /// <param name="outcome">The rate that came.</param>
    /// <param name="references">What each reference said of the same outcome, in their order; null where one had no forecast.</param>
    public void Add(CurrencyPair pair, DateTimeOffset asOf, int horizonHours, RateDistribution forecast, double outcome, ReadOnlySpan<RateDistribution?> references)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (references.Length != _references.Length)
        {
            throw new ArgumentException($"There are {_references.Length} references, found {references.Length} forecasts.", nameof(references));
        }

        var key = (pair.Symbol, horizonHours);
        if (!_cells.TryGetValue(key, out var cell))
        {
            _cells[key] = cell = new ScoreCell(_references.Length);
        }

        cell.Add((int)UnixHour.Floor(asOf), forecast, outcome, references);
    }

    /// <summary>The report: pooled over everything first, then each horizon over all pairs, each pair over all horizons, and each pair at each horizon.</summary>
    public ScoreReport Report()
    {
        var pairs = _cells.Keys.Select(key => key.Pair).Distinct().ToList();
        var horizons = _cells.Keys.Select(key => key.HorizonHours).Distinct().Order().ToList();
        return new ScoreReport(
            Model,
            _references,
            pairs,
            _cells.Count == 0 ? null : Row(null, null, _cells.Keys),
            [.. horizons.Select(hours => Row(null, hours, _cells.Keys.Where(key => key.HorizonHours == hours)))],
            [.. pairs.Select(pair => Row(pair, null, _cells.Keys.Where(key => key.Pair == pair)))],
            [.. _cells.Keys.Select(key => Row(key.Pair, key.HorizonHours, [key]))]);
    }

    private ScoreRow Row(string? pair, int? horizonHours, IEnumerable<(string Pair, int HorizonHours)> keys)
    {
        var (pooled, longest) = (new ScoreCell(_references.Length), 0);
        foreach (var key in keys)
        {
            pooled.Add(_cells[key]);
            longest = Math.Max(longest, key.HorizonHours);
        }

        return new ScoreRow(
            pair, horizonHours, pooled.Count, pooled.MeanCrps, pooled.Pinball, pooled.Coverage, pooled.Pit, pooled.Up, pooled.Median, pooled.NoChange, pooled.MeanAgainstNoChange(longest), pooled.Direction,
            [.. _references.Select((name, index) => pooled.Against(index, name, longest))]);
    }
}
