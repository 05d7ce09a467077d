using Cambist.App.Forecasting.Record;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.App.Tests.Forecasting.Serving;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Record;

/// <summary>What the live record does to models: out of service and back, and up to champion.</summary>
public sealed class LiveGateTests : IDisposable
{
    private readonly ForecastHouse _house = new(weeks: 3, fallback: new FallbackOptions { MinForecasts = 20, Window = 48 });

    private int Today => (int)(_house.Now - DateTimeOffset.UnixEpoch).TotalDays;

    public void Dispose() => _house.Dispose();

    [Fact]
    public void A_champion_whose_intervals_do_not_hold_goes_out_of_service_for_the_pair_and_comes_back_well_within_bounds()
    {
        _house.Models.Crown("flat-1");
        Score("flat-1", "USDJPY", Today - 2, n: 96, inside: 77);
        Score("flat-1", "EURUSD", Today - 2, n: 24, inside: 17);

        // 17 of 24 are 70.8 %, 9.2 points off; both pairs together, 94 of 120, are 78.3 %.
        Guard();
        var fallback = Assert.Single(_house.Models.Book.Fallbacks);
        Assert.Equal("EURUSD", fallback.Pair);
        Assert.Equal("live record: over the last 24 hours of forecasts 70.8% of outcomes lay inside the 80 % interval, and the CRPS was 0.00 % better than the baseline's", fallback.Reason);
        Assert.Contains("live record", _house.Ask().Origin!.Why, StringComparison.Ordinal);

        // 17 + 18 of 48 are 72.9 %: inside the bound and not by half of it.
        Score("flat-1", "EURUSD", Today - 1, n: 24, inside: 18);
        Guard();
        Assert.Single(_house.Models.Book.Fallbacks);

        // The window is the newest two days: 18 + 20 of 48 are 79.2 %.
        Score("flat-1", "EURUSD", Today, n: 24, inside: 20);
        Guard();
        Assert.Empty(_house.Models.Book.Fallbacks);
        Assert.Equal(["recovered", "fell-back"], _house.Models.Registry.Store.Events("flat-1").Take(2).Select(happened => happened.What));
    }

    [Theory]
    [InlineData(1.04, true)]
    [InlineData(1.02, false)]
    public void A_champion_that_is_worse_than_the_baseline_by_more_than_a_little_goes_out_of_service(double crps, bool falls)
    {
        _house.Models.Crown("flat-1");
        Score("flat-1", "EURUSD", Today, n: 30, inside: 24, crps: crps);

        Guard();

        Assert.Equal(falls ? ["*", "EURUSD"] : [], _house.Models.Book.Fallbacks.Select(fallback => fallback.Pair));
    }

    [Fact]
    public void A_few_forecasts_prove_nothing_and_what_somebody_else_decided_stays()
    {
        _house.Models.Crown("flat-1");
        Score("flat-1", "EURUSD", Today, n: 19, inside: 1);
        Guard();
        Assert.Empty(_house.Models.Book.Fallbacks);

        _house.Models.Registry.FallBack("flat-1", "USDJPY", "looks odd");
        Score("flat-1", "USDJPY", Today, n: 30, inside: 24);
        Guard();
        Assert.Equal("looks odd", Assert.Single(_house.Models.Book.Fallbacks, fallback => fallback.Pair == "USDJPY").Reason);
    }

    [Fact]
    public void A_challenger_that_beats_champion_and_baseline_by_more_than_luck_is_promoted_with_its_figures()
    {
        _house.Models.Crown("flat-1");
        _house.Models.Register("flat-2", passed: null);
        Month("flat-1", better: 0.01);
        Month("flat-2", better: 0.03);

        Promotion();

        Assert.Equal("flat-2", _house.Models.Book.Champion!.Id);
        var promoted = _house.Models.Registry.Store.Events("flat-2")[0];
        Assert.Equal(("promoted", ModelActor.Gate), (promoted.What, promoted.Actor));
        Assert.StartsWith("its live CRPS was 2.0", promoted.Reason, StringComparison.Ordinal);
        Assert.Equal((true, 3000L), _house.Models.Book.PooledGate("flat-2") is { } gate ? (gate.Passed, gate.Count) : default);
        Assert.Equal("flat-1", _house.Models.Book.Champion.Predecessor);
    }

