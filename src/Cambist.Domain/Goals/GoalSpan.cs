namespace Cambist.Domain.Goals;

/// <summary>The time in which a goal's amount is converted: of a recurring goal that of one occurrence, which ends where the next begins.</summary>
/// <param name="From">Its begin.</param>
/// <param name="Deadline">When the money must have arrived; null: never.</param>
public sealed record GoalSpan(DateTimeOffset From, DateTimeOffset? Deadline)
{
    /// <summary>The first span of a goal that has not ended at an instant; null where a recurring goal has none any more.</summary>
    public static GoalSpan? First(Goal goal, DateTimeOffset now) => goal.Kind == GoalKind.Recurring ? Recurring(goal, DateTimeOffset.MinValue, now) : new GoalSpan(goal.Starts, goal.Deadline);

    /// <summary>The span of a recurring goal that follows on this one and has not ended at an instant, occurrences that are wholly past left out; null where there is none any more.</summary>
    public GoalSpan? Next(Goal goal, DateTimeOffset now) => goal.Kind == GoalKind.Recurring ? Recurring(goal, From, now) : null;

    private static GoalSpan? Recurring(Goal goal, DateTimeOffset after, DateTimeOffset now)
    {
        var rule = goal.Recurrence ?? throw new ArgumentException("A recurring goal has a calendar.", nameof(goal));
        // One more than it has, for the last occurrence ends as if there were another.
        DateTimeOffset? begin = null;
        var left = rule.Count ?? int.MaxValue;
        foreach (var occurrence in (rule with { Until = null, Count = null }).Occurrences())
        {
            if (begin is { } from && occurrence > now && from > after)
            {
                return new GoalSpan(from, occurrence);
            }

            if (left-- == 0 || IsAfterEnd(rule, occurrence))
            {
                return null;
            }

            begin = occurrence;
        }

        return null;
    }

    private static bool IsAfterEnd(Recurrence rule, DateTimeOffset occurrence) =>
        rule.Until is { } until && DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(occurrence, rule.Zone).DateTime) > until;
}
