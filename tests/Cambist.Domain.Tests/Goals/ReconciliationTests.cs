using Cambist.Domain.Goals;
using Cambist.Domain.Quotes;
using Xunit;
using static Cambist.Domain.Tests.Goals.Plans;

namespace Cambist.Domain.Tests.Goals;

public sealed class ReconciliationTests
{
    private static readonly TranchePlan Plan = OneTime(12_000m, days: 60).Planned(At(0));

    [Fact]
    public void A_part_of_a_part_leaves_the_rest_of_it()
    {
        var plan = Plan.Converted(1_000m);

        Assert.Equal([1_400m, 2_400m, 2_400m, 2_400m, 2_400m], plan.Tranches.Select(tranche => tranche.Remaining.Amount));
        Assert.Same(plan.Tranches[0], plan.Next);
    }

    [Fact]
    public void More_than_a_part_goes_on_with_the_next()
    {
        var plan = Plan.Converted(5_000m);

        Assert.Equal([0m, 0m, 2_200m, 2_400m, 2_400m], plan.Tranches.Select(tranche => tranche.Remaining.Amount));
        Assert.Equal([true, true, false, false, false], plan.Tranches.Select(tranche => tranche.IsDone));
    }

    [Theory]
    [InlineData(12_000, true)]
    [InlineData(12_000.01, true)]
    [InlineData(12_000.02, false)]
    public void A_minor_unit_beyond_what_is_left_is_rounding_and_more_is_refused(decimal amount, bool isTaken)
    {
        var result = Reconciliation.Of(Plan, Usd(amount));

        if (isTaken)
        {
            Assert.True(Assert.IsType<Reconciliation.Taken>(result).Plan.IsDone);
        }
        else
        {
            Assert.Equal(Usd(12_000m), Assert.IsType<Reconciliation.TooLarge>(result).Remaining);
        }
    }

    [Fact]
    public void Of_a_goal_that_is_done_not_even_a_minor_unit_is_left() =>
        Assert.Equal(Usd(0m), Assert.IsType<Reconciliation.TooLarge>(Reconciliation.Of(Plan.Converted(12_000m), Usd(0.01m))).Remaining);

    [Fact]
    public void A_window_is_due_from_its_begin_and_missed_after_its_end()
    {
        var second = Plan.Tranches[1];

        Assert.Equal((false, true), (second.IsDueAt(Asked.AddDays(7).AddTicks(-1)), second.IsDueAt(Asked.AddDays(7))));
        Assert.Equal((false, true), (second.IsMissedAt(second.Latest!.Value), second.IsMissedAt(second.Latest.Value.AddTicks(1))));
        Assert.False(Threshold(100m, null, 1.1m).Planned(At(0)).Tranches[0].IsMissedAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void The_blended_rate_is_what_arrived_for_all_that_was_paid()
    {
        var progress = Progress(AmountSide.Send, 10_000m, Conversion(1_000m, 900m), Conversion(3_000m, 2_580m));

        Assert.Equal(0.87m, progress.BlendedRate); // 3,480 / 4,000, and not the mean of 0.90 and 0.86.
        Assert.Equal((Usd(4_000m), Usd(6_000m), 0.4m, 25), (progress.Converted, progress.Remaining, progress.Share, progress.Milestone));
    }

    [Fact]
    public void A_goal_of_what_arrives_is_measured_by_what_arrived()
    {
        var progress = GoalProgress.Of(AmountSide.Receive, Eur(1_000m), Usd(800m), Eur(750m));

        Assert.Equal((Eur(750m), Eur(250m), 0.75m, 75), (progress.Converted, progress.Remaining, progress.Share, progress.Milestone));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(249.99, 0)]
    [InlineData(250, 25)]
    [InlineData(999.99, 75)]
    [InlineData(1_000.01, 100)]
    public void A_milestone_is_reached_by_its_last_cent(decimal converted, int milestone)
    {
        var progress = converted == 0m ? Progress(AmountSide.Send, 1_000m) : Progress(AmountSide.Send, 1_000m, Conversion(converted, 1m));

        Assert.Equal(milestone, progress.Milestone);
        Assert.Equal(converted == 0m, progress.BlendedRate is null);
        Assert.True(progress is { Remaining.Amount: >= 0m, Share: <= 1m });
    }

    private static GoalProgress Progress(AmountSide side, decimal amount, params ActualConversion[] conversions) => GoalProgress.Of(side, Usd(amount), Usd(conversions.Sum(conversion => conversion.Paid.Amount)), Eur(conversions.Sum(conversion => conversion.Received.Amount)));

    private static ActualConversion Conversion(decimal paid, decimal received) => new(Usd(paid), Eur(received), "wise", Asked);
}
