using Cambist.App.Forecasting.Record;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.App.Tests.Forecasting.Serving;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Record;

/// <summary>Hours and days of a service, with a clock of the test's own.</summary>
public sealed class LiveRecordTests : IDisposable
{
    private readonly ForecastHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public void Champion_challenger_and_baseline_are_recorded_each_hour_and_scored_when_the_hour_has_come()
    {
        _house.Models.Crown("flat-1");
        _house.Models.Register("flat-2", weights: "0.5");
        var start = ForecastHouse.Hour(_house.Now);

        Run(hours: 26);

        // From noon to 14:00 of the next day there are 27 forecasts; of those of 1 hour all but the last have an outcome, of those of 4 hours all but the last four.
        var said = _house.Record.Said("flat-1", "EURUSD", start, start + 100);
        Assert.Equal(Enumerable.Range(0, 27).Select(hour => start + hour), said.Select(one => one.Forecast.Hour));
        Assert.Equal([26L, 23, 15, 3], Sums("flat-1", "EURUSD").Select(score => score.Count));
        foreach (var model in new[] { "flat-1", "flat-2", "baseline" })
        {
            Assert.Equal([26L, 23, 15, 3], Sums(model, "USDJPY").Select(score => score.Count));
            Assert.All(Sums(model, "USDJPY"), score => Assert.Equal(score.Count, score.AgainstCount));
        }

        var (first, outcomes) = said[0];
        var bars = _house.Models.Service<App.Rates.History.RateHistory>().Closes(ForecastHouse.EurUsd, _house.Now.AddDays(-3), _house.Now)!;
        Assert.Equal(first.Said.Select(horizon => bars.Until(Domain.Calendars.UnixHour.ToInstant(start + horizon.Hours)).Closes[^1]), outcomes);
        Assert.Equal(bars.Until(Domain.Calendars.UnixHour.ToInstant(start)).Closes[^1], first.Spot);
    }

    [Fact]
    public void A_recorded_score_is_what_evaluation_says_of_the_same_forecast()
    {
        var forecast = _house.Ask().Forecast!;
        Run(hours: 1);

        var outcome = _house.Models.Service<App.Rates.History.RateHistory>().Closes(ForecastHouse.EurUsd, _house.Now.AddDays(-3), _house.Now)!.Closes[^1];
        var spot = _house.Record.Said("baseline", "EURUSD", 0, int.MaxValue)[0].Forecast.Spot;
        var same = forecast.AfterHours(1) with { Spot = spot };
        Assert.Equal(Crps.OfPublished(same, outcome), Sums("baseline", "EURUSD")[0].Crps, 8);
    }

    [Fact]
    public void Turns_of_the_same_hour_and_a_second_node_change_nothing()
    {
        _house.Models.Crown("flat-1");
        Run(hours: 5);
        var before = _house.Record.Scores(null, null, 0, 30_000);

        _house.Refresh();
        var recorder = _house.Models.Service<ForecastRecorder>();
        Assert.Equal((0, 0), (recorder.Record(_house.Now), recorder.Settle(_house.Now)));

        Assert.Equal(before, _house.Record.Scores(null, null, 0, 30_000));
    }

    [Fact]
    public void After_an_outage_outcomes_are_made_up_for_and_forecasts_are_not()
    {
        var start = ForecastHouse.Hour(_house.Now);
        _house.Refresh();
        _house.Advance(TimeSpan.FromHours(30));

        _house.Refresh();

        Assert.Equal([start, start + 30], _house.Record.Said("baseline", "EURUSD", start, start + 100).Select(one => one.Forecast.Hour));
        Assert.Equal([1L, 1, 1, 1], Sums("baseline", "EURUSD").Select(score => score.Count));
    }

