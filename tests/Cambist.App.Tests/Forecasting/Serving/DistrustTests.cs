using Cambist.App.Forecasting;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Rates.History;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Serving;

/// <summary>What a learned model is not trusted with, and that the reason is told.</summary>
public sealed class DistrustTests : IDisposable
{
    private readonly ForecastHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public void Hours_that_never_moved_are_named()
    {
        _house.Models.Crown("flat-1");
        var from = ForecastHouse.Hour(_house.Now.AddHours(-30));
        _house.Sql($"UPDATE hourly_bar SET open = 1.1, high = 1.1, low = 1.1, close = 1.1 WHERE hour >= {from};");

        // The bar that opened 30 hours ago was the first, and it closed an hour later.
        AssertBaseline("EUR/USD has not moved since 2026-03-17 07:00 UTC");
    }

    [Fact]
    public void A_gap_of_more_than_a_day_is_named_with_its_ends()
    {
        _house.Models.Crown("flat-1");
        _house.Sql($"DELETE FROM hourly_bar WHERE hour >= {ForecastHouse.Hour(_house.Now.AddHours(-31))} AND hour < {ForecastHouse.Hour(_house.Now.AddHours(-3))};");

        AssertBaseline("no hour of EUR/USD is recorded from 2026-03-17 05:00 to 2026-03-18 09:00 UTC");
    }

    [Fact]
    public void A_history_that_has_ended_has_no_forecast_and_says_when()
    {
        _house.Sql($"DELETE FROM hourly_bar WHERE hour >= {ForecastHouse.Hour(_house.Now.AddHours(-26))};");

        var answer = _house.Ask();

        Assert.Null(answer.Forecast);
        Assert.Equal("the recorded history of EUR/USD ends on 2026-03-17 10:00 UTC", answer.Missing);
    }

    [Fact]
    public void A_few_weeks_are_too_few_for_a_learned_model()
    {
        _house.Models.Crown("flat-1");
        _house.Sql($"DELETE FROM hourly_bar WHERE hour < {ForecastHouse.Hour(_house.Now.AddDays(-70))};");

        AssertBaseline("EUR/USD has 8 whole weeks of history, and a learned model needs 26");
    }

    [Fact]
    public void A_model_that_says_no_number_does_not_serve()
    {
        _house.Models.Crown("flat-1", weights: "NaN");

        AssertBaseline("flat-1 cannot be asked: ArgumentOutOfRangeException");
    }

    [Fact]
    public void Features_unlike_the_training_data_are_named()
    {
        var folder = TinyModel.Write(_house.Models.Drafts, "flat-1");
        TinyModel.Edit(folder, json =>
        {
            // In units of their volatility returns are some tenths; a pair that was recorded in pence would be far out.
            json["features"] = new System.Text.Json.Nodes.JsonArray("range_6", "range_24", "log_level", "holiday");
            json["scaler"] = new System.Text.Json.Nodes.JsonObject
            {
                ["mean"] = new System.Text.Json.Nodes.JsonArray(9.0, 9.0, 40.0, 50.0),
                ["std"] = new System.Text.Json.Nodes.JsonArray(0.3, 0.3, 0.5, 0.1),
            };
        });
        _house.Models.Registry.Register(folder, App.Forecasting.Registry.ModelOrigin.Trained, App.Forecasting.Registry.ModelActor.Gate, "");
        _house.Models.Registry.Promote("flat-1", App.Forecasting.Registry.ModelActor.Operator);

        var answer = _house.Ask();

        Assert.Equal("baseline", answer.Forecast!.Model);
        Assert.Matches("^EUR/USD is unlike what flat-1 learned from: over its last 24 hours log_level lay [0-9.]+, range_(6|24) lay [0-9.]+, range_(6|24) lay [0-9.]+ standard deviations from", answer.Origin!.Why);
        Assert.DoesNotContain("holiday", answer.Origin.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_goes_back_is_told_and_nothing_later_is_read()
    {
        _house.Models.Crown("flat-1");
        var before = _house.Ask(asOf: _house.Now);
        var then = _house.Now;
        _house.Advance(TimeSpan.FromHours(5));
        _house.Ask();
        var models = _house.Models;
        var back = new ForecastService(
            models.Service<RateHistory>(), models.Service<LivePairs>(), models.Service<ModelOutlooks>(), models.Serving, new FakeTimeProvider(then));

        var answer = back.Predict(ForecastHouse.EurUsd, then, 1.1m);

        Assert.Equal("baseline", answer.Forecast!.Model);
        Assert.Equal("the clock of this machine went back: 2026-03-18 17:00 UTC was reached before", answer.Origin!.Why);
        Assert.Equal("flat-1", before.Forecast!.Model);
    }

    [Fact]
    public void A_close_that_is_no_rate_is_left_out_and_named()
    {
        var hours = Enumerable.Range(0, 30).Select(hour => ForecastHouse.Hour(_house.Now) - 30 + hour).ToArray();
        var closes = hours.Select((_, i) => i == 20 ? double.NaN : 1.1 + i * 0.001).ToArray();

        var (sound, fault) = SoundBars.Of(new HourlySeries(ForecastHouse.EurUsd, hours, closes));

        Assert.Equal(29, sound.Count);
        Assert.DoesNotContain(double.NaN, sound.Closes.ToArray());
        Assert.Equal($"the close of EUR/USD at {UnixHour.ToInstant(hours[20]):yyyy-MM-dd HH:mm} UTC is no rate", fault);
    }

    private void AssertBaseline(string why)
    {
        var answer = _house.Ask();
        Assert.True(answer.Forecast is not null, answer.Missing);
        Assert.Equal(("baseline", why), (answer.Forecast.Model, answer.Origin!.Why));
    }
}
