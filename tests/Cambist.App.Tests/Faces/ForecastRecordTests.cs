using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.Client;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>A service with a champion: its forecasts, and their record as hours pass.</summary>
public sealed class ForecastRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_champion_serves_and_its_record_grows_with_the_hours()
    {
        SeededHistory.Write(_folder.Path, ReplayedMarket.Now.AddDays(2));
        var clock = new FakeTimeProvider(ReplayedMarket.Now);
        await using var cambist = await RunningCambist.StartAsync(
            MarketMode.Replay, clock, _folder.Path, services: services => services.AddModelFamily(TinyModel.Family, TinyModel.Load));
        cambist.Service<ModelRegistry>().Register(TinyModel.Write(_folder.File("drafts"), "flat-1"), ModelOrigin.Trained, ModelActor.Gate, "trained tonight");
        cambist.Service<ModelRegistry>().Promote("flat-1", ModelActor.Operator);

        // The shapes of its errors are measured beside the requests; until they are there the baseline serves.
        var forecast = await cambist.Http.Until("/api/v1/forecasts/EUR/USD", answer => answer.Json().GetProperty("model").GetProperty("id").GetString() == "flat-1", () => clock.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal("champion", forecast.Json().GetProperty("model").GetProperty("status").GetString());
        Assert.Equal("no proven edge", forecast.Json().GetProperty("model").GetProperty("edge").GetString());

        var answer = await cambist.Http.Until(
            "/api/v1/record/forecasts?pair=USD/EUR&model=flat-1", told => told.Json().GetProperty("models")[0].GetProperty("live").GetProperty("pooled").GetProperty("count").GetInt64() > 0,
            () => clock.Advance(TimeSpan.FromMinutes(1)));

        Shape.AssertOf(
            answer.Json(),
            ("from", Shape.Text),
            ("to", Shape.Text),
            ("pair", Shape.Text),
            ("models", Shape.ListOf(model => Shape.AssertOf(
                model,
                ("model", Shape.Text),
                ("stage", Shape.OneOf("champion")),
                ("live", live => Shape.AssertOf(
                    live, ("pairs", Shape.ListOf(Shape.Text)), ("since", Shape.Text), ("until", Shape.Text), ("pooled", Horizon), ("horizons", Shape.ListOf(Horizon)))),
                ("walk_forward", walked => Shape.AssertOf(
                    walked,
                    ("trained_until", Shape.Time),
                    ("gates", Shape.ListOf(gate => Assert.True(gate.GetProperty("passed").GetBoolean()))),
                    ("figures", Shape.ListOf(figure => Shape.AssertOf(figure, ("name", Shape.Text), ("horizon_hours", Shape.OrNull(Shape.Number)), ("value", Shape.Number))))))))),
            ("simulated", Shape.Flag),
            ("as_of", Shape.Time));
        var typed = await new CambistClient(cambist.Http).ForecastRecordAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["flat-1", "baseline"], typed.Models.Select(model => model.Model));
    }

    private static void Horizon(System.Text.Json.JsonElement horizon) => Shape.AssertOf(
        horizon,
        ("horizon_hours", Shape.OrNull(Shape.Number)),
        ("count", Shape.Number),
        ("missing", Shape.Number),
        ("days", Shape.Number),
        ("crps", Shape.OrNull(Shape.Number)),
        ("skill", Shape.OrNull(Shape.Number)),
        ("p_value", Shape.OrNull(Shape.Number)),
        ("coverage_50", Shape.OrNull(Shape.Number)),
        ("coverage_80", Shape.OrNull(Shape.Number)),
        ("coverage_95", Shape.OrNull(Shape.Number)),
        ("mape", Shape.OrNull(Shape.Number)),
        ("mape_no_change", Shape.OrNull(Shape.Number)),
        ("direction", direction => Shape.AssertOf(direction, ("calls", Shape.Number), ("accuracy", Shape.OrNull(Shape.Number)), ("low", Shape.Number), ("high", Shape.Number))));
}
