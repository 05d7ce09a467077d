using System.Globalization;
using Cambist.App.Analytics;
using Cambist.App.Assistant;
using Cambist.App.Forecasting;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Quotes;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Analytics;

public sealed class AdviceReplayTests
{
    private const string Header = "goal_id,pair,side,amount,amount_currency,asked_at,deadline,decided_at,action,confidence,expected_saving_usd,executed_at,rate_used,provider,all_in_cost_bps,reason_code";

    [Fact]
    public void Who_is_told_to_wait_for_the_end_of_a_weekend_converts_when_it_is_over()
    {
        using var market = new RecordedMarket();
        var (csv, tally) = market.Run(RecordedMarket.Plan("2026-02-06", "2026-02-08"), ReplayProviders.Weekender);

        Assert.StartsWith(Header + "\n", csv, StringComparison.Ordinal);
        var goals = RecordedMarket.Rows(csv).GroupBy(row => row["goal_id"]).ToList();
        Assert.Equal((6, 6, 12, 6), (tally.Goals, tally.Converted, tally.Decisions, tally.Waits));
        Assert.All(goals, goal => Assert.Equal("CONVERT_NOW", goal.Last()["action"]));
        var friday = goals.Where(goal => goal.First()["asked_at"] == "2026-02-06T12:00:00Z").ToList();
        Assert.All(friday, goal => Assert.Equal("2026-02-06T12:00:00Z", Assert.Single(goal)["executed_at"]));
        Assert.All(goals.Except(friday), goal =>
        {
            string[] looks = goal.First()["asked_at"] == "2026-02-07T12:00:00Z" ? ["2026-02-07T12:00:00Z", "2026-02-08T12:00:00Z", "2026-02-08T23:00:00Z"] : ["2026-02-08T12:00:00Z", "2026-02-08T23:00:00Z"];
            Assert.Equal(looks, goal.Select(row => row["decided_at"]));
            Assert.All(goal.SkipLast(1), row => Assert.Equal("WAIT", row["action"]));
            Assert.Equal(("", "", "", "", "matrix.large_savings"), (goal.First()["executed_at"], goal.First()["rate_used"], goal.First()["provider"], goal.First()["all_in_cost_bps"], goal.First()["reason_code"]));
            Assert.InRange(double.Parse(goal.First()["confidence"], CultureInfo.InvariantCulture), 0.9, 1);
            Assert.InRange(decimal.Parse(goal.First()["expected_saving_usd"], CultureInfo.InvariantCulture), 55m, 65m);
            Assert.Equal(("2026-02-08T23:00:00Z", "weekender"), (goal.Last()["executed_at"], goal.Last()["provider"]));
            Assert.InRange(decimal.Parse(goal.Last()["all_in_cost_bps"], CultureInfo.InvariantCulture), 19.9m, 20.1m);
        });
    }