    [Theory]
    [InlineData(30, 100, 0.01, 0.01)]
    [InlineData(30, 100, 0.02, -0.01)]
    [InlineData(15, 200, 0.0, 0.03)]
    [InlineData(30, 20, 0.0, 0.03)]
    public void One_that_is_no_better_or_has_shown_too_little_stays_a_challenger(int days, int perDay, double champion, double challenger)
    {
        _house.Models.Crown("flat-1");
        _house.Models.Register("flat-2");
        Month("flat-1", champion, days, perDay);
        Month("flat-2", challenger, days, perDay);

        Promotion();

        Assert.Equal("flat-1", _house.Models.Book.Champion!.Id);
    }

    [Fact]
    public void Whoever_came_first_is_tried_first_and_a_night_brings_nobody_out_of_a_trial()
    {
        foreach (var id in new[] { "flat-1", "flat-2", "flat-3", "flat-4" })
        {
            _house.Models.Register(id);
            _house.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(["flat-1", "flat-2", "flat-3"], _house.Models.Serving.Challengers(3).Select(model => model.Row.Id));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void A_trial_that_proved_nothing_in_two_months_of_the_market_ends(int days, bool retired)
    {
        _house.Models.Crown("flat-1");
        _house.Models.Register("flat-2");
        Month("flat-1", better: 0.02, days);
        Month("flat-2", better: 0.01, days);

        Promotion();

        Assert.Equal(retired ? ModelStage.Retired : ModelStage.Challenger, _house.Models.Book.Find("flat-2")!.Stage);
        if (retired)
        {
            Assert.StartsWith("after 60 days of trial it was not better than luck: 6,000 outcomes, CRPS +1.0", _house.Models.Registry.Store.Events("flat-2")[0].Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_the_programs_own_that_wait_the_newest_stays_and_an_operators_waits_as_long_as_it_takes()
    {
        foreach (var id in new[] { "flat-1", "flat-2", "flat-3", "flat-4", "flat-5", "flat-6" })
        {
            if (id == "flat-4")
            {
                _house.Models.Registry.Register(TinyModel.Write(_house.Models.Drafts, id), ModelOrigin.Trained, ModelActor.Operator, "by hand");
            }
            else
            {
                _house.Models.Register(id);
            }

            _house.Advance(TimeSpan.FromDays(1));
        }

        Promotion();

        Assert.Equal(["flat-1", "flat-2", "flat-3", "flat-4", "flat-6"], _house.Models.Book.Challengers.Select(model => model.Id));
        Assert.Equal("flat-6 was trained before its turn came", _house.Models.Registry.Store.Events("flat-5")[0].Reason);
    }

    private void Month(string model, double better, int days = 30, int perDay = 100)
    {
        // Losses change from day to day alike for all; what is gained does a little too.
        for (var day = 0; day < days; day++)
        {
            var level = 1 + 0.2 * Math.Sin(day);
            Score(model, "EURUSD", Today - day, perDay, inside: perDay * 8 / 10, level * (1 - better * (1 + 0.3 * Math.Cos(3 * day))), level);
        }
    }

    private void Score(string model, string pair, int day, int n, int inside, double crps = 1, double baseline = 1)
    {
        var said = new SaidHorizon(1, 0, new double[9]);
        _house.Record.Add([new SaidForecast(model, pair, day * 24L, 1, [said])]);
        var awaiting = _house.Record.Awaiting(int.MaxValue, 100).Single(one => one.Forecast.Hour == day * 24L && one.Forecast.Model == model && one.Forecast.Pair == pair);
        var score = new DayScore { Count = n, Crps = n * crps, AgainstCount = n, AgainstCrps = n * crps, BaselineCrps = n * baseline, Inside80 = inside };
        Assert.Equal(1, _house.Record.Settle([new Settlement(awaiting, [1], null, [(1, score)])]));
    }

    private void Guard() => _house.Models.Service<LiveGuard>().Turn(_house.Now);

    private void Promotion() => _house.Models.Service<LivePromotion>().Turn(_house.Now);
}
