using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;
using Cambist.Domain.Tests.Decisions;
using CsCheck;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Evaluation.Advice;

public sealed class GoalStrategiesTests
{
    private static readonly CurrencyPair UsdEur = CurrencyPair.Parse("USD/EUR");
    private static readonly DateTimeOffset Wednesday = At("2026-03-11T12:00Z");

    [Fact]
    public void At_once_and_the_last_safe_day_convert_everything_at_their_instants()
    {
        var goal = Goal(days: 7);
        var strategies = Strategies(goal, Rising(), Situations.Steady());

        var now = Assert.Single(strategies.Of(AdviceStrategy.AtOnce, goal.AskedAt)!);
        var last = Assert.Single(strategies.Of(AdviceStrategy.LastSafeDay, goal.AskedAt)!);

        Assert.Equal((Wednesday, 6000m), (now.At, now.Paid.Amount));
        Assert.Equal((Wednesday.AddDays(5), 6000m), (last.At, last.Paid.Amount));
        Assert.True(last.Received.Amount > now.Received.Amount, "The rate rose.");
    }

    [Fact]
    public void Equal_parts_are_five_at_most_evenly_over_the_days_and_each_pays_its_own_fee()
    {
        var goal = Goal(days: 23);
        var parts = Strategies(goal, Rising(), Provider("fixed", Deducted("USD", Flat(3m)))).Of(AdviceStrategy.EqualParts, goal.AskedAt)!;

        Assert.Equal([0, 5, 10, 15, 21], parts.Select(part => (part.At - Wednesday).TotalDays));
        Assert.All(parts, part => Assert.Equal((1200m, decimal.Round((1200m - 3m) * part.Mid, 2, MidpointRounding.ToNegativeInfinity)), (part.Paid.Amount, part.Received.Amount)));
    }

    [Fact]
    public void Parts_share_what_one_conversion_would_have_had_free()
    {
        var goal = Goal(days: 23);
        var offer = Deducted("USD", Flat(0m)) with { Allowance = new FeeAllowance(2000m, 30, 1m) };
        var parts = Strategies(goal, Rising(), Provider("free", offer)).Of(AdviceStrategy.EqualParts, goal.AskedAt)!;

        // 1,200 and 800 of the first 2,000 are free, then 1 % of 400 and of 1,200 is charged.
        Assert.Equal([0m, 4m, 12m, 12m, 12m], parts.Select(part => 1200m - decimal.Round(part.Received.Amount / part.Mid, 1)));
    }

    [Fact]
    public void Every_strategy_converts_the_whole_amount() => Gen.Select(Gen.Int[1, 40], Gen.Int[0, 167], Gen.Int[1, 5_000_00], Gen.Enum<AdviceStrategy>(), Gen.Int[0, 1000]).Sample((days, hour, cents, strategy, seed) =>
    {
        var goal = Goal(days, Wednesday.AddHours(hour), 100m + cents / 100m);
        var conversions = Strategies(goal, Walk(seed), Situations.Weekender(), Situations.Steady()).Of(strategy, goal.AskedAt)!;
        Assert.Equal(goal.Amount.Amount, conversions.Sum(conversion => conversion.Paid.Amount));
        Assert.All(conversions, conversion => Assert.InRange(conversion.At, goal.AskedAt, goal.Deadline));
    });

    [Fact]
    public void Hindsight_is_never_beaten_by_converting_everything_at_any_hour() => Gen.Select(Gen.Int[3, 20], Gen.Int[0, 167], Gen.Int[0, 1000]).Sample((days, hour, seed) =>
    {
        var goal = Goal(days, Wednesday.AddHours(hour));
        var rates = Walk(seed);
        FeeSchedule[] providers = [Situations.Weekender(), Situations.Steady(markupPercent: 0.6m), Situations.Steady("slow", 0.1m, new DeliveryTime(TimeSpan.Zero, TimeSpan.FromDays(2.5), BusinessDays: false))];
        var prices = Prices(goal, rates, providers);
        var safe = goal.Deadline.AddDays(-2);
        var best = prices.Net(Strategies(goal, rates, providers).Of(AdviceStrategy.Hindsight, goal.AskedAt)!);
        for (var at = goal.AskedAt; at <= safe; at = at.AddHours(1))
        {
            Assert.True(prices.Net([prices.At(at)!]) <= best, $"{at:O} is better than {best}.");
        }
    });

