using Cambist.Domain.Quotes;
using Cambist.Domain.Quotes.Planning;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;
using static Cambist.Domain.Tests.Quotes.Planning.Plans;

namespace Cambist.Domain.Tests.Quotes.Planning;

/// <summary>Fifteen providers that differ by little are as hard for the search as could be made. Steps are counted, for time depends on the machine.</summary>
public sealed class PlanEffortTests
{
    private static readonly decimal[] Amounts = [777.77m, 5_432.10m, 12_345.67m, 31_111.11m, 99_999.99m];

    private static readonly Dictionary<string, Func<int, FeeOffer>> Kinds = new()
    {
        ["allowances"] = i => OnTop("USD", Flat(0m)) with { Allowance = new FeeAllowance(700m + 53.17m * i, Days: 15, PercentAbove: 0.5m + 0.001m * i) },
        ["weekends"] = i => OnTop("USD", Flat(0m)) with
        {
            Allowance = new FeeAllowance(700m + 53.17m * i, Days: 30, PercentAbove: 3m),
            MarkupWindows = [Weekend, Weekend with { Name = "night", FromDay = DayOfWeek.Sunday, FromTime = new(18, 0), ToDay = DayOfWeek.Tuesday, ToTime = new(0, 0), ExtraPercent = 0.5m }],
        },
        ["limits"] = i => Deducted("USD", Flat(1m, 0.001m * (i * 7 % 15))) with { Limits = new AmountLimits(300m + 413.7m * i, 310m + 421.3m * i) },
        ["tiers"] = i => OnTop("USD", [.. Enumerable.Range(1, 8).Select(t => new FeeTier(t == 8 ? null : t * 311.17m + 97.3m * i, (t * 5 + i * 3) % 7, 0.05m * ((t + i) % 5), t * i % 4))]),
        ["everything"] = i => OnTop(
            "USD",
            new FeeTier(1000m + 37m * i, 0.1m * i, 0.01m * i),
            new FeeTier(5000m + 91m * i, 1m + 0.2m * i, 0.3m + 0.01m * i, 3m, 40m),
            Flat(2m, 0.2m)) with
        {
            Allowance = new FeeAllowance(700m + 53.17m * i, Days: 1 + i, PercentAbove: 0.5m + 0.01m * i),
            MarkupPercent = 0.1m + 0.003m * i,
            MarkupWindows = [Weekend],
        },
    };

    [Theory]
    [InlineData("allowances")]
    [InlineData("weekends")]
    [InlineData("limits")]
    [InlineData("tiers")]
    public void Providers_that_differ_by_little_are_searched_to_the_end(string kind) => Assert.All(
        Questions(kind),
        question => Assert.InRange(StepsFor(question), 1, PlanSearch.MostSteps));

    [Fact]
    public void Where_all_comes_together_the_search_stops_in_time_and_says_so()
    {
        foreach (var question in Questions("everything").Where(question => question.Price.Amount.Amount > 5_000m))
        {
            var plan = Find(question);

            Assert.False(plan.IsProvenBest);
            Assert.True(plan.CertainSaving!.Value.Amount > 20m);
            Assert.InRange(StepsFor(question), PlanSearch.MostSteps, 2 * PlanSearch.MostSteps);
        }
    }

    private static int StepsFor(PlanQuestion question) => new SplitSearch(new SlotCatalog(question, new LatestSafeOrders(question.Deadline, question.Calendar), unknownDelivery: false), question).Steps;

    private static IEnumerable<PlanQuestion> Questions(string kind)
    {
        FeeSchedule[] providers = [.. Enumerable.Range(0, 15).Select(i => Provider($"p{i:00}", Kinds[kind](i)))];
        return Enum.GetValues<AmountSide>().SelectMany(side => Amounts.Select(amount => Plan(Ask("USD/EUR", side, amount, mid: 0.92m), "2026-06-09T12:00Z", providers)));
    }
}
