using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting.Baselines;

namespace Cambist.App.Forecasting.Record;

/// <summary>Tells the record of live forecasts as the wire has it, and beside it, apart, what each model's own card says.</summary>
internal sealed class RecordWire(ForecastRecordStore store, ModelsWire models, ServingModels serving, MarketFacts market, TimeProvider clock)
{
    /// <summary>The record.</summary>
    /// <param name="model">A model's id; null: every model with a live record, and those that forecast now.</param>
    /// <param name="pair">The pair, either way round; null: all.</param>
    /// <param name="from">The first day, whole.</param>
    /// <param name="to">The last day, whole.</param>
    public ForecastRecord Of(string? model, CurrencyPair? pair, DateOnly from, DateOnly to)
    {
        var days = store.Scores(model, pair: null, Day(from), Day(to)).Where(day => pair is null || day.Pair == pair.Symbol || day.Pair == pair.Inverse.Symbol).ToList();
        var registered = models.All().Models;
        var ids = days.Select(day => day.Model).Concat(registered.Where(one => one.Stage != "retired").Select(one => one.Id)).Append(SeasonalEwma.Id).Where(id => model is null || id == model).Distinct();
        return new ForecastRecord(
            from,
            to,
            pair?.ToString(),
            [.. ids.Select(id => Of(id, registered.FirstOrDefault(one => one.Id == id), [.. days.Where(day => day.Model == id)], pair)).OrderBy(told => Rank(told.Stage))],
            market.IsSimulated,
            clock.GetUtcNow());
    }

    /// <summary>Whether a model of this id is known, registered or in the record.</summary>
    public bool Knows(string model, DateOnly from, DateOnly to) =>
        model == SeasonalEwma.Id || models.Find(model) is not null || store.Scores(model, pair: null, Day(from), Day(to)).Count > 0;

    private RecordedModel Of(string id, ModelSummary? registered, IReadOnlyList<ScoredDay> days, CurrencyPair? pair) => new(
        id,
        registered?.Stage ?? (id == SeasonalEwma.Id ? SeasonalEwma.Id : "gone"),
        new LiveRecord(
            days.Select(day => day.Pair).Distinct().Order(StringComparer.Ordinal).ToList(),
            days.Count == 0 ? null : Date(days.Min(day => day.Day)),
            days.Count == 0 ? null : Date(days.Max(day => day.Day)),
            Horizon(null, days),
            [.. days.GroupBy(day => day.Hours).OrderBy(hours => hours.Key).Select(hours => Horizon(hours.Key, hours))]),
        registered is null ? null : WalkForward(registered, pair));

    private WalkForwardRecord WalkForward(ModelSummary model, CurrencyPair? pair) => new(
        model.TrainedUntil,
        [.. model.Gates.Where(gate => pair is null || gate.Pair is null || gate.Pair == pair.Symbol || gate.Pair == pair.Inverse.Symbol)],
        model.Stage != "retired" && serving.ManifestOf(model.Id) is { } manifest ? [.. manifest.Metrics.Where(metric => !metric.Name.StartsWith("gate.", StringComparison.Ordinal)).Select(metric => new WalkForwardFigure(metric.Name, metric.HorizonHours, metric.Value))] : []);

    private static HorizonRecord Horizon(int? hours, IEnumerable<ScoredDay> days)
    {
        var scores = LiveScores.Of(days);
        var sum = scores.Sum;
        var interval = WilsonInterval.Of((int)sum.Hits, (int)sum.Calls);
        return new HorizonRecord(
            hours,
            sum.Count,
            sum.Missing,
            scores.Days,
            Mean(sum.Crps),
            scores.Skill,
            scores.AgainstBaseline?.PValue,
            Mean(sum.Inside50),
            Mean(sum.Inside80),
            Mean(sum.Inside95),
            Mean(sum.PercentError),
            Mean(sum.PercentNoChange),
            new DirectionRecord(sum.Calls, sum.Calls > 0 ? (double)sum.Hits / sum.Calls : null, interval.Low, interval.High));

        double? Mean(double total) => sum.Count > 0 ? total / sum.Count : null;
    }

    private static int Rank(string stage) => stage switch { "champion" => 0, "challenger" => 1, SeasonalEwma.Id => 2, _ => 3 };

    private static int Day(DateOnly date) => date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static DateOnly Date(int day) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day);
}
