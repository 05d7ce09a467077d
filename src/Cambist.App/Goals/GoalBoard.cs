using Cambist.Client;
using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>What concerns a person now: the active goals, their advice, and what was saved by the calendar of the person's time zone.</summary>
internal sealed class GoalBoard(GoalStore store, FindGoalPerson people, TimeProvider clock)
{
    public async Task<(Dashboard Dashboard, TimeZoneInfo Zone)> TellAsync(string account, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var person = await people(account, cancellationToken);
        var zone = person?.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var known) ? known : TimeZoneInfo.Utc;
        var goals = store.Page(account, GoalStatus.Active, before: null, GoalStore.Most);
        var savings = GoalSavings.Of(store.ConversionsOfAccount(account), zone, now);
        return (
            new Dashboard(
                [.. goals.Select(goal => GoalWire.Of(goal, now, conversions: null))],
                [.. goals.Where(goal => goal.Advice.Current is not null).Select(goal => new DashboardRecommendation(goal.Id, goal.Details.Name, GoalWire.Of(goal.Advice)!))],
                savings.Month.Usd,
                savings,
                now),
            zone);
    }
}
