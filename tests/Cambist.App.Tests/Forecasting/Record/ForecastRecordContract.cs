using Cambist.App.Forecasting.Record;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Record;

public sealed class SqliteForecastRecordTests() : ForecastRecordContract(Engine.Sqlite);

public sealed class PostgresForecastRecordTests() : ForecastRecordContract(Engine.Postgres);

/// <summary>What the record of forecasts does on every engine.</summary>
public abstract class ForecastRecordContract : IDisposable
{
    // 2026-03-18 12:00 UTC in hours since 1970: day 20,530 and 12 hours.
    private const long Noon = 20_530 * 24 + 12;

    private readonly TestDatabase database;
    private readonly Database store;
    private readonly ForecastRecordStore record;

    protected ForecastRecordContract(Engine engine)
    {
        database = new TestDatabase(engine);
        store = database.Open();
        record = new ForecastRecordStore(store);
    }

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_forecast_is_recorded_once_whoever_comes_first()
    {
        Assert.Equal(2, record.Add([Said("flat-1"), Said("baseline")]));
        Assert.Equal(1, new ForecastRecordStore(store).Add([Said("flat-1", scale: 9), Said("flat-2")]));

        var (forecast, outcomes) = Assert.Single(record.Said("flat-1", "EURUSD", Noon, Noon));
        Assert.Equal(1.25, forecast.Spot);
        Assert.Equal([1, 4], forecast.Said.Select(horizon => horizon.Hours));
        Assert.Equal(Quantiles(1).Select(quantile => (float)quantile), forecast.Said[0].Quantiles.Select(quantile => (float)quantile));
        Assert.Equal([double.NaN, double.NaN], outcomes);
    }

    [Fact]
    public void It_awaits_each_horizon_at_its_hour_and_brings_what_the_baseline_said()
    {
        record.Add([Said("flat-1"), Said("baseline", scale: 2), Said("flat-1", pair: "USDJPY")]);

        Assert.Empty(record.Awaiting(Noon, 10));
        var awaiting = record.Awaiting(Noon + 1, 10);

        Assert.Equal(3, awaiting.Count);
        var own = awaiting.Single(one => one.Forecast is { Model: "flat-1", Pair: "EURUSD" });
        Assert.Equal((float)Quantiles(2)[0], (float)own.Baseline![0].Quantiles[0]);
        Assert.Null(awaiting.Single(one => one.Forecast.Pair == "USDJPY").Baseline);
        Assert.Equal(2, record.Awaiting(Noon + 1, 2).Count);
    }

    [Fact]
    public void An_outcome_counts_once_whoever_finds_it()
    {
        record.Add([Said("flat-1")]);
        var awaiting = record.Awaiting(Noon + 1, 10).Single();
        var settlement = new Settlement(awaiting, [1.26, double.NaN], Noon + 4, [(1, new DayScore { Count = 1, Crps = 0.5, Inside80 = 1 })]);

        Assert.Equal(1, record.Settle([settlement]));
        Assert.Equal(0, new ForecastRecordStore(store).Settle([settlement]));

        var score = Assert.Single(record.Scores("flat-1", "EURUSD", 20_530, 20_530));
        Assert.Equal(("flat-1", "EURUSD", 1, 20_530), (score.Model, score.Pair, score.Hours, score.Day));
        Assert.Equal(new DayScore { Count = 1, Crps = 0.5, Inside80 = 1 }, score.Score);
        Assert.Empty(record.Awaiting(Noon + 3, 10));
        Assert.Equal([1.26, double.NaN], record.Awaiting(Noon + 4, 10).Single().Outcomes);
    }

    [Fact]
    public void Scores_of_a_day_are_summed_and_found_by_model_pair_and_day()
    {
        record.Add([Said("flat-1"), Said("flat-1", hour: Noon + 1), Said("flat-1", hour: Noon + 24), Said("baseline")]);
        var all = new DayScore
        {
            Count = 1, Missing = 2, Crps = 3, AgainstCount = 4, AgainstCrps = 5, BaselineCrps = 6, LogError = 7, PercentError = 8, PercentNoChange = 9, Inside50 = 10, Inside80 = 11, Inside95 = 12, Calls = 13, Hits = 14,
        };
        record.Settle([.. record.Awaiting(Noon + 100, 10).Select(one => new Settlement(one, [1, 1], null, [(1, all)]))]);

        Assert.Equal([all + all, all], record.Scores("flat-1", null, 0, 30_000).Select(day => day.Score));
        Assert.Equal(3, record.Scores(null, null, 0, 30_000).Count);
        Assert.Equal(["baseline", "flat-1"], record.Scores(null, "EURUSD", 20_530, 20_530).Select(day => day.Model));
        Assert.Empty(record.Scores(null, "USDJPY", 0, 30_000));
        Assert.Empty(record.Awaiting(Noon + 100, 10));
    }

    [Fact]
    public void What_is_old_goes_forecasts_before_scores()
    {
        record.Add([Said("flat-1"), Said("flat-1", hour: Noon + 48)]);
        record.Settle([.. record.Awaiting(Noon + 100, 10).Select(one => new Settlement(one, [1, 1], null, [(1, new DayScore { Count = 1 })]))]);

        record.Trim(Noon + 1, 20_530);
        Assert.Equal((1, 2), (record.Said("flat-1", "EURUSD", 0, Noon + 100).Count, record.Scores(null, null, 0, 30_000).Count));

        record.Trim(Noon + 1, 20_531);
        Assert.Equal([20_532], record.Scores(null, null, 0, 30_000).Select(day => day.Day));
    }

    private static SaidForecast Said(string model, string pair = "EURUSD", long hour = Noon, double scale = 1) =>
        new(model, pair, hour, 1.25, [new SaidHorizon(1, 0, Quantiles(scale)), new SaidHorizon(4, 0.0001, Quantiles(2 * scale))]);

    private static double[] Quantiles(double scale) => [.. new[] { -0.004, -0.003, -0.002, -0.001, 0, 0.001, 0.002, 0.003, 0.004 }.Select(quantile => scale * quantile)];
}
