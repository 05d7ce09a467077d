using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Goals;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Tests.Goals;

/// <summary>Goals and facts that tests plan with.</summary>
internal static class Plans
{
    public static readonly CurrencyPair UsdEur = CurrencyPair.Parse("USD/EUR");
    public static readonly DateTimeOffset Asked = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    // Delivery takes three days by the clock.
    private static readonly TimeSpan Delivery = TimeSpan.FromDays(3);

    public static Goal OneTime(decimal amount, double days) => new(GoalKind.OneTime, UsdEur, AmountSide.Send, Usd(amount), Asked, Asked.AddDays(days), RiskTolerance.Moderate);

    public static Goal Threshold(decimal amount, double? days, decimal target) =>
        new(GoalKind.Threshold, UsdEur, AmountSide.Send, Usd(amount), Asked, days is { } left ? Asked.AddDays(left) : null, RiskTolerance.Moderate) { TargetRate = target };

    public static Goal Averaging(decimal amount, double days, RecurrenceUnit unit, int every = 1) =>
        new(GoalKind.DollarCostAverage, UsdEur, AmountSide.Send, Usd(amount), Asked, Asked.AddDays(days), RiskTolerance.Moderate) { Recurrence = Rule(unit, every) };

    public static Goal Recurring(decimal amount, RecurrenceUnit unit, int every = 1, int? count = null) =>
        new(GoalKind.Recurring, UsdEur, AmountSide.Send, Usd(amount), Asked, null, RiskTolerance.Moderate) { Recurrence = Rule(unit, every) with { Count = count } };

    public static PlanningFacts At(double days, decimal? usd = 1m) => new(Asked.AddDays(days), usd, deadline => deadline - Delivery);

    public static TranchePlan Planned(this Goal goal, PlanningFacts facts) => GoalPlanner.Plan(goal, GoalSpan.First(goal, facts.Now)!, facts);

    public static TranchePlan Converted(this TranchePlan plan, decimal amount) => ((Reconciliation.Taken)Reconciliation.Of(plan, Usd(amount))).Plan;

    public static Money Usd(decimal amount) => new Money(amount, UsdEur.Base).Rounded();

    public static Money Eur(decimal amount) => new Money(amount, UsdEur.Quote).Rounded();

    private static Recurrence Rule(RecurrenceUnit unit, int every) => new(unit, every, DateOnly.FromDateTime(Asked.Date), TimeOnly.FromDateTime(Asked.UtcDateTime), TimeZoneInfo.Utc);
}
