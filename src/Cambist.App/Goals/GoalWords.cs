using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>The words of goals on the wire.</summary>
internal static class GoalWords
{
    public static IReadOnlyList<(string Word, GoalKind Value)> Kinds { get; } =
        [("one_time", GoalKind.OneTime), ("recurring", GoalKind.Recurring), ("threshold", GoalKind.Threshold), ("dollar_cost_average", GoalKind.DollarCostAverage)];

    public static IReadOnlyList<(string Word, RecurrenceUnit Value)> Units { get; } =
        [("days", RecurrenceUnit.Days), ("weeks", RecurrenceUnit.Weeks), ("months", RecurrenceUnit.Months), ("years", RecurrenceUnit.Years)];

    public static IReadOnlyList<(string Word, DayOfWeek Value)> Weekdays { get; } = [.. Enum.GetValues<DayOfWeek>().Select(day => (day.ToString().ToLowerInvariant(), day))];

    public static string Of(GoalKind kind) => Kinds.First(known => known.Value == kind).Word;

    public static string Of(RecurrenceUnit unit) => Units.First(known => known.Value == unit).Word;
}
