using Cambist.Domain.Evaluation.Advice;

namespace Cambist.App.Analytics;

/// <summary>Judges the converted goals of a pair and side by what came.</summary>
internal static class ReplayScoring
{
    /// <summary>The outcomes, in the order of the goals; those left out whose last safe day the recorded history does not reach.</summary>
    public static IReadOnlyList<AdviceOutcome> Outcomes(DirectionReplay replayed, AdviceReplayPlan plan, CancellationToken cancellationToken)
    {
        var market = replayed.Market;
        var hours = new HourGrid(market.Asked, market.Providers, plan.From, plan.LastDeadline);
        return
        [
            .. replayed.Goals.AsParallel().AsOrdered().WithCancellation(cancellationToken)
                .Where(goal => goal.End == GoalEnd.Converted)
                .Select(goal => Outcome(goal, market, hours))
                .OfType<AdviceOutcome>(),
        ];
    }

    private static AdviceOutcome? Outcome(GoalReplay replay, ReplayMarket market, HourGrid hours)
    {
        var goal = replay.Goal;
        var prices = new GoalPrices(goal, market.Asked, market.Providers, market.Calendar);
        if (replay.LatestSafeAtAsking is { } safe && !prices.Reaches(safe))
        {
            return null;
        }

        var strategies = new GoalStrategies(prices, replay.LatestSafeAtAsking, market.Forecasts.At(goal.AskedAt), hours);
        var claims = replay.Looks.Select(look => look.Claim is null ? null : ClaimJudge.Judge(look.Claim, goal, market.Asked)).OfType<JudgedClaim>().ToList();
        return AdviceOutcome.Of(prices, strategies, replay.Looks[^1].Executed!, replay.Looks.Count > 1, market.UsdAt(goal.AskedAt), claims);
    }
}