    [Fact]
    public void One_way_trading_with_a_forecast_sells_more_at_the_top_than_at_the_bottom()
    {
        var goal = Goal(days: 10);
        var peak = new RatePath(UsdEur, Hours().Select(hour => Observed(hour, hour == Wednesday.AddDays(5) ? 0.96m : 0.92m)));

        var conversions = Strategies(goal, peak, Situations.Steady()).Of(AdviceStrategy.OneWayTrading, goal.AskedAt)!;

        Assert.Contains(conversions, conversion => conversion.At == Wednesday.AddDays(5));
        Assert.Equal(Wednesday.AddDays(8), conversions[^1].At);
        Assert.Null(Strategies(goal, peak, hasForecast: false, Situations.Steady()).Of(AdviceStrategy.OneWayTrading, goal.AskedAt));
    }

    [Fact]
    public void Where_no_later_instant_is_safe_all_convert_at_once()
    {
        var goal = Goal(days: 1);
        var strategies = Strategies(goal, Rising(), Situations.Steady());

        Assert.All(AdviceStrategies.All, strategy => Assert.Equal(Wednesday, Assert.Single(strategies.Of(strategy, goal.AskedAt)!).At));
    }

    [Fact]
    public void The_gain_against_a_strategy_is_what_its_money_would_have_bought_less()
    {
        var goal = Goal(days: 7);
        var prices = Prices(goal, Rising(), Situations.Steady());
        var strategies = Strategies(goal, Rising(), Situations.Steady());
        var outcome = AdviceOutcome.Of(prices, strategies, strategies.Of(AdviceStrategy.LastSafeDay, goal.AskedAt)![0], waited: true, usdPerBase: 1m, []);

        var rise = Rising().At(Wednesday.AddDays(5))!.Rate.Mid / Rising().At(Wednesday)!.Rate.Mid - 1m;
        Assert.Equal((double)(rise * 0.985m * 10_000m), outcome.Gains[(int)AdviceStrategy.AtOnce]!.Value.Bps, 0.05);
        Assert.Equal((double)(rise * 0.985m * 6000m), outcome.Gains[(int)AdviceStrategy.AtOnce]!.Value.Usd!.Value, 0.05);
        Assert.Equal(0, outcome.Gains[(int)AdviceStrategy.LastSafeDay]!.Value.Bps);
    }

    private static AdviceGoal Goal(int days, DateTimeOffset? asked = null, decimal amount = 6000m) =>
        new(UsdEur, GoalSide.SellBase, new Money(amount, UsdEur.Base), asked ?? Wednesday, days, RiskTolerance.Moderate);

    private static GoalPrices Prices(AdviceGoal goal, RatePath rates, params FeeSchedule[] providers) => new(goal, rates, new ProviderPanel(providers), BusinessCalendar.For(UsdEur.Base, UsdEur.Quote));

    private static GoalStrategies Strategies(AdviceGoal goal, RatePath rates, params FeeSchedule[] providers) => Strategies(goal, rates, hasForecast: true, providers);

    private static GoalStrategies Strategies(AdviceGoal goal, RatePath rates, bool hasForecast, params FeeSchedule[] providers) => new(
        Prices(goal, rates, providers),
        goal.Deadline.AddDays(-2),
        hasForecast ? Situations.RandomWalk(UsdEur, goal.AskedAt, rates.At(goal.AskedAt)!.Rate.Mid) : null,
        new HourGrid(rates, new ProviderPanel(providers), goal.AskedAt, goal.Deadline));

    private static RatePath Rising() => new(UsdEur, Hours().Select((hour, i) => Observed(hour, 0.92m + i * 0.00001m)));

    private static RatePath Walk(int seed)
    {
        var random = new Random(seed);
        var rate = 0.92;
        return new RatePath(UsdEur, Hours().Select(hour => Observed(hour, (decimal)Math.Round(rate *= Math.Exp(0.002 * (random.NextDouble() - 0.5)), 5))));
    }

    // Eight weeks from the day before, each hour that the market is open.
    private static IEnumerable<DateTimeOffset> Hours() => Enumerable.Range(0, 24 * 56).Select(hour => Wednesday.AddDays(-1).AddHours(hour)).Where(hour => FxWeek.IsOpen(hour.AddHours(-1)));

    private static RateObservation Observed(DateTimeOffset at, decimal mid) => new(TwoSidedRate.AtMid(UsdEur, mid), SpreadKnown: false, "made up", at, at, TimeSpan.FromHours(3));
}
