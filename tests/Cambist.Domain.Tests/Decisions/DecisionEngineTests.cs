using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;
using Xunit;
using static Cambist.Domain.Tests.Decisions.Situations;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Decisions;

public sealed class DecisionEngineTests
{
    [Theory]
    [InlineData(RiskTolerance.Conservative, "matrix.fair_savings")] // 60 USD lie between 2 × 20 and 2 × 50.
    [InlineData(RiskTolerance.Moderate, "matrix.large_savings")]
    [InlineData(RiskTolerance.Aggressive, "matrix.large_savings")]
    public void A_weekend_markup_that_certainly_ends_is_waited_for(RiskTolerance risk, string code)
    {
        var decision = Context(Saturday, Weekender(), Steady()).Asking(question => question with { Risk = risk }).Decide();

        Assert.Equal((Recommendation.Wait, code), (decision.Recommendation, decision.DecidedBy()));
        Assert.Equal((60m, 60m), (decision.Outlook!.CertainSaving.Amount, decision.Outlook.ExpectedSaving.Amount));
        Assert.True(decision.Outlook.Confidence > 0.99);
        Assert.Contains("60.00 USD", decision.Reason, StringComparison.Ordinal);
        Assert.Contains(decision.Findings, finding => finding.Code == "calendar.certain_saving");
    }

    [Fact]
    public void A_certain_saving_is_waited_for_no_longer_than_it_takes()
    {
        var decision = Context(Saturday, Weekender(), Steady()).Decide();

        Assert.Equal(WeekendEnd, decision.Outlook!.Horizon);
        Assert.Contains(decision.Findings, finding => finding.Text.Contains("cheaper from 15 March 2026 22:00 UTC", StringComparison.Ordinal));
    }

    [Fact]
    public void On_a_weekday_nothing_is_expected_of_waiting()
    {
        var decision = Context(Wednesday, Weekender(), Steady()).Decide();

        Assert.Equal((Recommendation.ConvertNow, "matrix.small_savings"), (decision.Recommendation, decision.DecidedBy()));
        Assert.Equal((0m, 0m, 0.5), (decision.Outlook!.ExpectedSaving.Amount, decision.Outlook.CertainSaving.Amount, decision.Outlook.Confidence));
        Assert.Equal(Wednesday.AddHours(24), decision.Outlook.Horizon);
    }

    [Fact]
    public void A_wait_that_is_too_near_the_deadline_is_not_advised()
    {
        var quick = WithDelivery(Weekender(), new DeliveryTime(TimeSpan.Zero, TimeSpan.FromHours(6), BusinessDays: false));
        Decision DueIn(int days) => Context(Saturday, quick).Due(Saturday.AddDays(days)).Decide();

        Assert.Equal([DecisionMatrix.NoRow, "matrix.fair_savings", "matrix.fair_savings", "matrix.large_savings"], new[] { 3, 4, 7, 8 }.Select(days => DueIn(days).DecidedBy()));
    }

    [Theory]
    [InlineData("2026-03-13T12:00:00.0000001Z", "matrix.small_savings")]
    [InlineData("2026-03-13T12:00:00Z", "deadline.latest_safe_date_passed")] // Two days on the way: now is the last moment.
    [InlineData("2026-03-13T11:59:59.9999999Z", "deadline.latest_safe_date_passed")]
    [InlineData("2026-03-10T12:00:00Z", "deadline.latest_safe_date_passed")]
    public void Past_the_latest_safe_date_every_hour_counts(string deadline, string code)
    {
        var decision = Context(Wednesday, Steady()).Due(At(deadline)).Decide();

        Assert.Equal((Recommendation.ConvertNow, code), (decision.Recommendation, decision.DecidedBy()));
        Assert.Equal(At(deadline).AddDays(-2), decision.LatestSafe);
        Assert.Equal(code == "deadline.latest_safe_date_passed", decision.Outlook!.AtRisk is null);
    }

    [Fact]
    public void Each_missing_fact_converts_now_with_its_own_code()
    {
        var waiting = Context(Saturday, Weekender());
        Assert.Equal(Recommendation.Wait, waiting.Decide().Recommendation);

        var blind = waiting with { Forecast = null, ForecastMissing = "EUR/USD has 3 bars, 120 are needed" };
        var cases = new (DecisionContext Context, string Code)[]
        {
            (Context(Saturday, WithDelivery(Weekender(), null)), "deadline.delivery_unknown"),
            (blind, "forecast.missing"),
            (waiting with { UsdPerBase = null }, "rate.usd_missing"),
        };
        Assert.All(cases, missing => Assert.Equal(
            (Recommendation.ConvertNow, missing.Code), (missing.Context.Decide().Recommendation, missing.Context.Decide().DecidedBy())));
        Assert.Contains("EUR/USD has 3 bars, 120 are needed", blind.Decide().Reason, StringComparison.Ordinal);
        Assert.Null(blind.Decide().Outlook);
    }

