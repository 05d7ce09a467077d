using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;

namespace Cambist.Domain.Goals;

/// <summary>Why a goal cannot be.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Field">The field at fault, as the wire names it.</param>
/// <param name="Expected">What is allowed, to follow the field's name and "is".</param>
/// <param name="Found">What was found.</param>
public sealed record GoalFault(string Code, string Field, string Expected, string Found);

/// <summary>Refuses goals that contradict themselves or the time.</summary>
public static class GoalRules
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(2 * 366);

    /// <summary>The first fault; null where there is none.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="now">The instant.</param>
    public static GoalFault? Fault(Goal goal, DateTimeOffset now) =>
        AmountFault(goal.Amount) ?? TargetFault(goal) ?? CalendarFault(goal) ?? TimeFault(goal, now) ?? PartsFault(goal, now);

    /// <summary>A target that the rate has reached already: there is nothing to wait for.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="mid">The fresh mid-market rate of its pair; null where there is none, and then nobody can tell.</param>
    public static GoalFault? ReachedFault(Goal goal, decimal? mid) => mid is { } rate && goal.IsReachedBy(rate)
        ? new GoalFault("target_already_reached", "target_rate", Text($"above the mid-market rate, which is {rate:0.########}"), Text($"{goal.TargetRate:0.########}"))
        : null;

    /// <summary>What a person should know of a deadline on a day on which no money moves; null where it is a business day.</summary>
    /// <param name="deadline">The deadline.</param>
    /// <param name="zone">Where it is that day.</param>
    /// <param name="calendar">The business days of both currencies.</param>
    public static PlanNote? DeadlineNote(DateTimeOffset deadline, TimeZoneInfo zone, BusinessCalendar calendar)
    {
        // A deadline without a time is the midnight at which its day ends.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(deadline.AddTicks(-1), zone).DateTime);
        if (calendar.IsBusinessDay(day))
        {
            return null;
        }

        var why = calendar.HolidayOn(day) is { } holiday ? $"a bank holiday ({holiday})" : "at a weekend";
        return new PlanNote("deadline.no_business_day", Text($"The deadline, {day:d MMMM yyyy}, is {why}: the money has to arrive by {calendar.OnOrBefore(day):d MMMM yyyy}."));
    }

    /// <summary>A start that is too far ahead; its calendar might run beyond the years that calendars know.</summary>
    /// <param name="starts">The start.</param>
    /// <param name="now">The instant.</param>
    public static GoalFault? StartFault(DateTimeOffset starts, DateTimeOffset now) => starts > now + Farthest ? new GoalFault("start_too_far", "starts", "at most two years ahead", Instant(starts)) : null;

    private static GoalFault? AmountFault(Money amount) =>
        amount.Amount <= 0m ? new GoalFault("invalid_amount", "amount", "above zero", Plain(amount))
        : !amount.FitsMinorUnit() ? new GoalFault("amount_too_precise", "amount", $"in whole minor units of {amount.Currency}, which has {amount.Currency.MinorUnits} decimals", Plain(amount))
        : null;

    private static GoalFault? TargetFault(Goal goal) => (goal.Kind, goal.TargetRate) switch
    {
        (GoalKind.Threshold, null) => new GoalFault("contradictory_goal", "target_rate", "needed for a threshold goal", "nothing"),
        (GoalKind.Threshold, <= 0m) => new GoalFault("invalid_target_rate", "target_rate", "above zero", Text($"{goal.TargetRate}")),
        (not GoalKind.Threshold, not null) => new GoalFault("contradictory_goal", "target_rate", "only for a threshold goal", Text($"{goal.TargetRate}")),
        _ => null,
    };

    private static GoalFault? CalendarFault(Goal goal) => (goal.Kind, goal.Recurrence, goal.Deadline) switch
    {
        (GoalKind.Recurring or GoalKind.DollarCostAverage, null, _) => new GoalFault("contradictory_goal", "recurrence", "needed for a recurring goal and for dollar-cost averaging", "nothing"),
        (GoalKind.OneTime or GoalKind.Threshold, not null, _) => new GoalFault("contradictory_goal", "recurrence", "only for a recurring goal and for dollar-cost averaging", goal.Recurrence.ToString()),
        (GoalKind.Recurring, _, not null) => new GoalFault("contradictory_goal", "deadline", "not for a recurring goal, whose recurrence ends by 'until' or 'count'", Instant(goal.Deadline.Value)),
        (GoalKind.OneTime or GoalKind.DollarCostAverage, _, null) => new GoalFault("contradictory_goal", "deadline", "needed for a goal of this type", "nothing"),
        _ => null,
    };

    private static GoalFault? TimeFault(Goal goal, DateTimeOffset now) => StartFault(goal.Starts, now) ?? goal.Deadline switch
    {
        { } deadline when deadline <= now => new GoalFault("deadline_past", "deadline", $"after {Instant(now)}", Instant(deadline)),
        { } deadline when deadline <= goal.Starts => new GoalFault("deadline_before_start", "deadline", $"after the start, {Instant(goal.Starts)}", Instant(deadline)),
        { } deadline when deadline > now + Farthest => new GoalFault("deadline_too_far", "deadline", "at most two years ahead", Instant(deadline)),
        _ => null,
    };

    private static GoalFault? PartsFault(Goal goal, DateTimeOffset now)
    {
        if (goal.Recurrence is not { } rule)
        {
            return null;
        }

        if (goal.Kind == GoalKind.Recurring)
        {
            return GoalSpan.First(goal, now) switch
            {
                null => new GoalFault("no_occurrence", "recurrence", "a rule with an occurrence to come", rule.ToString()),
                { Deadline: { } end } when end > now + Farthest => new GoalFault("deadline_too_far", "recurrence", "a rule whose next occurrence ends within two years", rule.ToString()),
                _ => null,
            };
        }

        var parts = rule.Occurrences().TakeWhile(day => day <= goal.Deadline).Take(GoalPlanner.MostParts + 1).Count();
        return parts > GoalPlanner.MostParts ? new GoalFault("too_many_parts", "recurrence", $"a rule with at most {GoalPlanner.MostParts} occurrences before the deadline", rule.ToString())
            : parts == 0 ? new GoalFault("no_occurrence", "recurrence", "a rule with an occurrence before the deadline", rule.ToString())
            : EqualParts.Most(goal.Amount, parts) < parts ? new GoalFault("amount_too_small", "amount", $"at least {parts} minor units of {goal.Amount.Currency}, one for each part", Plain(goal.Amount))
            : null;
    }

    private static string Plain(Money amount) => amount.Amount.ToString(CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset instant) => string.Create(CultureInfo.InvariantCulture, $"{instant.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
