using Cambist.App.Assistant.Log;
using Cambist.App.Goals;
using Cambist.App.Storage;
using Cambist.Domain.Goals;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Assistant;

/// <summary>What a round did.</summary>
/// <param name="Looked">How many goals were looked at.</param>
/// <param name="Written">How many of them were written; the others were changed by their person meanwhile, or taken over.</param>
internal readonly record struct GoalRoundResult(int Looked, int Written);

/// <summary>Looks at every goal that is due: takes some, lets the time and the market act on them, advises, writes, and tells their people what has changed. Any number may do so at once.</summary>
internal sealed partial class GoalRound(GoalClaims claims, GoalAdvisor advisor, GoalMessages messages, ILogger<GoalRound> log)
{
    private const int AtOnce = 500;

    // Somebody who asks twice in a row is not told otherwise by the second look.
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>Looks at the goals of one account, where no service does: at those that are due, and at the others whose pair has a fresh rate. Where there is none, what was said last is better than nothing and stays.</summary>
    public GoalRoundResult RunOf(string account, CancellationToken cancellationToken)
    {
        var market = advisor.Market();
        foreach (var pair in claims.Pairs(account).Where(pair => market.Of(pair) is not null))
        {
            claims.Hasten(pair, market.Now - Rest, account);
        }

        return Run(cancellationToken, account);
    }

    /// <summary>Looks until nothing is due.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="account">Only at those of this account; null: at anybody's.</param>
    public GoalRoundResult Run(CancellationToken cancellationToken, string? account = null)
    {
        var (looked, written) = (0, 0);
        while (claims.Take(AtOnce, account) is { Taken: > 0 } claim)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var market = advisor.Market();
            var looks = claim.Goals.Select(goal => TryLook(goal, market)).OfType<Outcome>().ToList();
            // Before it is written: what is written and not logged would be advice without a record.
            advisor.Log([.. looks.Select(look => look.Given).OfType<GivenAdvice>()]);
            var kept = claims.Give(claim.Id, [.. looks.Select(look => (look.After, look.IsChanged))]);
            foreach (var look in looks.Where(look => kept.Contains(look.After.Id)))
            {
                Tell(look);
            }

            (looked, written) = (looked + looks.Count, written + kept.Count);
        }

        return new GoalRoundResult(looked, written);
    }

    // One that cannot be looked at must not keep the others waiting; it comes again when its lease has run out.
    private Outcome? TryLook(StoredGoal goal, GoalMarket market)
    {
        try
        {
            return Look(goal, market);
        }
        catch (Exception fault) when (!Database.IsFault(fault))
        {
            LogFailed(log, fault, goal.Id);
            return null;
        }
    }

    private Outcome Look(StoredGoal goal, GoalMarket market)
    {
        var facts = market.FactsOf(goal.Details);
        var (turned, happened) = GoalTurn.Take(goal, facts);
        var (advised, given) = turned.Status == GoalStatus.Active ? advisor.Advise(turned, market) : (turned, null);
        var after = advised with { EvaluateAt = GoalTurn.NextLook(advised, facts) };
        return new Outcome(goal, after, happened, given);
    }

    private void Tell(Outcome look)
    {
        if (look.Happened is { } happened)
        {
            messages.Progress(look.After, happened.Event);
        }
        else if (look is { Before.Advice: { Current: null, Missing: null, LastVerdict: null }, After.Advice.Current: not null })
        {
            messages.Progress(look.After, "part_due");
        }

        messages.Changed(look.Before, look.After);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Goal {Id} cannot be looked at and is left out")]
    private static partial void LogFailed(ILogger log, Exception fault, string id);

    private sealed record Outcome(StoredGoal Before, StoredGoal After, GoalEvent? Happened, GivenAdvice? Given)
    {
        public bool IsChanged => Happened is not null;
    }
}
