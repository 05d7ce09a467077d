using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;

namespace Cambist.App.Analytics;

/// <summary>What became of a goal.</summary>
internal enum GoalEnd
{
    /// <summary>The person looks again.</summary>
    Open,

    /// <summary>It was converted.</summary>
    Converted,

    /// <summary>No fresh rate was known when it would have been asked.</summary>
    NotAsked,

    /// <summary>No provider has a price for it.</summary>
    NoProvider,

    /// <summary>The recorded history ends before it was converted.</summary>
    Unfinished,
}

/// <summary>One goal on its way: who is told to wait looks again when the advice says.</summary>
internal sealed class GoalReplay(AdviceGoal goal)
{
    private static readonly TimeSpan LooksAgain = TimeSpan.FromHours(1);

    private readonly List<AdviceLook> _looks = [];

    public AdviceGoal Goal => goal;

    public GoalEnd End { get; private set; }

    /// <summary>When the person looks next.</summary>
    public DateTimeOffset NextLook { get; private set; } = goal.AskedAt;

    /// <summary>The latest safe instant as the first look told it; null where none was known.</summary>
    public DateTimeOffset? LatestSafeAtAsking { get; private set; }

    /// <summary>What they were told, look by look.</summary>
    public IReadOnlyList<AdviceLook> Looks => _looks;

    /// <summary>Goes on to the next look at which a fresh rate is known; false where there is none, and the goal ends.</summary>
    public bool TryReachRate(RatePath rates)
    {
        while (rates.FreshAt(NextLook) is null)
        {
            if (_looks.Count == 0)
            {
                End = GoalEnd.NotAsked;
                return false;
            }

            if (NextLook > rates.End)
            {
                End = GoalEnd.Unfinished;
                return false;
            }

            NextLook += LooksAgain;
        }

        return true;
    }

    /// <summary>Looks, and does what the advice says.</summary>
    public void Look(ReplayMarket market)
    {
        var at = NextLook;
        if (market.Decide(goal, at) is not { } decision)
        {
            End = GoalEnd.NoProvider;
            return;
        }

        LatestSafeAtAsking = _looks.Count == 0 ? decision.LatestSafe : LatestSafeAtAsking;
        var outlook = decision.Outlook;
        var waits = decision.Recommendation == Recommendation.Wait;
        _looks.Add(new AdviceLook(
            at,
            decision.Recommendation,
            decision.Deciding.Code,
            outlook is null ? null : Math.Round(outlook.Confidence, 4),
            outlook is not null && market.UsdAt(at) is { } usd ? new Money(outlook.ExpectedSaving.Amount * usd, Currency.Usd).Rounded().Amount : null,
            WaitingClaim.Of(decision),
            waits ? null : Conversion.Of(decision.Best, at)));
        if (!waits)
        {
            End = GoalEnd.Converted;
        }
        else if (decision.NextCheck > at)
        {
            NextLook = decision.NextCheck;
        }
        else
        {
            throw new InvalidOperationException($"Who waits looks again later than {at:O}, was told {decision.NextCheck:O}.");
        }
    }
}