    [Fact]
    public void The_rate_of_both_sides_is_the_close_of_the_pair_as_it_is_named()
    {
        using var market = new RecordedMarket();
        var (csv, _) = market.Run(RecordedMarket.Plan("2026-02-09", "2026-02-10"), ReplayProviders.Steady);

        var rows = RecordedMarket.Rows(csv);
        Assert.Equal(4, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            market.Bars.LastClosedBy(CurrencyPair.Parse("EURUSD"), At(row["executed_at"]))!.Value.Close, decimal.Parse(row["rate_used"], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_same_replay_gives_the_same_bytes()
    {
        using var market = new RecordedMarket();
        var plan = RecordedMarket.Plan("2026-01-05", "2026-02-20") with { Risks = Enum.GetValues<RiskTolerance>(), Amounts = [500m, 6000m] };

        Assert.Equal(market.Run(plan, ReplayProviders.Weekender).Csv, market.Run(plan, ReplayProviders.Weekender).Csv);
    }

    [Fact]
    public void Nothing_decided_before_an_instant_changes_where_later_hours_are_nonsense()
    {
        using var market = new RecordedMarket();
        var instant = new DateTimeOffset(2026, 2, 17, 9, 30, 0, TimeSpan.Zero);
        var plan = RecordedMarket.Plan("2026-01-20", "2026-03-01");
        var before = RowsBefore(instant, market.Run(plan, ReplayProviders.Weekender).Csv);

        foreach (var pair in new[] { "EURUSD", "GBPUSD", "USDJPY" })
        {
            var later = market.Bars.Read(CurrencyPair.Parse(pair), instant.AddMinutes(-30), RecordedMarket.End);
            market.Bars.Upsert(CurrencyPair.Parse(pair), later.Select((bar, i) => new HourlyBar(bar.OpenTime, 7m + i % 5, 13m, 6m, 8m + i % 3, null, null, "nonsense")));
        }

        var after = market.Run(plan, ReplayProviders.Weekender).Csv;
        Assert.NotEmpty(before);
        Assert.Equal(before, RowsBefore(instant, after));
        Assert.Contains(RecordedMarket.Rows(after), row => row["rate_used"] is "8" or "9" or "10");
    }

    [Fact]
    public void Goals_that_the_history_ends_before_are_unfinished_and_those_without_a_rate_are_not_asked()
    {
        using var market = new RecordedMarket();
        var friday = new DateTimeOffset(2026, 3, 13, 18, 0, 0, TimeSpan.Zero);
        market.Bars.Upsert(CurrencyPair.Parse("EURCHF"), market.Bars.Read(CurrencyPair.Parse("EURUSD"), DateTimeOffset.MinValue, friday));
        var plan = RecordedMarket.Plan("2026-03-14", "2026-03-20") with { Pairs = [CurrencyPair.Parse("EURCHF")], Sides = [GoalSide.SellBase] };

        var (csv, tally) = market.Run(plan, ReplayProviders.Weekender);

        // At the weekend Friday's close is three open hours old and still fresh, and the end of the weekend's markup is waited for; by then it is four.
        Assert.Equal((7, 0, 2, 5), (tally.Goals, tally.Converted, tally.Unfinished, tally.NotAsked));
        Assert.All(RecordedMarket.Rows(csv), row => Assert.Equal("WAIT", row["action"]));
    }

    [Theory]
    [InlineData("EURUSD", GoalSide.SellBase, 1000, "EUR", "USD", "receive")]
    [InlineData("USDJPY", GoalSide.BuyBase, 250000, "JPY", "USD", "receive")]
    [InlineData("GBPJPY", GoalSide.SellBase, 3000, "GBP", "JPY", "send")]
    public async Task A_row_says_what_live_advice_says_of_the_same_instant(string pair, GoalSide side, decimal amount, string from, string to, string amountSide)
    {
        using var folder = new TemporaryFolder();
        SeededHistory.Write(folder.Path, RecordedMarket.End);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, new FakeTimeProvider(RecordedMarket.End), folder.Path);
        var bars = cambist.Service<BarStore>();
        var models = cambist.Service<ServingModels>();
        var plan = RecordedMarket.Plan("2026-02-25", "2026-03-14") with
        {
            Pairs = [CurrencyPair.Parse(pair)], Sides = [side], Amounts = [amount], From = RecordedMarket.Noon("2026-02-25").AddMinutes(20), Every = TimeSpan.FromHours(29), DeadlineDays = [2, 14],
        };
        using var csv = new StringWriter();
        new AdviceEvaluation(new RateHistory(bars), bars, FeeSchedules.Panel).Run(
            plan,
            asked => models.For(asked).Model is { } model ? new ServedInTime(model.Family(), model.Row.TrainedUntil) : SeasonalEwmaFamily.Baseline,
            csv,
            scores: null,
            progress: null,
            TestContext.Current.CancellationToken);

        var rows = RecordedMarket.Rows(csv.ToString());
        Assert.Equal(2 * 15, rows.Count);
        foreach (var row in rows)
        {
            var answer = await cambist.Service<ConversionAssistant>().AdviseAsync(
                new AskForm { Amount = row["amount"], From = from, To = to, Side = amountSide, By = row["deadline"], AsOf = row["decided_at"] }, TestContext.Current.CancellationToken);
            var advice = Assert.IsType<AdviceAnswer.Given>(answer).Advice;
            Assert.Equal(
                (advice.Recommendation, advice.ExpectedSavings?.Amount.ToString(CultureInfo.InvariantCulture) ?? "", advice.BestProvider.Provider, advice.Reasons[0].Code),
                (row["action"], row["expected_saving_usd"], row["provider"], row["reason_code"]));

            // A learned model's own errors are measured from another week on where a single instant is asked for.
            Assert.Equal(advice.Confidence!.Value, double.Parse(row["confidence"], CultureInfo.InvariantCulture), advice.Model!.Id == "baseline" ? 0 : 0.0002);
        }
    }

    private static List<string> RowsBefore(DateTimeOffset instant, string csv) =>
        [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(line => At(line.Split(',')[7]) < instant)];

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
