using Cambist.Domain.Currencies;
using Cambist.Domain.Goals;
using CsCheck;
using Xunit;
using static Cambist.Domain.Tests.Goals.Plans;

namespace Cambist.Domain.Tests.Goals;

public sealed class GoalPlannerPropertyTests
{
    private static readonly Gen<Goal> Goals = Gen.Select(Gen.Enum<GoalKind>(), Gen.Int[1, 5_000_000], Gen.Double[0.01, 400], Gen.Enum<RecurrenceUnit>(), Gen.Int[1, 60], Gen.Double[0, 40]).Select((kind, cents, days, unit, every, starts) =>
        kind switch
        {
            GoalKind.OneTime => OneTime(cents / 100m, days),
            GoalKind.Threshold => Threshold(cents / 100m, starts > 30 ? null : days, 1.1m),
            GoalKind.Recurring => Recurring(cents / 100m, unit, every),
            _ => Averaging(cents / 100m, days, unit, every),
        } is var goal && starts < days && kind != GoalKind.Recurring ? goal with { Starts = Asked.AddDays(starts) } : goal);

    private static readonly Gen<PlanningFacts> Facts = Gen.Select(Gen.Double[0, 420], Gen.Double[0, 12], Gen.Int[0, 9]).Select((days, delivery, odd) =>
        new PlanningFacts(Asked.AddDays(days), odd == 0 ? null : 0.5m + odd / 4m, odd == 1 ? _ => null : deadline => deadline.AddDays(-delivery)));

    [Fact]
    public void Parts_add_up_to_the_amount_exactly_and_each_is_at_least_a_minor_unit() =>
        Gen.Select(Goals, Facts).Sample((goal, facts) =>
        {
            var plan = goal.Planned(facts);
            return plan.Tranches.Sum(tranche => tranche.Amount.Amount) == goal.Amount.Amount && plan.Tranches.All(tranche => tranche.Amount.Amount >= 0.01m && tranche.Amount.FitsMinorUnit());
        });

    [Fact]
    public void Windows_are_open_ordered_and_never_end_after_the_last_safe_order() =>
        Gen.Select(Goals, Facts).Sample((goal, facts) => AssertFeasible(goal, facts, goal.Planned(facts).Tranches));

    [Fact]
    public void Replanning_neither_loses_nor_doubles_money() =>
        Gen.Select(Goals, Facts.Array[1, 6], Gen.Int[1, 150].Array[6]).Sample((goal, times, shares) =>
        {
            var ordered = times.OrderBy(facts => facts.Now).ToArray();
            var span = GoalSpan.First(goal, ordered[0].Now)!;
            var plan = GoalPlanner.Plan(goal, span, ordered[0]);
            var converted = 0m;
            for (var i = 0; i < ordered.Length; i++)
            {
                // What is left can be converted, and a minor unit more, which is rounding.
                var amount = Math.Min(Math.Max(0.01m, decimal.Round(goal.Amount.Amount * shares[i] / 100m, 2)), goal.Amount.Amount - converted + 0.01m);
                if (Reconciliation.Of(plan, Usd(amount)) is Reconciliation.Taken taken)
                {
                    (plan, converted) = (taken.Plan, converted + amount);
                }

                plan = GoalPlanner.Replan(goal, span, plan, ordered[i]);
                var left = plan.Tranches.Sum(tranche => tranche.Remaining.Amount);
                Assert.Equal(goal.Amount.Amount, plan.Tranches.Sum(tranche => tranche.Amount.Amount));
                Assert.Equal(Math.Max(0m, goal.Amount.Amount - converted), left);
                Assert.Equal(left == 0m, plan.IsDone);
                AssertFeasible(goal, ordered[i], [.. plan.Tranches.Where(tranche => !tranche.IsDone)], span);
            }
        });

    [Fact]
    public void Planning_again_with_the_same_facts_changes_nothing() =>
        Gen.Select(Goals, Facts).Sample((goal, facts) =>
        {
            var (span, plan) = (GoalSpan.First(goal, facts.Now)!, goal.Planned(facts));
            return GoalPlanner.Replan(goal, span, plan, facts).Tranches.SequenceEqual(plan.Tranches);
        });

    [Fact]
    public void A_changed_amount_is_planned_whole() =>
        Gen.Select(Goals, Facts, Gen.Int[1, 99], Gen.Int[1, 5_000_000]).Sample((goal, facts, share, more) =>
        {
            var part = Math.Max(0.01m, decimal.Round(goal.Amount.Amount * share / 100m, 2));
            var plan = goal.Planned(facts).Converted(part);
            var changed = goal with { Amount = Usd(part + more / 100m) };
            var again = GoalPlanner.Replan(changed, GoalSpan.First(goal, facts.Now)!, plan, facts);

            return again.Tranches.Sum(tranche => tranche.Amount.Amount) == changed.Amount.Amount && again.Tranches.Sum(tranche => tranche.Converted.Amount) == part;
        });

    private static void AssertFeasible(Goal goal, PlanningFacts facts, IReadOnlyList<Tranche> tranches, GoalSpan? given = null)
    {
        var span = given ?? GoalSpan.First(goal, facts.Now)!;
        var asked = facts.Now > span.From ? facts.Now : span.From;
        Assert.All(tranches, tranche => Assert.False(tranche.Latest < tranche.Earliest, $"{tranche}"));
        Assert.All(tranches.Zip(tranches.Skip(1)), pair => Assert.True(pair.First.Earliest < pair.Second.Earliest && pair.First.Latest <= pair.Second.Latest, $"{pair}"));
        if (span.Deadline is { } deadline)
        {
            var last = facts.LatestSafe(deadline) ?? deadline;
            Assert.All(tranches, tranche => Assert.True(tranche.Latest <= last || (last < asked && tranche.Latest == asked), $"{tranche} for {last}"));
        }
    }
}