    [Fact]
    public void An_outcome_without_a_bar_is_waited_for_and_then_said_to_be_missing()
    {
        var start = ForecastHouse.Hour(_house.Now);
        // A bar is named by its opening: this one closes four hours from now.
        _house.Sql($"DELETE FROM hourly_bar WHERE hour = {start + 3};");
        Run(hours: 6);
        // Forecasts were made at hours 0 to 3, 5 and 6; hour 4 has no bar. Of 1 hour those of 0, 1, 2 and 5 have an outcome, of 4 hours those of 1 and 2.
        Assert.Equal([4L, 2], Sums("baseline", "EURUSD").Take(2).Select(score => score.Count));
        Assert.All(Sums("baseline", "EURUSD"), score => Assert.Equal(0, score.Missing));

        Run(hours: 50);

        var scores = Sums("baseline", "EURUSD");
        Assert.Equal((1, 1), (scores[0].Missing, scores[1].Missing));
        Assert.Equal(double.PositiveInfinity, _house.Record.Said("baseline", "EURUSD", start, start)[0].Outcomes[1]);
    }

    [Theory]
    [InlineData("EURHRK")] // Given up since.
    [InlineData("EURQQQ")]
    public void A_pair_that_cannot_be_read_any_more_has_no_outcomes_and_keeps_no_other_from_having_its(string pair)
    {
        _house.Refresh();
        _house.Sql($"UPDATE forecast_name SET name = '{pair}' WHERE name = 'USDJPY';");

        Run(hours: 60);

        Assert.True(Sums("baseline", "EURUSD")[0].Count > 50);
        Assert.All(Sums("baseline", pair), score => Assert.True(score is { Count: 0, Missing: > 0 }));
    }

    [Fact]
    public void Forecasts_into_a_weekend_are_scored_by_fridays_close_and_none_are_made_in_it()
    {
        // Friday 20:00 UTC; New York closes at 21:00.
        _house.Advance(TimeSpan.FromHours(56));
        var friday = ForecastHouse.Hour(_house.Now);
        Run(hours: 10);

        var said = _house.Record.Said("baseline", "EURUSD", friday, friday + 20);

        Assert.Equal([friday], said.Select(one => one.Forecast.Hour));
        Assert.Equal(said[0].Outcomes[0], said[0].Outcomes[1]);
        Assert.True(double.IsNaN(said[0].Outcomes[2]));
    }

    [Fact]
    public void The_record_tells_live_and_walk_forward_apart()
    {
        _house.Models.Crown("flat-1");
        Run(hours: 30);
        var today = DateOnly.FromDateTime(_house.Now.UtcDateTime);

        var told = _house.Models.Service<RecordWire>().Of(null, ForecastHouse.EurUsd.Inverse, today.AddDays(-5), today);

        Assert.Equal(["flat-1", "baseline"], told.Models.Select(model => model.Model));
        var champion = told.Models[0];
        Assert.Equal(("champion", "EURUSD"), (champion.Stage, Assert.Single(champion.Live.Pairs)));
        Assert.Equal([1, 4, 12, 24], champion.Live.Horizons.Select(horizon => horizon.HorizonHours!.Value));
        Assert.Equal((30L, null), (champion.Live.Horizons[0].Count, champion.Live.Horizons[0].PValue));
        Assert.InRange(champion.Live.Pooled.Coverage80!.Value, 0.5, 1);
        Assert.Equal(0, told.Models[1].Live.Pooled.Skill);
        Assert.Equal((0.031, 1), champion.WalkForward!.Figures[0] is var figure ? (figure.Value, figure.HorizonHours!.Value) : default);
        Assert.Equal(0.0131, champion.WalkForward.Gates[0].CrpsSkill);
        Assert.Null(told.Models[1].WalkForward);
    }

    private void Run(int hours)
    {
        _house.Refresh();
        for (var hour = 0; hour < hours; hour++)
        {
            _house.Advance(TimeSpan.FromHours(1));
            _house.Refresh();
        }
    }

    private List<DayScore> Sums(string model, string pair) =>
        [.. _house.Record.Scores(model, pair, 0, 30_000).GroupBy(day => day.Hours).OrderBy(hours => hours.Key).Select(hours => hours.Aggregate(new DayScore(), (sum, day) => sum + day.Score))];
}