    [Theory]
    [InlineData(0, "forecast.no_proven_edge")]
    [InlineData(0.004, "forecast.proven_edge")]
    public void What_is_expected_of_the_rate_is_said_and_counts(double drift, string code)
    {
        var context = Context(Wednesday, Steady());
        var usual = context.Forecast!;
        var drifting = context with { Forecast = new Forecast(usual.Pair, usual.AsOf, usual.Spot, "rising", usual.AsOf, instant => usual.At(instant) with { Drift = drift }) };

        var decision = drifting.Decide();

        Assert.Single(decision.Findings, finding => finding.Code == code);
        Assert.Equal(drift > 0, decision.Outlook!.ExpectedSaving.Amount > decision.Outlook.CertainSaving.Amount);
        Assert.Equal(drift > 0, decision.Outlook.Confidence > context.Decide().Outlook!.Confidence);
    }

    [Fact]
    public void Where_no_provider_has_a_price_there_is_nothing_to_advise() =>
        Assert.Equal(
            ["pounds", "secret"],
            Assert.IsType<DecisionOutcome.NoPrice>(DecisionEngine.Decide(Context(Wednesday, Provider("pounds", Deducted("GBP", Flat(0m))), Provider("secret", Deducted("USD"))))).Quotes.Select(quote => quote.Provider.Id).Order());

    [Fact]
    public void A_provider_that_cannot_deliver_in_time_is_passed_over_for_one_that_can()
    {
        var slow = Steady("slow", markupPercent: 0.1m, new DeliveryTime(TimeSpan.Zero, TimeSpan.FromDays(5), BusinessDays: false));
        var vague = WithDelivery(Steady("vague", markupPercent: 0.05m), null);
        var quick = Steady("quick", markupPercent: 1m, new DeliveryTime(TimeSpan.Zero, TimeSpan.FromHours(6), BusinessDays: false));
        var context = Context(Wednesday, slow, vague, quick);

        Assert.Equal("slow", context.Decide().Best.Provider.Id);
        Assert.Equal("quick", context.Due(Wednesday.AddDays(4)).Decide().Best.Provider.Id);
        Assert.Equal(["vague", "slow", "quick"], context.Decide().Quotes.Select(quote => quote.Provider.Id));
    }

    [Fact]
    public void Where_none_can_deliver_in_time_the_cheapest_is_told_with_what_stands_against_it()
    {
        var decision = Context(Wednesday, Steady(), Steady("cheap", markupPercent: 0.5m)).Due(Wednesday.AddDays(1)).Decide();

        Assert.Equal(("cheap", "deadline.latest_safe_date_passed"), (decision.Best.Provider.Id, decision.DecidedBy()));
    }

    [Fact]
    public void Nobody_waits_for_a_provider_of_whom_no_one_knows_how_long_it_takes()
    {
        // Of all, the one with the unknown delivery would be the cheapest from Sunday on.
        var decision = Context(Saturday, Steady("steady", markupPercent: 0.5m), WithDelivery(Weekender(), null)).Decide();

        Assert.Equal("steady", decision.Outlook!.BestThen.Provider.Id);
        Assert.Equal(Recommendation.ConvertNow, decision.Recommendation);
    }

    [Fact]
    public void Another_provider_may_be_waited_for()
    {
        var decision = Context(Saturday, Steady("steady", markupPercent: 1.1m), Weekender()).Decide();

        Assert.Equal((Recommendation.Wait, "steady", "weekender"), (decision.Recommendation, decision.Best.Provider.Id, decision.Outlook!.BestThen.Provider.Id));
        Assert.Equal(54m, decision.Outlook.ExpectedSaving.Amount);
    }

