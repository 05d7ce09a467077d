using Cambist.App.Edge;
using Cambist.App.Edge.Idempotency;
using Cambist.App.Privacy;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Goals;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Goals;

/// <summary>What became of something that a person does to a goal: exactly one is set.</summary>
/// <param name="Goal">The goal after it.</param>
/// <param name="Problem">Why nothing was done.</param>
internal readonly record struct GoalAnswer(StoredGoal? Goal, Problem? Problem);

/// <summary>Makes and changes goals for the person whose they are. What two requests change at once is changed one after the other, so that neither is lost.</summary>
internal sealed class GoalBook(
    GoalStore store, GoalReader reader, FindGoalPerson people, GatherGoalFacts gather, AdviseGoal advise, GoalMessages messages, PersonalDataHash hash, TimeProvider clock)
{
    // Each try is lost only where another one succeeded.
    private const int MostTries = 20;

    private static readonly GoalPerson Nobody = new(null, null, null, null);

    /// <summary>Makes a goal, plans it, and asks for its first advice.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="request">The goal.</param>
    /// <param name="key">By which the same request is known when it comes again; null: it is a new one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<GoalAnswer> CreateAsync(string account, GoalRequest request, string? key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var effect = GoalEffect.Of(hash, key, request, CambistJson.Wire.GoalRequest);
        if (Made(account, effect) is { } made)
        {
            return made;
        }

        // Before anything is advised: what is advised is logged, and who may have no further goal gets no advice on it.
        if (store.IsFull(account))
        {
            return new GoalAnswer(null, TooMany);
        }

        var (draft, problem) = reader.Read(request, await people(account, cancellationToken) ?? Nobody, now);
        if (draft is null)
        {
            return new GoalAnswer(null, problem);
        }

        var goal = draft.Goal;
        var details = new GoalDetails(
            draft.Name, goal, draft.Zone, GoalSpan.First(goal, now)!, new TranchePlan([], DeadlineNotes(goal, draft.Zone)), Money.Zero(goal.Pair.Base), Money.Zero(goal.Pair.Quote), draft.UsualProvider,
            draft.ExcludedProviders, draft.Countries, TargetReachedAt: null);
        var facts = gather(details);
        if (GoalRules.ReachedFault(goal, facts.Mid) is { } reached)
        {
            return new GoalAnswer(null, GoalReader.ProblemOf(reached));
        }

        var stored = new StoredGoal(Guid.CreateVersion7(now).ToString("D"), account, GoalStatus.Active, details, GoalAdvice.None, EvaluateAt: null, now, now);
        stored = LookedAt(GoalTurn.Planned(stored, facts));
        return store.TryAdd(stored, effect) ? new GoalAnswer(stored, null) : Made(account, effect) ?? new GoalAnswer(null, TooMany);
    }

    /// <summary>Changes a goal.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="change">What changes.</param>
    /// <param name="version">The version that is to be changed; null: whichever there is.</param>
    public GoalAnswer Change(string account, string id, GoalChange change, long? version) => Try(account, id, goal =>
    {
        var now = clock.GetUtcNow();
        if (version is { } expected && expected != goal.Version)
        {
            return Refused(Problems.Of(StatusCodes.Status412PreconditionFailed, "changed_meanwhile", "The goal was changed meanwhile", "Nothing was done: read the goal again, and change it as it is now."));
        }

        if (Ended(goal) is { } ended)
        {
            return Refused(ended);
        }

        var (details, problem) = reader.Read(change, goal.Details, now);
        if (details is null || StatusOf(change, goal, details, now) is not { } status)
        {
            return Refused(problem ?? Problems.Invalid("unknown_status", "status", "'active' or 'paused'", change.Status));
        }

        if (goal.Status == GoalStatus.Expired && status != GoalStatus.Expired && store.IsFull(account))
        {
            return Refused(TooMany); // It would be one more that is looked after.
        }

        var changed = goal with { Details = details, Status = status, UpdatedAt = now };
        if (GoalReader.IsPlannedOtherwise(goal.Goal, details.Goal))
        {
            var facts = gather(details);
            if (details.Goal.TargetRate != goal.Goal.TargetRate && GoalRules.ReachedFault(details.Goal, facts.Mid) is { } reached)
            {
                return Refused(GoalReader.ProblemOf(reached));
            }

            changed = GoalTurn.Planned(changed with { Details = details with { Plan = details.Plan with { Notes = DeadlineNotes(details.Goal, details.Zone) } } }, facts);
        }
        else if (status == GoalStatus.Active && goal.Status != GoalStatus.Active)
        {
            // What has happened while nobody looked: its window was missed, its occurrence is over, its time is up.
            changed = GoalTurn.Take(changed, gather(details)).Goal;
        }

        if (details.UsualProvider != goal.Details.UsualProvider)
        {
            changed = changed with { Advice = changed.Advice with { Named = null } }; // Named anew, at the next advice.
        }

        changed = changed.Details.Plan.IsDone && changed.Status == GoalStatus.Active ? Done(changed, now) : changed;
        changed = LookedAt(changed);
        return new Step(changed, new GoalDeed(status == goal.Status ? "goal.changed" : status == GoalStatus.Paused ? "goal.paused" : "goal.resumed"), Tell: null);
    });

    /// <summary>Gives a goal up; it stays to be read. One that is given up or reached already stays as it is.</summary>
    public GoalAnswer Cancel(string account, string id) => Try(account, id, goal => goal.Status is GoalStatus.Cancelled or GoalStatus.Completed
        ? new Step(goal, Deed: null, Tell: null)
        : new Step(goal with { Status = GoalStatus.Cancelled, Advice = GoalAdvice.None, EvaluateAt = null, UpdatedAt = clock.GetUtcNow() }, new GoalDeed("goal.cancelled"), Tell: null));

    /// <summary>Records a conversion.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="id">Which goal.</param>
    /// <param name="request">The conversion.</param>
    /// <param name="key">By which the same request is known when it comes again; null: it is a new one.</param>
    /// <param name="orderedBy">When it was ordered at the latest, where the request does not say: what was advised since is nothing that it could be measured against. Null: now.</param>
    public GoalAnswer Record(string account, string id, ConversionRequest request, string? key, DateTimeOffset? orderedBy = null) => Try(account, id, goal =>
    {
        var now = clock.GetUtcNow();
        var effect = GoalEffect.Of(hash, key, request, CambistJson.Wire.ConversionRequest);
        if (effect is not null && store.Recorded(goal.Id, effect) is { } before)
        {
            return before == effect ? new Step(goal, Deed: null, Tell: null) : Refused(IdempotencyKey.Mismatch);
        }

        if (goal.Status == GoalStatus.Cancelled)
        {
            return Refused(Ended(goal)!);
        }

        var (conversion, problem) = ConversionReader.Read(request, goal.Goal, orderedBy ?? now, now);
        if (conversion is null)
        {
            return Refused(problem!);
        }

        if (store.IsFullOfConversions(goal.Id))
        {
            return Refused(Problems.Of(StatusCodes.Status409Conflict, "too_many_conversions", "There are too many conversions", $"A goal has at most {GoalStore.MostConversions}; make another goal for what is left."));
        }

        switch (Reconciliation.Of(goal.Details.Plan, conversion.On(goal.Goal.Side)))
        {
            case Reconciliation.Taken taken:
                var stored = new StoredConversion(Guid.CreateVersion7(now).ToString("D"), goal.Id, account, now, conversion, ConversionSaving.Of(conversion, goal.Advice.Named)) { Effect = effect };
                var counted = Counted(goal, taken.Plan, conversion, now);
                var after = LookedAt(counted);
                return new Step(after, new GoalDeed("goal.converted"), TellOf(goal, after), stored);
            case Reconciliation.TooLarge(var remaining):
                return Refused(Problems.Unprocessable(
                    "conversion_too_large",
                    $"{GoalWire.Wire(remaining).Amount} {remaining.Currency} of this goal are left; this conversion is for {conversion.On(goal.Goal.Side)}. Record what belongs to the goal, or change the goal's amount first.",
                    goal.Goal.Side == Domain.Quotes.AmountSide.Send ? "send_amount" : "receive_amount"));
            default:
                throw new InvalidOperationException("A conversion is taken or too large.");
        }
    });

    // What is done to a goal is done to it as it was read; where somebody was faster, once more to what they left.
    private GoalAnswer Try(string account, string id, Func<StoredGoal, Step> work)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (store.Find(account, id) is not { } goal)
            {
                return new GoalAnswer(null, NotFound);
            }

            var step = work(goal);
            if (step.Goal is null || step.Deed is null)
            {
                return new GoalAnswer(step.Goal, step.Problem);
            }

            if (store.TryChange(step.Goal, step.Deed, step.Conversion))
            {
                var written = step.Goal with { Version = goal.Version + 1 };
                if (step.Tell is { } whatHappened)
                {
                    messages.Progress(written, whatHappened);
                }

                messages.Changed(goal, written);

                return new GoalAnswer(written, null);
            }
        }

        return new GoalAnswer(null, Problems.Unavailable("busy", "The goal is changed by many at once; try again in a moment."));
    }

    /// <summary>The problem of a goal that is not there, or is somebody else's.</summary>
    public static Problem NotFound => Problems.NotFound("goal_not_found", "There is no such goal of yours.", "id");

    private static Problem TooMany => Problems.Of(
        StatusCodes.Status409Conflict, "too_many_goals", "There are too many goals", $"An account has at most {GoalStore.Most} goals that are active or paused; cancel one that is not needed.");

    private static StoredGoal Counted(StoredGoal goal, TranchePlan plan, ActualConversion conversion, DateTimeOffset now)
    {
        var details = goal.Details;
        var isNextPart = plan.Tranches.Count(part => part.IsDone) > details.Plan.Tranches.Count(part => part.IsDone);
        var counted = goal with
        {
            Details = details with { Plan = plan, Paid = details.Paid.Plus(conversion.Paid), Received = details.Received.Plus(conversion.Received) },
            Advice = isNextPart ? GoalAdvice.None : goal.Advice,
            UpdatedAt = now,
        };
        return plan.IsDone ? Done(counted, now) : counted;
    }

    // A recurring goal goes on with its next occurrence, if there is one.
    private static StoredGoal Done(StoredGoal goal, DateTimeOffset now) =>
        goal.Details.Span.Next(goal.Goal, now) is null ? goal with { Status = GoalStatus.Completed, Advice = GoalAdvice.None } : goal with { Advice = GoalAdvice.None };

    private StoredGoal LookedAt(StoredGoal goal) => goal.Status == GoalStatus.Active ? advise(goal) : goal.Unadvised(why: null) with { EvaluateAt = null };

    // What the same request made, or that its key belongs to another one; null where the key is new.
    private GoalAnswer? Made(string account, GoalEffect? effect) => effect is not null && store.Made(account, effect) is var (goal, before)
        ? before == effect ? new GoalAnswer(goal, null) : new GoalAnswer(null, IdempotencyKey.Mismatch)
        : null;

    // Null: no word of the wire. A deadline that is moved into the future revives a goal that has expired.
    private static GoalStatus? StatusOf(GoalChange change, StoredGoal goal, GoalDetails details, DateTimeOffset now) => change.Status switch
    {
        null => goal.Status == GoalStatus.Expired && details.Span.Deadline > now ? GoalStatus.Active : goal.Status,
        "active" => goal.Status == GoalStatus.Expired && details.Span.Deadline <= now ? GoalStatus.Expired : GoalStatus.Active,
        "paused" => goal.Status == GoalStatus.Expired && details.Span.Deadline <= now ? GoalStatus.Expired : GoalStatus.Paused,
        _ => null,
    };

    private static string TellOf(StoredGoal before, StoredGoal after) =>
        after.Details.Plan.IsDone ? "completed" : after.Progress.Milestone > before.Progress.Milestone ? "milestone" : "conversion_recorded";

    private static Problem? Ended(StoredGoal goal) => goal.Status is GoalStatus.Completed or GoalStatus.Cancelled
        ? Problems.Of(StatusCodes.Status409Conflict, "goal_ended", "The goal has ended", $"It is {GoalWords.Statuses.Of(goal.Status)}; make a new one.")
        : null;

    private static IReadOnlyList<PlanNote> DeadlineNotes(Goal goal, TimeZoneInfo zone) =>
        goal.Deadline is { } deadline && GoalRules.DeadlineNote(deadline, zone, BusinessCalendar.For(goal.Pair.Base, goal.Pair.Quote)) is { } note ? [note] : [];

    private static Step Refused(Problem problem) => new(null, null, null, null, problem);

    private sealed record Step(StoredGoal? Goal, GoalDeed? Deed, string? Tell, StoredConversion? Conversion = null, Problem? Problem = null);
}
