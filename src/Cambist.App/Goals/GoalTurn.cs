using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>Something about a goal that its person is told of.</summary>
/// <param name="Event">The kind in a word of the wire.</param>
internal sealed record GoalEvent(string Event);

/// <summary>What the time and the market do to an active goal: it expires, its next occurrence begins, its target is reached, a missed window is planned again. Pure.</summary>
internal static class GoalTurn
{
    /// <summary>How long a goal is left alone where nothing calls for it.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(4);

    /// <summary>How long one is left alone whose target is near.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(15);

    // What the rate moves in four hours is two hourly deviations: a target that is nearer than twice that may come and go between two looks.
    private const double NearInDeviations = 4;

    /// <summary>The goal as it stands now, and what has happened to it.</summary>
    /// <param name="goal">An active goal.</param>
    /// <param name="facts">The market now.</param>
    public static (StoredGoal Goal, GoalEvent? Event) Take(StoredGoal goal, GoalMarketFacts facts)
    {
        var (details, now) = (goal.Details, facts.Planning.Now);
        if (details.Span.Deadline <= now)
        {
            return details.Span.Next(goal.Goal, now) is { } next
                ? (Begin(goal, next, facts), new GoalEvent("next_occurrence"))
                : details.Plan.IsDone ? (End(goal, GoalStatus.Completed, now), new GoalEvent("completed")) : (End(goal, GoalStatus.Expired, now), new GoalEvent("expired"));
        }

        if (details.TargetReachedAt is null && facts.Mid is { } mid && goal.Goal.IsReachedBy(mid))
        {
            return (Planned(goal with { Details = details with { TargetReachedAt = now } }, facts), new GoalEvent("target_reached"));
        }

        return IsPlanOver(details, facts.Planning) ? (Planned(goal, facts), new GoalEvent("replanned")) : (goal, null);
    }

    /// <summary>The goal with what is left of it planned from now on.</summary>
    public static StoredGoal Planned(StoredGoal goal, GoalMarketFacts facts)
    {
        var details = goal.Details;
        var plan = GoalPlanner.Replan(goal.Goal, details.Span, details.Plan, facts.Planning);
        // What was advised on was another plan.
        return goal.Unadvised(why: null) with { Details = details with { Plan = plan with { Notes = [.. details.Plan.Notes.Where(note => !note.IsOfPlan), .. plan.Notes] } }, UpdatedAt = facts.Planning.Now };
    }

    /// <summary>
    /// When to look at a goal again: after four hours, and earlier where its target is near, its advice says so, or a window or the span ends; where no window is open, when the next one is. Null where nobody looks after it.
    /// </summary>
    public static DateTimeOffset? NextLook(StoredGoal goal, GoalMarketFacts facts)
    {
        var now = facts.Planning.Now;
        if (goal.Status != GoalStatus.Active)
        {
            return null;
        }

        if (goal.Details.Span.Deadline <= now)
        {
            return now;
        }

        if (goal.Details.Plan.Next is not { } part)
        {
            return goal.Details.Span.Deadline; // Of a recurring goal whose occurrence is done.
        }

        var look = IsTargetNear(goal, facts) ? now + Soon : part.IsDueAt(now) ? now + Every : part.Earliest;
        look = goal.Advice.Current?.NextCheck is { } check && check > now && check < look ? check : look;
        foreach (var end in new[] { part.Latest, goal.Details.Span.Deadline })
        {
            // One tick after the end, in what a database keeps of an instant.
            look = end > now && end.Value.AddMicroseconds(1) < look ? end.Value.AddMicroseconds(1) : look;
        }

        return look;
    }

    private static bool IsTargetNear(StoredGoal goal, GoalMarketFacts facts) =>
        goal is { Goal.TargetRate: { } target, Details.TargetReachedAt: null } && facts is { Mid: { } mid, HourlyDeviation: { } hour } && (double)(target - mid) <= NearInDeviations * hour;

    private static StoredGoal Begin(StoredGoal goal, GoalSpan span, GoalMarketFacts facts)
    {
        var none = goal.Details with
        {
            Span = span,
            Plan = new TranchePlan([], []),
            Paid = Domain.Currencies.Money.Zero(goal.Goal.Pair.Base),
            Received = Domain.Currencies.Money.Zero(goal.Goal.Pair.Quote),
        };
        return Planned(goal with { Details = none, Advice = GoalAdvice.None }, facts);
    }

    private static StoredGoal End(StoredGoal goal, GoalStatus status, DateTimeOffset now) => goal with { Status = status, Advice = GoalAdvice.None, UpdatedAt = now };

    // A part that is due at once, because the last safe order has passed, is not planned again each time that it is looked at.
    private static bool IsPlanOver(GoalDetails details, PlanningFacts facts)
    {
        var plan = details.Plan;
        var isOverdue = plan.Notes.Any(note => note.Code == PlanNote.LatestSafePassed);
        var isBetterKnown = plan.Notes.Any(note => IsKnownNow(note, details, facts));
        return isBetterKnown || (!isOverdue && plan.Tranches.Any(part => part.IsMissedAt(facts.Now)));
    }

    // A cost table each: it is asked for only where the plan lacked it.
    private static bool IsKnownNow(PlanNote note, GoalDetails details, PlanningFacts facts) => note.Code switch
    {
        // Of a goal that is begun the parts are known without it.
        PlanNote.UsdValueUnknown => facts.UsdPerUnit is not null && details.Plan.Tranches.All(part => part.Converted.Amount == 0m),
        PlanNote.DeliveryUnknown => details.Span.Deadline is { } deadline && facts.LatestSafe(deadline) is not null,
        _ => false,
    };
}
