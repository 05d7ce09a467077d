using System.Globalization;
using Cambist.Domain.Currencies;

namespace Cambist.Domain.Goals;

/// <summary>What a plan is made from.</summary>
/// <param name="Now">The instant.</param>
/// <param name="UsdPerUnit">USD per unit of the amount's currency at the current mid; null where no such rate is known.</param>
/// <param name="LatestSafe">The last order that arrives by a deadline with the provider that would be advised; null where its delivery time is unknown.</param>
public sealed record PlanningFacts(DateTimeOffset Now, decimal? UsdPerUnit, Func<DateTimeOffset, DateTimeOffset?> LatestSafe);

/// <summary>
/// Plans the parts of a goal, and plans again when something has changed. What is converted stays as it is; what is left is planned afresh from now on. The parts always add up to the goal's amount, and no window
/// ends after the last safe order: where that has passed, what is left is one part that is due at once.
/// </summary>
public static class GoalPlanner
{
    /// <summary>The most parts of a plan by the calendar.</summary>
    public const int MostParts = 366;

    /// <summary>The plan of a goal of which nothing is converted.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="span">The time it has.</param>
    /// <param name="facts">The facts.</param>
    public static TranchePlan Plan(Goal goal, GoalSpan span, PlanningFacts facts) => Replan(goal, span, new TranchePlan([], []), facts);

    /// <summary>The plan of what is left of a goal, after a missed window, a changed deadline or amount, a recorded conversion or a reached target.</summary>
    /// <param name="goal">The goal as it is now.</param>
    /// <param name="span">The time it has.</param>
    /// <param name="before">The plan until now.</param>
    /// <param name="facts">The facts.</param>
    public static TranchePlan Replan(Goal goal, GoalSpan span, TranchePlan before, PlanningFacts facts)
    {
        var closed = Closed(goal, before);
        var left = closed.Aggregate(goal.Amount, (rest, tranche) => rest.Minus(tranche.Amount));
        if (left.Amount <= 0m)
        {
            return new TranchePlan(closed, []);
        }

        var notes = new List<PlanNote>();
        var asked = facts.Now > span.From ? facts.Now : span.From;
        var open = span.Deadline is not { } deadline ? [new Tranche(left, asked, null)]
            : Last(deadline, facts, notes) is var last && last < asked ? Overdue(left, asked, deadline, last, notes)
            : goal.Kind == GoalKind.DollarCostAverage ? ByCalendar(goal, before, left, asked, last, notes)
            : ByRule(goal, before, left, asked, deadline, last, facts, notes);
        return new TranchePlan([.. closed, .. open], notes);
    }

    // A part that is converted in part ends with what is converted. What was converted beyond the goal, by a minor unit at most, is no part of it.
    private static List<Tranche> Closed(Goal goal, TranchePlan before)
    {
        var (closed, left) = (new List<Tranche>(), goal.Amount.Amount);
        foreach (var tranche in before.Tranches.Where(tranche => tranche.Converted.Amount > 0m))
        {
            var amount = Math.Min(tranche.Converted.Amount, left);
            closed.Add(tranche with { Amount = tranche.Amount with { Amount = amount } });
            left -= amount;
        }

        return closed;
    }

    private static DateTimeOffset Last(DateTimeOffset deadline, PlanningFacts facts, List<PlanNote> notes)
    {
        if (facts.LatestSafe(deadline) is not { } safe)
        {
            notes.Add(new PlanNote(PlanNote.DeliveryUnknown, "No provider that serves this says how long delivery takes, so the windows end at the deadline itself."));
            return deadline;
        }

        return safe < deadline ? safe : deadline;
    }

    private static List<Tranche> Overdue(Money left, DateTimeOffset asked, DateTimeOffset deadline, DateTimeOffset last, List<PlanNote> notes)
    {
        notes.Add(new PlanNote(PlanNote.LatestSafePassed, $"To arrive by {Instant(deadline)} an order was due by {Instant(last)}: what is left is one part, due at once."));
        return [new Tranche(left, asked, asked)];
    }

    private static List<Tranche> ByRule(
        Goal goal, TranchePlan before, Money left, DateTimeOffset asked, DateTimeOffset deadline, DateTimeOffset last, PlanningFacts facts, List<PlanNote> notes)
    {
        var wished = goal.Kind == GoalKind.Threshold ? 1 : Wished(goal, before, facts, notes); // It is the target that decides when, not the calendar.
        var parts = EqualParts.Most(left, TrancheRule.Fitting(wished, asked, last));
        if (parts < wished)
        {
            notes.Add(new PlanNote(PlanNote.Merged, string.Create(
                CultureInfo.InvariantCulture, $"{wished} parts, seven days apart, do not fit before the last safe order on {Instant(last)}: they are merged into {parts}.")));
        }

        return
        [
            .. EqualParts.Of(left, parts).Select((amount, part) =>
            {
                var (earliest, latest) = TrancheRule.Window(part, parts, asked, deadline, last);
                return new Tranche(amount, earliest, latest);
            }),
        ];
    }

    // By the whole amount, less the parts that are done: what is left of a split amount is not put into one part because it is no longer large.
    private static int Wished(Goal goal, TranchePlan before, PlanningFacts facts, List<PlanNote> notes)
    {
        var done = before.Tranches.Count(tranche => tranche.IsDone);
        if (facts.UsdPerUnit is { } usd)
        {
            return Math.Max(1, TrancheRule.Parts(goal.Amount.Amount * usd) - done);
        }

        if (before.Tranches.Count > 0)
        {
            return Math.Max(1, before.Tranches.Count - done);
        }

        notes.Add(new PlanNote(PlanNote.UsdValueUnknown, $"No fresh rate says what {goal.Amount} is worth in USD, so whether it is large is not known, and it is not split."));
        return 1;
    }

    private static List<Tranche> ByCalendar(Goal goal, TranchePlan before, Money left, DateTimeOffset asked, DateTimeOffset last, List<PlanNote> notes)
    {
        var done = before.Tranches.Where(tranche => tranche.IsDone).Select(tranche => tranche.Earliest).Except(before.Tranches.Where(tranche => !tranche.IsDone).Select(tranche => tranche.Earliest)).ToHashSet();
        var windows = Windows(goal.Recurrence!, goal.Starts, asked, last).Where(window => !done.Contains(window.Earliest)).ToList();
        if (windows.Count == 0)
        {
            notes.Add(new PlanNote(PlanNote.NoOccurrence, $"The calendar has no day left before the last safe order on {Instant(last)}: what is left is one part."));
            windows.Add((asked, last));
        }

        var parts = EqualParts.Most(left, Math.Min(windows.Count, MostParts));
        return [.. EqualParts.Of(left, parts).Select((amount, part) => new Tranche(amount, windows[part].Earliest, parts == part + 1 ? last : windows[part].Latest))];
    }

    // A part may be converted from its day on, until the next one's day.
    private static IEnumerable<(DateTimeOffset Earliest, DateTimeOffset Latest)> Windows(Recurrence rule, DateTimeOffset starts, DateTimeOffset asked, DateTimeOffset last)
    {
        var days = rule.Occurrences().TakeWhile(day => day <= last).ToList();
        for (var part = 0; part < days.Count; part++)
        {
            var latest = part + 1 < days.Count ? days[part + 1] : last;
            if (latest > asked && latest > starts)
            {
                yield return (days[part] > starts ? days[part] : starts, latest);
            }
        }
    }

    private static string Instant(DateTimeOffset instant) => string.Create(CultureInfo.InvariantCulture, $"{instant.UtcDateTime:d MMMM yyyy HH:mm} UTC");
}
