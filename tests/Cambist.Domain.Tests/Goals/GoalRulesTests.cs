using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Goals;
using Xunit;
using static Cambist.Domain.Tests.Goals.Plans;

namespace Cambist.Domain.Tests.Goals;

public sealed class GoalRulesTests
{
    public static TheoryData<string, string, Goal> Contradictions => new()
    {
        { "invalid_amount", "amount", OneTime(0m, 30) },
        { "amount_too_precise", "amount", OneTime(5m, 30) with { Amount = new Money(5.001m, UsdEur.Base) } },
        { "contradictory_goal", "deadline", OneTime(5m, 30) with { Deadline = null } },
        { "contradictory_goal", "deadline", Averaging(5m, 30, RecurrenceUnit.Weeks) with { Deadline = null } },
        { "contradictory_goal", "deadline", Recurring(5m, RecurrenceUnit.Weeks) with { Deadline = Asked.AddDays(30) } },
        { "contradictory_goal", "recurrence", Recurring(5m, RecurrenceUnit.Weeks) with { Recurrence = null } },
        { "contradictory_goal", "recurrence", OneTime(5m, 30) with { Recurrence = Recurring(5m, RecurrenceUnit.Weeks).Recurrence } },
        { "contradictory_goal", "target_rate", OneTime(5m, 30) with { TargetRate = 1m } },
        { "contradictory_goal", "target_rate", Threshold(5m, 30, 1m) with { TargetRate = null } },
        { "invalid_target_rate", "target_rate", Threshold(5m, 30, 0m) },
        { "deadline_past", "deadline", OneTime(5m, 0) },
        { "deadline_before_start", "deadline", OneTime(5m, 30) with { Starts = Asked.AddDays(30) } },
        { "deadline_too_far", "deadline", OneTime(5m, 733) },
        { "start_too_far", "starts", Recurring(5m, RecurrenceUnit.Weeks) with { Starts = Asked.AddDays(733) } },
        { "no_occurrence", "recurrence", Recurring(5m, RecurrenceUnit.Weeks, count: 0) },
        { "no_occurrence", "recurrence", Averaging(5m, 30, RecurrenceUnit.Weeks) with { Recurrence = Recurring(5m, RecurrenceUnit.Weeks, count: 0).Recurrence } },
        { "too_many_parts", "recurrence", Averaging(5_000m, 400, RecurrenceUnit.Days) },
        { "amount_too_small", "amount", Averaging(0.29m, 29.5, RecurrenceUnit.Days) },
    };

    public static TheoryData<Goal> Sound => [OneTime(0.01m, 0.01), OneTime(5m, 732), Recurring(5m, RecurrenceUnit.Years), Threshold(5m, null, 1.1m), Threshold(5m, 30, 1.1m), Averaging(0.30m, 29.5, RecurrenceUnit.Days)];

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_goal_that_contradicts_itself_or_the_time_is_refused_by_its_field(string code, string field, Goal goal)
    {
        var fault = GoalRules.Fault(goal, Asked);

        Assert.Equal((code, field), (fault?.Code, fault?.Field));
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void A_sound_goal_is_taken(Goal goal) => Assert.Null(GoalRules.Fault(goal, Asked));

    [Theory]
    [InlineData(1.1, true)]
    [InlineData(1.11, true)]
    [InlineData(1.09, false)]
    public void A_target_that_the_rate_has_reached_is_refused(decimal mid, bool isReached) =>
        Assert.Equal(isReached ? "target_already_reached" : null, GoalRules.ReachedFault(Threshold(5m, 30, 1.1m), mid)?.Code);

    [Fact]
    public void Without_a_rate_nobody_can_tell_whether_a_target_is_reached() => Assert.Null(GoalRules.ReachedFault(Threshold(5m, 30, 1.1m), mid: null));

    // 25 December 2026 is a Friday, the 26th a Saturday; the midnight that ends a day in New York belongs to that day.
    [Theory]
    [InlineData("2026-12-26T05:00:00Z", "America/New_York", "a bank holiday")]
    [InlineData("2026-12-27T00:00:00Z", "UTC", "at a weekend")]
    [InlineData("2026-12-24T05:00:00Z", "America/New_York", null)]
    public void A_deadline_on_a_day_without_business_is_told(string deadline, string zone, string? why)
    {
        var note = GoalRules.DeadlineNote(
            DateTimeOffset.Parse(deadline, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone), BusinessCalendar.For(UsdEur.Base, UsdEur.Quote));

        Assert.Equal(why is null, note is null);
        Assert.True(note is null || (note.Text.Contains(why!, StringComparison.Ordinal) && note.Text.EndsWith("by 24 December 2026.", StringComparison.Ordinal)), note?.Text);
    }
}