    [Fact]
    public void Business_days_and_holidays_bring_the_latest_safe_date_forward()
    {
        var threeDays = Steady("bank", delivery: new DeliveryTime(TimeSpan.FromDays(1), TimeSpan.FromDays(3), BusinessDays: true));

        // Due on Wednesday 8 April 2026: Tuesday, Thursday before Easter and Wednesday are the three days, so Tuesday 31 March is the last to order.
        Assert.Equal(At("2026-04-01T00:00Z").AddTicks(-1), Context(Wednesday, threeDays).Due(At("2026-04-08T12:00Z")).Decide().LatestSafe);
    }

    [Theory]
    [InlineData(-1, 0, "deadline.last_order", "was due by")]
    [InlineData(5, 6, "deadline.last_order", "is due by")]
    [InlineData(7, 6, "target.awaited", "")]
    public void Who_wants_to_have_ordered_earlier_is_told_so_in_time(int hours, int notice, string code, string text)
    {
        var decision = Context(Wednesday, Steady()).Asking(question => question with { TargetRate = 2m, LastOrder = Wednesday.AddHours(hours), Notice = TimeSpan.FromHours(notice) }).Decide();

        Assert.Equal((code, Wednesday.AddHours(hours)), (decision.DecidedBy(), decision.LatestSafe));
        Assert.Contains(text, decision.Deciding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_to_the_deadline_are_as_many_fewer_as_the_order_is_wanted_earlier()
    {
        var context = Context(Wednesday, Steady()).Asking(question => question with { LastOrder = Wednesday.AddDays(8) });

        // Safe until 28 days from now, wanted twenty days before that, due in thirty.
        Assert.Equal(10, Situation.Weigh(context, context.QuotesAt(context.AsOf))!.DaysToDeadline, precision: 9);
    }

    [Fact]
    public void Where_time_is_nearly_up_with_the_provider_it_is_told_before_it_is()
    {
        var decision = Context(Wednesday, Steady()).Due(Wednesday.AddDays(2).AddHours(3)).Asking(question => question with { TargetRate = 2m, Notice = TimeSpan.FromHours(4) }).Decide();

        Assert.Equal((Recommendation.ConvertNow, "deadline.latest_safe_date_near"), (decision.Recommendation, decision.DecidedBy()));
    }

    [Fact]
    public void The_next_look_is_within_a_day_and_not_after_the_latest_safe_date()
    {
        Assert.Equal(Wednesday.AddHours(24), Context(Wednesday, Steady()).Decide().NextCheck);
        Assert.Equal(Wednesday.AddHours(12), Context(Wednesday, Steady()).Due(Wednesday.AddHours(60)).Decide().NextCheck);
    }

    [Fact]
    public void The_saving_against_the_usual_provider_is_told()
    {
        var decision = Context(Wednesday, Steady(), Steady("usual", markupPercent: 2m)).Asking(question => question with { UsualProvider = "usual" }).Decide();

        var finding = Assert.Single(decision.Findings, finding => finding.Code == "provider.usual");
        Assert.Equal("Against USUAL, your usual provider, STEADY costs 30.00 USD less.", finding.Text);
    }

    [Theory]
    [InlineData("INR", "2026-12-31T12:00Z", null)]
    [InlineData("INR", "2027-01-04T12:00Z", "Bank holidays of INR are known up to 2026; later ones are counted as they are expected, with a day to spare.")]
    [InlineData("EUR", "2027-01-04T12:00Z", null)]
    public void Holidays_that_are_only_expected_are_told(string payOut, string deadline, string? text)
    {
        var context = Context(Wednesday, Steady()) with { Calendar = BusinessCalendar.For(Currency.Parse("USD"), Currency.Parse(payOut)) };

        Assert.Equal(text, context.Due(At(deadline)).Decide().Findings.SingleOrDefault(finding => finding.Code == "calendar.holidays_expected")?.Text);
    }

    [Fact]
    public void The_thresholds_are_in_USD_whatever_is_sent()
    {
        // 6,000 yen save 60 yen, and that is less than half a dollar.
        var context = Context(Saturday, Provider("weekender", Deducted("JPY", Flat(0m)) with { MarkupPercent = 0.2m, MarkupWindows = [Weekend] }));
        var pair = CurrencyPair.Parse("JPY/EUR");
        var yen = context.Asking(question => question with { Pair = pair, Amount = new Money(6000m, pair.Base) }) with { Rate = RateAt(pair, context.AsOf, Mid), UsdPerBase = 0.0067m };

        Assert.Equal(60m, Math.Round(yen.Decide().Outlook!.ExpectedSaving.Amount));
        Assert.Equal("matrix.small_savings", yen.Decide().DecidedBy());
    }
}
