using Cambist.Domain.Currencies;
using Cambist.Domain.Goals;
using Xunit;
using static Cambist.Domain.Tests.Goals.Plans;

namespace Cambist.Domain.Tests.Goals;

public sealed class GoalPlannerTests
{
    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(10_000.01, 5)]
    [InlineData(11_999, 5)]
    [InlineData(1_000_000, 5)]
    public void More_than_ten_thousand_usd_is_five_parts(decimal usd, int parts) => Assert.Equal(parts, TrancheRule.Parts(usd));

    // The specification: earliest i × 7 days, latest deadline − (n − i − 1) × 2 days.
    [Fact]
    public void A_large_amount_is_split_as_the_specification_says()
    {
        var plan = OneTime(12_000.03m, days: 60).Planned(At(0));

        Assert.Equal([2_400.01m, 2_400.01m, 2_400.01m, 2_400m, 2_400m], plan.Tranches.Select(tranche => tranche.Amount.Amount));
        Assert.Equal([0d, 7, 14, 21, 28], plan.Tranches.Select(tranche => Days(tranche.Earliest)));
        Assert.Equal([52d, 54, 56, 57, 57], plan.Tranches.Select(tranche => Days(tranche.Latest!.Value))); // The last two are due with the last safe order.
        Assert.Empty(plan.Notes);
    }

    [Theory]
    [InlineData(31, 5)]
    [InlineData(30.9, 4)]
    [InlineData(20, 3)]
    [InlineData(10, 2)]
    [InlineData(9.9, 1)]
    [InlineData(3.1, 1)]
    public void Parts_that_do_not_fit_before_the_last_safe_order_are_merged_and_it_is_said(double days, int parts)
    {
        var plan = OneTime(20_000m, days).Planned(At(0));

        Assert.Equal(parts, plan.Tranches.Count);
        Assert.Equal(parts < 5, plan.Notes.Any(note => note.Code == "plan.merged"));
        Assert.All(plan.Tranches, tranche => Assert.True(tranche.Earliest <= tranche.Latest && tranche.Latest <= Asked.AddDays(days - 3)));
    }

    [Fact]
    public void Past_the_last_safe_order_one_part_is_due_at_once()
    {
        var plan = OneTime(20_000m, days: 2).Planned(At(0));

        Assert.Equal([new Tranche(Usd(20_000m), Asked, Asked)], plan.Tranches);
        Assert.Equal("plan.latest_safe_passed", Assert.Single(plan.Notes).Code);
    }

    [Fact]
    public void What_is_worth_an_unknown_amount_of_usd_is_not_split_and_it_is_said()
    {
        var plan = OneTime(20_000m, days: 60).Planned(At(0, usd: null));

        Assert.Single(plan.Tranches);
        Assert.Equal("plan.usd_value_unknown", Assert.Single(plan.Notes).Code);
    }

    [Fact]
    public void Where_delivery_is_unknown_windows_end_at_the_deadline_and_it_is_said()
    {
        var plan = OneTime(5_000m, days: 60).Planned(At(0) with { LatestSafe = _ => null });

        Assert.Equal([new Tranche(Usd(5_000m), Asked, Asked.AddDays(60))], plan.Tranches);
        Assert.Equal("plan.delivery_unknown", Assert.Single(plan.Notes).Code);
    }

    [Fact]
    public void A_threshold_goal_is_one_part_however_large_and_may_have_no_end()
    {
        Assert.Equal([new Tranche(Usd(50_000m), Asked, Asked.AddDays(57))], Threshold(50_000m, days: 60, target: 1.1m).Planned(At(0)).Tranches);
        Assert.Equal([new Tranche(Usd(50_000m), Asked, null)], Threshold(50_000m, days: null, target: 1.1m).Planned(At(0)).Tranches);
    }

    [Fact]
    public void Averaging_has_equal_parts_from_one_day_of_the_calendar_to_the_next()
    {
        var plan = Averaging(10_000m, days: 80, RecurrenceUnit.Months).Planned(At(0)); // The last safe order is on 8 February, two weeks after the third day.

        Assert.Equal([3_333.34m, 3_333.33m, 3_333.33m], plan.Tranches.Select(tranche => tranche.Amount.Amount));
        Assert.Equal([0d, 30, 61], plan.Tranches.Select(tranche => Days(tranche.Earliest)));
        Assert.Equal([30d, 61, 77], plan.Tranches.Select(tranche => Days(tranche.Latest!.Value)));
    }

    [Fact]
    public void A_missed_part_of_averaging_is_spread_over_those_to_come()
    {
        var goal = Averaging(9_000m, days: 80, RecurrenceUnit.Months);
        var plan = GoalPlanner.Replan(goal, GoalSpan.First(goal, Asked)!, goal.Planned(At(0)), At(31));

        Assert.Equal([4_500m, 4_500m], plan.Tranches.Select(tranche => tranche.Amount.Amount));
        Assert.Equal([30d, 61], plan.Tranches.Select(tranche => Days(tranche.Earliest)));
    }

    [Fact]
    public void A_part_that_is_converted_in_part_stays_open_for_the_rest()
    {
        var goal = Averaging(9_000m, days: 80, RecurrenceUnit.Months);
        var (span, plan) = (GoalSpan.First(goal, Asked)!, goal.Planned(At(0)).Converted(1_000m));
        var again = GoalPlanner.Replan(goal, span, GoalPlanner.Replan(goal, span, plan, At(1)), At(2));

        Assert.Equal([1_000m, 2_666.67m, 2_666.67m, 2_666.66m], again.Tranches.Select(tranche => tranche.Amount.Amount));
        Assert.Equal([0d, 0, 30, 61], again.Tranches.Select(tranche => Days(tranche.Earliest)));
    }

    [Fact]
    public void What_is_left_of_a_split_amount_stays_split()
    {
        var goal = OneTime(12_000m, days: 60);
        var plan = GoalPlanner.Replan(goal, GoalSpan.First(goal, Asked)!, goal.Planned(At(0)).Converted(2_400m), At(3));

        Assert.Equal([2_400m, 2_400m, 2_400m, 2_400m, 2_400m], plan.Tranches.Select(tranche => tranche.Amount.Amount));
        Assert.Equal([0d, 3, 10, 17, 24], plan.Tranches.Select(tranche => Days(tranche.Earliest)));
    }

    [Fact]
    public void An_occurrence_that_is_open_is_the_first_one_and_ends_with_the_next()
    {
        var goal = Recurring(2_000m, RecurrenceUnit.Weeks, count: 2);
        var first = GoalSpan.First(goal, Asked.AddDays(1))!;

        Assert.Equal(new GoalSpan(Asked, Asked.AddDays(7)), first);
        Assert.Equal(new GoalSpan(Asked.AddDays(7), Asked.AddDays(14)), first.Next(goal, Asked.AddDays(1)));
        Assert.Null(first.Next(goal, Asked.AddDays(1))!.Next(goal, Asked.AddDays(1)));
    }

    [Fact]
    public void Occurrences_that_are_wholly_past_are_left_out()
    {
        var goal = Recurring(2_000m, RecurrenceUnit.Weeks);

        Assert.Equal(new GoalSpan(Asked.AddDays(21), Asked.AddDays(28)), GoalSpan.First(goal, Asked)!.Next(goal, Asked.AddDays(22)));
        Assert.Null(GoalSpan.First(goal with { Recurrence = goal.Recurrence! with { Count = 3 } }, Asked.AddDays(22)));
    }

    [Fact]
    public void A_large_occurrence_is_split_within_its_span()
    {
        var plan = Recurring(15_000m, RecurrenceUnit.Months).Planned(At(0));

        Assert.Equal([3_750m, 3_750m, 3_750m, 3_750m], plan.Tranches.Select(tranche => tranche.Amount.Amount)); // 30 days, three for delivery: the fifth does not fit.
    }

    [Fact]
    public void Minor_units_are_never_split()
    {
        var yen = Currency.Parse("JPY");

        Assert.Equal([34m, 33m, 33m], EqualParts.Of(new Money(100m, yen), 3).Select(part => part.Amount));
        Assert.Equal(2, EqualParts.Most(new Money(2m, yen), 5));
        Assert.Throws<ArgumentException>(() => EqualParts.Of(new Money(2m, yen), 3));
        Assert.Throws<ArgumentException>(() => EqualParts.Of(new Money(2.5m, yen), 2));
    }

    private static double Days(DateTimeOffset instant) => (instant - Asked).TotalDays;
}
