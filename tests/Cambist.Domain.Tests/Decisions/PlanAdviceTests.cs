using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;
using Xunit;
using static Cambist.Domain.Tests.Decisions.Situations;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Decisions;

public sealed class PlanAdviceTests
{
    // 1,000 USD in thirty days at mid, one percent on what is above.
    private static readonly FeeSchedule Free = Provider(
        "free", OnTop("USD", Flat(0m)) with { Allowance = new FeeAllowance(1000m, 30, 1m), Delivery = new DeliveryTime(TimeSpan.Zero, TimeSpan.Zero, BusinessDays: false) });

    [Fact]
    public void Months_inside_a_free_allowance_are_advised_beside_the_verdict_with_what_is_certain_and_what_is_not()
    {
        var decision = Context(Wednesday, Free, Steady(markupPercent: 0.8m))
            .Asking(question => question with { Amount = question.Amount with { Amount = 2000m }, Deadline = Wednesday.AddDays(31) })
            .Decide();

        var advised = decision.Plan!;
        Assert.Equal([Wednesday, Wednesday.AddDays(30)], advised.Plan.Transfers.Select(transfer => transfer.At));
        // Everything at once with the free provider costs 1 % of the second thousand: 9.90 USD, for the fee is paid out of it.
        Assert.Equal(9.90m, advised.Plan.CertainSaving!.Value.Amount);
        Assert.InRange(advised.AtRisk!.Value.Amount, 15m, 60m);
        var finding = Assert.Single(decision.Findings, finding => finding.Code == "plan.certain_saving");
        Assert.Contains("9.90 USD is saved for certain by 2 transfers", finding.Text, StringComparison.Ordinal);
        Assert.Contains("worst 5 %", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_saving_that_is_not_worth_the_trouble_is_not_advised() =>
        Assert.Null(Context(Wednesday, Free)
            .Asking(question => question with { Amount = question.Amount with { Amount = 1090m }, Deadline = Wednesday.AddDays(31) }).Decide().Plan);

    [Fact]
    public void Where_converting_at_once_is_cheapest_there_is_no_plan() => Assert.Null(Context(Wednesday, Steady()).Decide().Plan);

    [Fact]
    public void One_later_transfer_after_the_weekend_is_a_plan_whose_risk_is_that_of_the_whole()
    {
        var advised = Context(Saturday, Weekender()).Decide().Plan!;

        Assert.Equal(WeekendEnd, Assert.Single(advised.Plan.Transfers).At);
        Assert.Equal(60m, Math.Round(advised.Plan.CertainSaving!.Value.Amount));
        Assert.True(advised.AtRisk!.Value.Amount > 0m);
    }

    [Fact]
    public void Without_a_forecast_the_risk_is_unknown_and_said_to_be()
    {
        var decision = (Context(Saturday, Weekender()) with { Forecast = null, ForecastMissing = "no history" }).Decide();

        Assert.Null(decision.Plan!.AtRisk);
        Assert.Contains("not known", Assert.Single(decision.Findings, finding => finding.Code == "plan.certain_saving").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_looks_again_when_the_next_transfer_is_due()
    {
        var decision = Context(Saturday.AddDays(1), Weekender()).Asking(question => question with { Amount = question.Amount with { Amount = 500m } }).Decide();

        Assert.Equal((Recommendation.ConvertNow, WeekendEnd), (decision.Recommendation, decision.NextCheck));
    }
}
