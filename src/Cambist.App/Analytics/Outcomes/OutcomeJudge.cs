using Cambist.Domain.Calendars;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Analytics.Outcomes;

/// <summary>
/// Tells what came of an advice. Who was told to convert did so at once, who was told to wait converts at the horizon that waiting was judged at, with the provider that is best then. What else could have been done is
/// priced as in a replay of the advice.
/// </summary>
internal static class OutcomeJudge
{
    // Bars that a source failed to tell are fetched again for two days; what is not there by then never comes. Counted while the market is open: over Christmas and a weekend the next bar is three days away.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    /// <summary>When to look first.</summary>
    public static DateTimeOffset FirstDue(Decision decision, DateTimeOffset asOf) => decision.Outlook?.Horizon ?? End(decision, asOf);

    /// <summary>What has come by an instant, and when to look again; null then: never.</summary>
    /// <param name="context">The facts.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="path">The rates from the instant of the facts on, theirs first.</param>
    /// <param name="before">What was known before.</param>
    /// <param name="forecast">The forecast at the instant of the facts; null where there is none.</param>
    /// <param name="now">The instant.</param>
    public static (WhatCame Came, DateTimeOffset? Due) Judge(DecisionContext context, Decision decision, RatePath path, WhatCame before, Func<Forecast?> forecast, DateTimeOffset now)
    {
        var goal = GoalOf(context);
        var came = before;
        if (came.Cheaper is null && WaitingClaim.Of(decision) is { } claim)
        {
            came = came with { Cheaper = ClaimJudge.Judge(claim, goal, path)?.Cheaper };
        }

        var horizon = decision.Outlook?.Horizon;
        var end = End(decision, context.AsOf);
        if (path.End >= end || IsGone(end, now))
        {
            return (path.End >= end && Compared(context, decision, goal, path, forecast) is { } outcome ? came with { CostBps = outcome.Advised, Gains = outcome.Gains } : came, null);
        }

        // The claim is waited for at its horizon, the rest at the end.
        var awaitsClaim = came.Cheaper is null && horizon is { } at && path.End < at && !IsGone(at, now);
        var next = awaitsClaim && horizon > now ? horizon.Value : end > now ? end : now.AddHours(1);
        return (came, next);
    }

    private static AdviceOutcome? Compared(DecisionContext context, Decision decision, AdviceGoal goal, RatePath path, Func<Forecast?> forecast)
    {
        var prices = new GoalPrices(goal, path, context.Providers, context.Calendar);
        var waits = decision.Recommendation == Recommendation.Wait;
        var executed = waits ? prices.At(prices.WithRate(decision.Outlook?.Horizon ?? decision.NextCheck)) : Conversion.Of(decision.Best, context.AsOf);
        if (executed is null)
        {
            return null;
        }

        var hours = new HourGrid(path, context.Providers, context.AsOf, End(decision, context.AsOf));
        return AdviceOutcome.Of(prices, new GoalStrategies(prices, decision.LatestSafe, forecast(), hours), executed, waits, context.UsdPerBase, []);
    }

    // The last instant at which anything that is compared is converted.
    private static DateTimeOffset End(Decision decision, DateTimeOffset asOf)
    {
        var end = decision.LatestSafe > asOf ? decision.LatestSafe.Value : asOf;
        var waited = decision.Recommendation == Recommendation.Wait ? decision.Outlook?.Horizon ?? decision.NextCheck : asOf;
        return waited > end ? waited : end;
    }

    private static bool IsGone(DateTimeOffset instant, DateTimeOffset now) => FxWeek.OpenTimeBetween(instant, now) > Patience;

    private static AdviceGoal GoalOf(DecisionContext context)
    {
        var question = context.Question;
        return new AdviceGoal(question.Pair, GoalSide.SellBase, question.Amount, context.AsOf, (int)Math.Ceiling((question.Deadline - context.AsOf).TotalDays), question.Risk) { Question = question };
    }
}
