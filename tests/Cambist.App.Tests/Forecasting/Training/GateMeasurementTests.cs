using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Training;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Training;

public sealed class GateMeasurementTests
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");
    private static readonly DateTimeOffset From = new(2021, 1, 4, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddDays(60);

    [Fact]
    public void A_narrower_distribution_that_is_right_passes_and_its_mean_only_where_it_knew_better()
    {
        var (without, with) = (Scores(EurUsd, _ => 0), Scores(EurUsd, hours => hours <= 4 ? 0.5 : -0.5));

        var gates = GateMeasurement.Verdicts("model-1", without, with, From, To);

        Assert.Equal([ModelGate.AllPairs, "EURUSD"], gates.Select(gate => gate.Pair));
        Assert.All(gates, gate => Assert.Equal((true, "model-1", From, To), (gate.Passed, gate.Model, gate.MeasuredFrom, gate.MeasuredUntil)));
        Assert.All(gates, gate => Assert.Equal([1, 2, 3, 4], gate.MeanHorizons));
        Assert.True(gates[0].CrpsSkill > 0 && gates[0].PValue < 0.05);
    }

    [Fact]
    public void A_model_without_a_mean_has_proven_none() =>
        Assert.All(GateMeasurement.Verdicts("model-1", Scores(UsdJpy, _ => 0), Scores(UsdJpy, _ => 0), From, To), gate => Assert.Empty(gate.MeanHorizons));

    [Fact]
    public void A_manifest_brings_its_verdicts_along()
    {
        var scores = Scores(EurUsd, _ => 0.5);
        var gate = GateMeasurement.Verdicts("model-1", scores, scores, From, To)[1];

        var metrics = GateMeasurement.Metrics(gate).ToList();

        Assert.Equal(24, metrics.Count(metric => metric is { Name: "gate.EURUSD.mean_passed", Value: 1 }));
        Assert.Contains(metrics, metric => metric is { Name: "gate.EURUSD.passed", Value: 1, HorizonHours: null });
    }

    // Every six hours returns of 0.1 % an hour, forecast with their own volatility and a share of the outcome as the mean; the baseline expects twice as much.
    private static ScoreReport Scores(CurrencyPair pair, Func<int, double> shareOfOutcome)
    {
        var scores = new ForecastScores("model-1", ["random-walk", "baseline"]);
        var random = new Random(5);
        for (var asOf = From; asOf < To; asOf = asOf.AddHours(6))
        {
            for (var hours = 1; hours <= Forecast.LongestFittedHorizon; hours++)
            {
                var std = 0.001 * Math.Sqrt(hours);
                var move = std * Math.Sqrt(12) * (random.NextDouble() - 0.5);
                var wide = new RateDistribution(1.1, 2 * std, NormalShape.Standard);
                scores.Add(pair, asOf, hours, new RateDistribution(1.1, std, NormalShape.Standard, shareOfOutcome(hours) * move), 1.1 * Math.Exp(move), [wide, wide]);
            }
        }

        return scores.Report();
    }
}
