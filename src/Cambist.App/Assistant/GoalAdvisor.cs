using Cambist.App.Assistant.Log;
using Cambist.App.Forecasting;
using Cambist.App.Goals;
using Cambist.App.Quotes;
using Cambist.App.Rates;
using Cambist.Domain.Decisions;
using Cambist.Domain.Goals;

namespace Cambist.App.Assistant;

/// <summary>Advises on the part of a goal that is due, by the same facts and the same rules as a question that somebody asks.</summary>
internal sealed class GoalAdvisor(RateDesk rates, ForecastService forecasts, MarketFacts market, DecisionLog log)
{
    // As for a question without a deadline.
    private static readonly TimeSpan WithoutDeadline = TimeSpan.FromDays(30);

    /// <summary>The market of now.</summary>
    public GoalMarket Market() => new(rates, forecasts);

    /// <summary>The goal with its advice of now, which is logged, and with when to look at it again.</summary>
    public StoredGoal Advise(StoredGoal goal)
    {
        var market = Market();
        var (advised, given) = Advise(goal, market);
        Log(given is null ? [] : [given]);
        return advised with { EvaluateAt = GoalTurn.NextLook(advised, market.FactsOf(advised.Details)) };
    }

    /// <summary>Logs advice that is news.</summary>
    public void Log(IReadOnlyList<GivenAdvice> given)
    {
        if (given.Count > 0)
        {
            log.Append(given);
        }
    }

    /// <summary>The goal with its advice; with none where no part is due, or the reason why there is none. The advice is given along where it is news: the first for a part, another verdict, provider or reason.</summary>
    public (StoredGoal Goal, GivenAdvice? Given) Advise(StoredGoal goal, GoalMarket now)
    {
        var details = goal.Details;
        if (details.Plan.Next is not { } part || !part.IsDueAt(now.Now) || details.Span.Deadline <= now.Now)
        {
            return (goal.Unadvised(why: null), null);
        }

        if (new[] { goal.Goal.Pair.Base, goal.Goal.Pair.Quote }.FirstOrDefault(currency => !currency.IsActive) is { } withdrawn)
        {
            return (goal.Unadvised(new PlanNote("currency_withdrawn", $"{withdrawn} is no active currency any more, so there is nothing to advise.")), null);
        }

        if (now.Of(goal.Goal.Pair) is not { } facts)
        {
            var stale = rates.NoFreshRate(goal.Goal.Pair, rates.Find(goal.Goal.Pair, asOf: null), asOf: null);
            return (goal.Unadvised(new PlanNote(stale.Code, stale.Detail)), null);
        }

        var question = QuestionOf(goal, part, now.Now);
        var context = facts.Context(question, now.PanelOf(details));
        var (outcome, listener) = HeardDecision.Decide(context);
        if (outcome is not DecisionOutcome.Decided { Decision: var decision })
        {
            return (goal.Unadvised(new PlanNote("no_provider", $"No provider that publishes its fees has a price for {part.Remaining} of {question.Pair}.")), null);
        }

        var advice = AdviceOf(goal, part, facts, context, decision);
        return (goal with { Advice = advice }, IsNews(goal.Advice.Current, advice.Current!) ? GivenAdvice.Of(context, listener, decision, facts.Forecast.Origin, market.IsSimulated) : null);
    }

    private static bool IsNews(GoalVerdict? before, GoalVerdict now) =>
        before is null || (before.Verdict, before.Provider, before.ReasonCode, before.Amount) != (now.Verdict, now.Provider, now.ReasonCode, now.Amount);

    private GoalAdvice AdviceOf(StoredGoal goal, Tranche part, PairFacts facts, DecisionContext context, Decision decision)
    {
        var verdict = decision.Recommendation.Word();
        var said = new GoalVerdict(
            verdict,
            decision.Reason,
            decision.Deciding.Code,
            decision.Outlook is { } judged ? Math.Round(judged.Confidence, 4) : null,
            decision.Best.Provider.Id,
            decision.Outlook is { } outlook ? context.InUsd(outlook.ExpectedSaving) : null,
            part.Remaining,
            facts.Rate.Rate.Mid,
            decision.LatestSafe is { } safe ? QuoteWire.WholeSeconds(safe) : null,
            decision.NextCheck,
            facts.At,
            market.IsSimulated);
        return new GoalAdvice(said, Missing: null, verdict, goal.Advice.Named ?? Named(goal.Details.UsualProvider, facts, decision));
    }

    // The first advice for a part is the moment of asking: what the usual provider would take then is kept until the part is converted.
    private static Counterfactual? Named(string? usual, PairFacts facts, Decision decision) =>
        usual is not null && decision.Quotes.FirstOrDefault(quote => quote.Provider.Id == usual) is { Cost: { } cost } ? Counterfactual.Of(usual, cost, facts.UsdPerBase, facts.At) : null;

    private static ConversionQuestion QuestionOf(StoredGoal stored, Tranche part, DateTimeOffset now)
    {
        var (details, goal) = (stored.Details, stored.Goal);
        return new ConversionQuestion(goal.Pair, goal.Side, part.Remaining, details.Span.Deadline ?? now + WithoutDeadline, goal.Risk, details.Countries, details.UsualProvider)
        {
            TargetRate = goal.TargetRate,
            LastOrder = Told(stored, now) is { } told && !(part.Latest < told) ? told : part.Latest,
            Notice = GoalTurn.Every,
        };
    }

    // What was told to be the last safe order stays so when it has come: it is not put off to a provider that is dearer and faster.
    private static DateTimeOffset? Told(StoredGoal goal, DateTimeOffset now) => goal.Advice.Current?.LatestSafe is { } told && told - GoalTurn.Every <= now ? told : null;
}
