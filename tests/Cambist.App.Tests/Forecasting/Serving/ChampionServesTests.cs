using Cambist.App.Forecasting;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Rates.History;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Models;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Serving;

public sealed class ChampionServesTests : IDisposable
{
    private readonly ForecastHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public void Without_a_model_the_baseline_serves_and_says_so()
    {
        var answer = _house.Ask();

        Assert.Equal("baseline", answer.Forecast!.Model);
        Assert.Equal((false, "no model is champion"), (answer.Origin!.IsChampion, answer.Origin.Why));
    }

    [Fact]
    public void The_champion_serves_the_pairs_for_which_it_passed_and_the_baseline_the_others()
    {
        _house.Models.Crown("flat-1", pairs: [("EURUSD", true), ("USDJPY", false)]);

        var (passed, inverse, failed) = (_house.Ask(), _house.Ask(ForecastHouse.EurUsd.Inverse), _house.Ask(ForecastHouse.UsdJpy));

        Assert.Equal(("flat-1", true, TinyModel.TrainedUntil), (passed.Forecast!.Model, passed.Origin!.IsChampion, passed.Forecast.FittedUntil));
        Assert.Contains("passed its gate for EUR/USD", passed.Origin.Why, StringComparison.Ordinal);
        Assert.Equal([4], passed.Origin.EdgeHours);
        Assert.Equal("flat-1", inverse.Forecast!.Model);
        Assert.Equal("baseline", failed.Forecast!.Model);
        Assert.Empty(failed.Origin!.EdgeHours);
        Assert.Contains("has not passed its gate for USD/JPY", failed.Origin.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(61)]
    [InlineData(24 * 60)]
    [InlineData(3 * 24 * 60 + 30)]
    public void What_it_serves_hour_by_hour_is_what_walk_forward_says_of_the_same_instant(int minutesLater)
    {
        _house.Models.Crown("flat-1");
        _house.Ask();
        for (var left = minutesLater; left > 0; left -= 60)
        {
            _house.Advance(TimeSpan.FromMinutes(Math.Min(60, left)));
            _house.Refresh();
        }

        var served = _house.Ask().Forecast!;

        Assert.Equal("flat-1", served.Model);
        Assert.Equal(Quantiles(Walked(_house.Now)), Quantiles(served));
    }

    [Fact]
    public void A_question_about_the_past_is_answered_from_what_was_known_then()
    {
        _house.Models.Crown("flat-1");
        var asOf = _house.Now.AddDays(-9);

        var answer = _house.Ask(asOf: asOf);

        Assert.Equal("flat-1", answer.Forecast!.Model);
        Assert.Equal(Quantiles(Walked(asOf)), Quantiles(answer.Forecast));
    }

    [Fact]
    public void A_model_does_not_answer_for_a_time_that_it_has_learned_from()
    {
        _house.Models.Registry.Register(Write("flat-1", json => json["trained_until"] = "2026-03-10T00:00:00Z"), App.Forecasting.Registry.ModelOrigin.Trained, App.Forecasting.Registry.ModelActor.Gate, "");
        _house.Models.Registry.Promote("flat-1", App.Forecasting.Registry.ModelActor.Operator);

        Assert.Equal("flat-1", _house.Ask().Forecast!.Model);
        Assert.Equal("flat-1 learned from data up to 2026-03-10, after the instant that was asked for", _house.Ask(asOf: _house.Now.AddDays(-9)).Origin!.Why);
    }

    [Fact]
    public void Nor_where_the_clock_of_a_replay_stands_before_the_end_of_its_training()
    {
        _house.Models.Registry.Register(Write("flat-1", json => json["trained_until"] = "2026-03-19T00:00:00Z"), App.Forecasting.Registry.ModelOrigin.Trained, App.Forecasting.Registry.ModelActor.Gate, "");
        _house.Models.Registry.Promote("flat-1", App.Forecasting.Registry.ModelActor.Operator);

        var answer = _house.Ask();

        Assert.Equal("baseline", answer.Forecast!.Model);
        Assert.Equal("flat-1 learned from data up to 2026-03-19, after the instant that was asked for", answer.Origin!.Why);
    }

    [Fact]
    public void As_it_would_have_served_the_baseline_speaks_of_what_a_model_has_learned()
    {
        var learned = new LearnedFamily("flat-1", new TinyModel(0.25f), _house.Now.AddDays(-3));
        var served = new ServedInTime(learned, _house.Now.AddDays(-3));
        HourlySeries? Read(CurrencyPair pair) => _house.Models.Service<RateHistory>().Closes(pair, _house.Now.AddDays(-7 * served.WeeksOfHistory), _house.Now);

        var forecasts = served.Predict(new MarketHistory(Read(ForecastHouse.EurUsd)!, Read), [.. new[] { -5, -4, -3, -1 }.Select(days => new Standpoint(_house.Now.AddDays(days), 1.1))]);

        Assert.Equal(["baseline", "baseline", "flat-1", "flat-1"], forecasts.Select(forecast => forecast!.Model));
    }

    [Fact]
    public void A_question_that_comes_a_moment_after_the_turn_of_the_hour_is_answered_by_the_champion()
    {
        _house.Models.Crown("flat-1");
        _house.Ask();
        _house.Advance(TimeSpan.FromHours(1));
        _house.Ask();

        var answer = _house.Ask(asOf: _house.Now.AddSeconds(-1));

        Assert.Equal("flat-1", answer.Forecast!.Model);
        Assert.Equal(Quantiles(Walked(_house.Now.AddSeconds(-1))), Quantiles(answer.Forecast));
    }

    [Fact]
    public async Task A_service_does_not_wait_for_shapes_and_the_baseline_serves_until_they_are_there()
    {
        _house.Models.Crown("flat-1");
        var shapes = _house.Models.Service<ModelShapes>();
        using var stop = new CancellationTokenSource();
        var aside = shapes.MeasureWantedAsync((fault, _) => throw fault, stop.Token);

        var before = _house.Ask();
        Assert.Equal("the errors that flat-1 made on EUR/USD over the last year are being measured, which takes a moment", before.Origin!.Why);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (_house.Ask().Forecast!.Model != "flat-1")
        {
            Assert.False(patience.IsCancellationRequested, _house.Ask().Origin!.Why);
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => aside);
    }

    [Fact]
    public void Pairs_that_nobody_asks_for_are_given_up_and_the_majors_stay()
    {
        var live = new LivePairs(_house.Models.Service<RateHistory>(), new ForecastingOptions { MostPairs = 2 }, _house.Models.Clock);
        foreach (var pair in new[] { "USD/EUR", "JPY/USD", "EUR/USD", "JPY/EUR" })
        {
            live.Asked(CurrencyPair.Parse(pair), _house.Now);
            _house.Advance(TimeSpan.FromSeconds(1));
            foreach (var followed in live.Followed)
            {
                live.At(followed, _house.Now); // As the hourly work does, which is no question.
            }
        }

        Assert.Equal(["EURUSD", "JPYEUR"], live.Followed.Select(pair => pair.Symbol).Order(StringComparer.Ordinal));
    }

    private string Write(string id, Action<System.Text.Json.Nodes.JsonObject> change)
    {
        var folder = TinyModel.Write(_house.Models.Drafts, id);
        TinyModel.Edit(folder, change);
        return folder;
    }

    private Forecast Walked(DateTimeOffset asOf)
    {
        var history = _house.Models.Service<RateHistory>();
        var family = new LearnedFamily("flat-1", new TinyModel(0.25f), TinyModel.TrainedUntil);
        HourlySeries? Read(CurrencyPair pair) => history.Closes(pair, FxWeek.OpenOf(asOf).AddDays(-7 * family.WeeksOfHistory), asOf);
        return family.Predict(new MarketHistory(Read(ForecastHouse.EurUsd)!, Read), [new Standpoint(asOf, 1.1)]).Single()!;
    }

    private static double[] Quantiles(Forecast forecast) =>
        [.. from hours in new[] { 1, 4, 12, 24, 90 } from level in RateDistribution.Levels select Math.Round(forecast.AfterHours(hours).Quantile(level), 9)];
}
