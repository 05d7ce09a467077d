using Cambist.App.Analytics;
using Cambist.App.Analytics.Outcomes;
using Cambist.App.Assistant.Log;
using Cambist.App.Quotes;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Storage;
using Cambist.App.Tests.Analytics;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>The record of the advice as the service tells it, once a replay was kept.</summary>
public sealed class AdviceRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_kept_replay_is_told_and_can_be_narrowed_to_a_pair_an_amount_a_risk_and_a_side()
    {
        SeededHistory.Write(_folder.Path, RecordedMarket.End);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, new FakeTimeProvider(RecordedMarket.End), _folder.Path);
        Assert.Null((await new CambistClient(cambist.Http).AdviceRecordAsync(cancellationToken: TestContext.Current.CancellationToken)).Replayed);
        Keep(cambist);

        var answer = await cambist.Http.Get("/api/v1/record/advice");
        Shape.AssertOf(answer.Json(), ("live", Shape.Null), ("replayed", Replayed), ("as_of", Shape.Time));
        Assert.True(answer.Json().GetProperty("replayed").GetProperty("replay").GetBoolean());

        var client = new CambistClient(cambist.Http);
        var all = (await client.AdviceRecordAsync(cancellationToken: TestContext.Current.CancellationToken)).Replayed!;
        var narrowed = (await client.AdviceRecordAsync("GBP/USD", 6000m, "moderate", "BUY_BASE", TestContext.Current.CancellationToken)).Replayed!;
        var pair = (await client.AdviceRecordAsync("GBP/USD", cancellationToken: TestContext.Current.CancellationToken)).Replayed!;
        Assert.Equal((null, null, 3 * 3 * 3, 2 * 3), (all.Rows[0].Pair, all.Rows[0].Side, all.Rows.Count, all.Months.Count));
        Assert.Equal(all.Rows[0].Goals, all.Rows.Single(row => row is { Pair: "GBPUSD", Side: null, Amount: null }).Goals * 2);
        var row = Assert.Single(narrowed.Rows);
        Assert.Equal(("GBPUSD", "BUY_BASE", 6000m, "moderate", 14), (row.Pair, row.Side, row.Amount!.Amount, row.Risk, row.DeadlineDays));
        Assert.Empty(narrowed.Months);
        Assert.Equal((9, 2), (pair.Rows.Count, pair.Months.Count));
        var none = (await client.AdviceRecordAsync("USD/JPY", cancellationToken: TestContext.Current.CancellationToken)).Replayed!;
        Assert.Equal((all.Goals, 0, 0), (none.Goals, none.Rows.Count, none.Months.Count));
        Assert.Empty((await client.AdviceRecordAsync(amount: 1m, cancellationToken: TestContext.Current.CancellationToken)).Replayed!.Months);
    }

    [Fact]
    public async Task Advice_that_was_given_is_told_as_soon_as_an_hour_has_passed_and_its_outcome_is_awaited()
    {
        SeededHistory.Write(_folder.Path, RecordedMarket.End);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, new FakeTimeProvider(RecordedMarket.End), _folder.Path);
        await cambist.Http.Analyze("""{"amount":"1000","from_currency":"EUR","to_currency":"USD"}""");
        await cambist.Http.Analyze("""{"amount":"2000","from_currency":"USD","to_currency":"EUR"}""");
        await cambist.Service<WriteBehind<GivenAdvice>>().StopAsync(TestContext.Current.CancellationToken);

        cambist.Service<OutcomeRecorder>().Turn(RecordedMarket.End.AddHours(1));

        var live = (await cambist.Http.Get($"/api/v1/record/advice?to={RecordedMarket.End.AddHours(1):yyyy-MM-dd'T'HH:mm:ss'Z'}")).Json().GetProperty("live");
        Assert.Equal((2, 2, 0), (live.GetProperty("given").GetInt32(), live.GetProperty("awaiting").GetInt32(), live.GetProperty("rows").GetArrayLength()));
        Assert.Equal(422, (await cambist.Http.Get("/api/v1/record/advice?from=2026-03-02&to=2026-03-01")).Status);
    }

    private static void Keep(RunningCambist cambist)
    {
        var bars = cambist.Service<BarStore>();
        var plan = RecordedMarket.Plan("2026-01-26", "2026-02-10") with { Pairs = [CurrencyPair.Parse("EURUSD"), CurrencyPair.Parse("GBPUSD")], Amounts = [500m, 6000m] };
        var scores = new AdviceScores(plan.From, plan.Every);
        var tally = new AdviceEvaluation(new RateHistory(bars), bars, FeeSchedules.Panel).Run(plan, _ => SeasonalEwmaFamily.Baseline, TextWriter.Null, scores, progress: null, TestContext.Current.CancellationToken);
        cambist.Service<AdviceReplayStore>().Keep(AdviceRecordWire.Of(plan, "baseline", RecordedMarket.End, tally, scores));
    }

    private static void Replayed(System.Text.Json.JsonElement replayed) => Shape.AssertOf(
        replayed,
        ("replay", Shape.Flag),
        ("from", Shape.Time),
        ("to", Shape.Time),
        ("every_hours", Shape.Number),
        ("model", Shape.Text),
        ("computed_at", Shape.Time),
        ("goals", Shape.Number),
        ("not_asked", Shape.Number),
        ("no_provider", Shape.Number),
        ("unfinished", Shape.Number),
        ("decisions", Shape.Number),
        ("waits", Shape.Number),
        ("without_forecast", Shape.Number),
        ("rows", Shape.ListOf(Score)),
        ("months", Shape.ListOf(Score)));

    private static void Score(System.Text.Json.JsonElement score) => Shape.AssertOf(
        score,
        ("pair", Shape.OrNull(Shape.Text)),
        ("side", Shape.OrNull(Shape.OneOf("SELL_BASE", "BUY_BASE"))),
        ("amount", Shape.OrNull(amount => Shape.AssertOf(amount, ("amount", Shape.Text), ("currency", Shape.Text)))),
        ("deadline_days", Shape.OrNull(Shape.Number)),
        ("risk", Shape.OrNull(Shape.Text)),
        ("month", Shape.OrNull(Shape.Text)),
        ("goals", Shape.Number),
        ("waited_share", Shape.Number),
        ("cost_bps", Shape.Number),
        ("against", Shape.ListOf(against => Shape.AssertOf(
            against,
            ("strategy", Shape.OneOf("at_once", "last_safe_day", "equal_parts", "one_way_trading", "hindsight")),
            ("goals", Shape.Number),
            ("mean_bps", Shape.OrNull(Shape.Number)), ("low_bps", Shape.OrNull(Shape.Number)), ("high_bps", Shape.OrNull(Shape.Number)),
            ("mean_usd", Shape.OrNull(Shape.Number)), ("low_usd", Shape.OrNull(Shape.Number)), ("high_usd", Shape.OrNull(Shape.Number)),
            ("won_share", Shape.OrNull(Shape.Number)), ("lost_share", Shape.OrNull(Shape.Number))))),
        ("confidence", confidence => Shape.AssertOf(
            confidence,
            ("count", Shape.Number),
            ("mean", Shape.OrNull(Shape.Number)), ("frequency", Shape.OrNull(Shape.Number)), ("gap_low", Shape.OrNull(Shape.Number)), ("gap_high", Shape.OrNull(Shape.Number)),
            ("calibration_error", Shape.OrNull(Shape.Number)), ("brier", Shape.OrNull(Shape.Number)), ("brier_of_frequency", Shape.OrNull(Shape.Number)),
            ("verdict", Shape.OneOf("calibrated", "too_high", "too_low", "too_few")),
            ("bins", Shape.ListOf(bin => Shape.AssertOf(bin, ("confidence", Shape.Number), ("frequency", Shape.Number), ("count", Shape.Number)))))));
}
