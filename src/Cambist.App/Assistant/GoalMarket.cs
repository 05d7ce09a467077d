using System.Collections.Concurrent;
using Cambist.App.Forecasting;
using Cambist.App.Goals;
using Cambist.App.Quotes;
using Cambist.App.Rates;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Goals;
using Cambist.Domain.Quotes;

namespace Cambist.App.Assistant;

/// <summary>
/// The market of one instant, for the goals that are looked at in it: what is known of a pair is gathered once for all of its goals. Prices are those that providers publish: asking their services for every goal every
/// four hours would use up what they allow. Safe to use from any thread.
/// </summary>
internal sealed class GoalMarket(RateDesk rates, ForecastService forecasts)
{
    private readonly ConcurrentDictionary<CurrencyPair, Lazy<PairFacts?>> _pairs = new();
    private readonly ConcurrentDictionary<string, ProviderPanel> _panels = new(StringComparer.Ordinal);

    /// <summary>The instant.</summary>
    public DateTimeOffset Now { get; } = rates.Now;

    /// <summary>What is known of a pair; null where there is no fresh rate.</summary>
    public PairFacts? Of(CurrencyPair pair) => _pairs.GetOrAdd(pair, known => new Lazy<PairFacts?>(() => PairFacts.Gather(rates, forecasts, known, asOf: null, Now))).Value;

    /// <summary>The providers that may be advised for a goal.</summary>
    public ProviderPanel PanelOf(GoalDetails goal) => goal.ExcludedProviders.Count == 0
        ? FeeSchedules.Panel
        : _panels.GetOrAdd(string.Join(' ', goal.ExcludedProviders.Order(StringComparer.Ordinal)), _ => PairFacts.Without(FeeSchedules.Panel, goal.ExcludedProviders));

    /// <summary>What the plan of a goal is made from. How long delivery takes is that of the provider through which the whole amount costs least now.</summary>
    public GoalMarketFacts FactsOf(GoalDetails details)
    {
        var (goal, facts) = (details.Goal, Of(details.Goal.Pair));
        if (facts is null)
        {
            return new GoalMarketFacts(null, new PlanningFacts(Now, goal.Amount.Currency == Currency.Usd ? 1m : null, _ => null));
        }

        var mid = facts.Rate.Rate.Mid;
        var usdPerUnit = goal.Side == AmountSide.Send ? facts.UsdPerBase : facts.UsdPerBase / mid;
        return new GoalMarketFacts(mid, new PlanningFacts(Now, usdPerUnit, deadline => LatestSafe(details, facts, deadline)), facts.Forecast.Forecast?.AfterHours(1).Std);
    }

    private DateTimeOffset? LatestSafe(GoalDetails details, PairFacts facts, DateTimeOffset deadline)
    {
        var question = new PriceQuestion(details.Goal.Pair, details.Goal.Side, details.Goal.Amount, facts.Rate.Rate.Mid, Now, details.Countries);
        return PanelOf(details).Rank(question).FirstOrDefault(quote => quote.Cost is not null && quote.Offer.Delivery is not null) is { Offer.Delivery: { } delivery }
            ? LatestSafeOrder.Before(deadline, delivery, facts.Calendar)
            : null;
    }
}
