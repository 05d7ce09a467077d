using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;
using Xunit;
using static Cambist.Domain.Tests.Decisions.Situations;

namespace Cambist.Domain.Tests.Decisions;

/// <summary>The rate that a person waits for, the one at which they stop waiting, and rates too old for either.</summary>
public sealed class DecisionRuleTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, true)] // The rate of the tests is fresh for an hour.
    [InlineData(61, false)]
    [InlineData(24 * 60, false)]
    public void A_rate_that_is_too_old_gives_no_verdict(int ageMinutes, bool isDecided)
    {
        var context = Context(Wednesday, Steady());
        var aged = context with { Rate = RateAt(context.Question.Pair, Wednesday.AddMinutes(-ageMinutes), Mid) };

        Assert.Equal(isDecided, DecisionEngine.Decide(aged) is DecisionOutcome.Decided);
        Assert.Equal(!isDecided, DecisionEngine.Decide(aged) is DecisionOutcome.StaleRate);
    }

    [Theory]
    [InlineData("0.93", "target.awaited", Recommendation.Wait)]
    [InlineData("0.92", "target.reached", Recommendation.ConvertNow)]
    [InlineData("0.91", "target.reached", Recommendation.ConvertNow)]
    public void A_target_is_waited_for_and_then_taken(string target, string code, Recommendation verdict)
    {
        var decision = Context(Wednesday, Steady()).Asking(question => question with { TargetRate = Decimal(target) }).Decide();

        Assert.Equal((verdict, code), (decision.Recommendation, decision.DecidedBy()));
        Assert.Contains(target, decision.Reason, StringComparison.Ordinal);
        Assert.Contains(target, decision.ChangesIf, StringComparison.Ordinal);
    }

    [Fact]
    public void How_likely_a_target_is_and_what_it_may_cost_is_told()
    {
        var near = Context(Wednesday, Steady()).Asking(question => question with { TargetRate = 0.925m }).Decide();
        var far = Context(Wednesday, Steady()).Asking(question => question with { TargetRate = 1.00m }).Decide();

        Assert.True(Chance(near) > 0.7m && Chance(far) < 0.05m, $"Expected a likely and an unlikely target, found {Chance(near)} and {Chance(far)}.");
        Assert.Contains("in the worst 5 %", near.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_is_waited_for_without_a_forecast_too_and_its_chance_is_not_known()
    {
        var blind = Context(Wednesday, Steady()).Asking(question => question with { TargetRate = 0.93m }) with { Forecast = null, ForecastMissing = "nothing is recorded" };

        Assert.Equal(Recommendation.Wait, blind.Decide().Recommendation);
        Assert.Contains("not known", blind.Decide().Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(blind.Decide().Findings[0].Figures, figure => figure.Name == "probability");
    }

    [Fact]
    public void Beyond_ninety_days_the_chance_of_a_target_is_not_known()
    {
        var context = Context(Wednesday, Steady()).Asking(question => question with { TargetRate = 0.93m });

        Assert.DoesNotContain("not known", context.Due(Wednesday.AddDays(92)).Decide().Reason, StringComparison.Ordinal); // Two days on the way.
        Assert.Contains("not known", context.Due(Wednesday.AddDays(93)).Decide().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_target_is_waited_for_when_no_time_is_left()
    {
        var decision = Context(Wednesday, Steady()).Asking(question => question with { TargetRate = 0.93m }).Due(Wednesday.AddDays(2)).Decide();

        Assert.Equal((Recommendation.ConvertNow, "deadline.latest_safe_date_passed"), (decision.Recommendation, decision.DecidedBy()));
        Assert.Contains(decision.Findings, finding => finding.Code == "target.missed");
    }

    [Theory]
    [InlineData("0.92", "rate.floor_reached", Recommendation.ConvertNow)]
    [InlineData("0.93", "rate.floor_reached", Recommendation.ConvertNow)]
    [InlineData("0.91", "target.awaited", Recommendation.Wait)]
    public void At_the_floor_the_waiting_ends(string floor, string code, Recommendation verdict)
    {
        var decision = Context(Saturday, Weekender()).Asking(question => question with { TargetRate = 0.95m, FloorRate = Decimal(floor) }).Decide();

        Assert.Equal((verdict, code), (decision.Recommendation, decision.DecidedBy()));
    }

    [Fact]
    public void A_floor_ends_even_a_wait_that_saves_for_certain()
    {
        var context = Context(Saturday, Weekender());

        Assert.Equal(Recommendation.Wait, context.Decide().Recommendation);
        Assert.Equal(Recommendation.ConvertNow, context.Asking(question => question with { FloorRate = Mid }).Decide().Recommendation);
    }

    [Fact]
    public void What_the_matrix_would_say_is_told_beside_a_target()
    {
        var decision = Context(Wednesday, Steady()).Asking(question => question with { TargetRate = 0.93m }).Decide();

        var matrix = Assert.Single(decision.Findings, finding => finding.Code == "matrix.small_savings");
        Assert.Equal((Recommendation.ConvertNow, false), (matrix.Verdict, matrix.Decided));
    }

    [Fact]
    public void A_usual_provider_that_is_cheaper_and_too_slow_is_told_as_such()
    {
        var slow = WithDelivery(Steady("usual", markupPercent: 0.5m), new DeliveryTime(TimeSpan.Zero, TimeSpan.FromDays(9), BusinessDays: false));
        var decision = Context(Wednesday, Steady(), slow).Asking(question => question with { UsualProvider = "usual" }).Due(Wednesday.AddDays(5)).Decide();

        Assert.Equal("Against USUAL, your usual provider, STEADY costs 60.00 USD more.", Assert.Single(decision.Findings, finding => finding.Code == "provider.usual").Text);
    }

    private static decimal Chance(Decision decision) => decision.Findings[0].Figures.Single(figure => figure.Name == "probability").Value;

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
