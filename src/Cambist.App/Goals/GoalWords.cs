using Cambist.Domain;
using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>The words of goals on the wire and in the store.</summary>
internal static class GoalWords
{
    public static Words<GoalKind> Kinds { get; } =
        new(("one_time", GoalKind.OneTime), ("recurring", GoalKind.Recurring), ("threshold", GoalKind.Threshold), ("dollar_cost_average", GoalKind.DollarCostAverage));

    public static Words<GoalStatus> Statuses { get; } =
        new(("active", GoalStatus.Active), ("paused", GoalStatus.Paused), ("completed", GoalStatus.Completed), ("expired", GoalStatus.Expired), ("cancelled", GoalStatus.Cancelled));

    public static Words<RecurrenceUnit> Units { get; } = new(("days", RecurrenceUnit.Days), ("weeks", RecurrenceUnit.Weeks), ("months", RecurrenceUnit.Months), ("years", RecurrenceUnit.Years));

    public static Words<DayOfWeek> Weekdays { get; } = new([.. Enum.GetValues<DayOfWeek>().Select(day => (day.ToString().ToLowerInvariant(), day))]);
}
