using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Quotes;

namespace Cambist.App.Analytics;

/// <summary>What advice on one pair and side is decided from, over the whole span of a replay; each look takes what was known at its instant.</summary>
/// <param name="Asked">Rates of the question's pair: base what the person has.</param>
/// <param name="Named">Rates of the pair as it is named.</param>
/// <param name="UsdPerBase">Rates of the question's base currency in USD; null where none lead there, or the base is USD.</param>
/// <param name="Providers">The providers.</param>
/// <param name="Forecasts">The forecasts.</param>
internal sealed record ReplayMarket(RatePath Asked, RatePath Named, RatePath? UsdPerBase, ProviderPanel Providers, ForecastBook Forecasts)
{
    /// <summary>Business days of both currencies.</summary>
    public BusinessCalendar Calendar { get; } = BusinessCalendar.For(Asked.Pair.Base, Asked.Pair.Quote);

    /// <summary>USD per unit of what the person has; null where no fresh rate tells it.</summary>
    public decimal? UsdAt(DateTimeOffset instant) => Asked.Pair.Base == Currency.Usd ? 1m : UsdPerBase?.FreshAt(instant)?.Rate.Mid;

    /// <summary>The live decision at an instant with a fresh rate and a forecast in the book; null where no provider has a price.</summary>
    public Decision? Decide(AdviceGoal goal, DateTimeOffset at)
    {
        var forecast = Forecasts.At(at);
        var context = new DecisionContext(
            goal.Question, at, Asked.At(at)!, UsdAt(at), Providers, Calendar, forecast, forecast is null ? "too little history is recorded before it" : null);
        return DecisionEngine.Decide(context) switch
        {
            DecisionOutcome.Decided { Decision: var decision } => decision,
            DecisionOutcome.NoPrice => null,
            _ => throw new InvalidOperationException($"A look has a fresh rate, that of {at:O} has none."),
        };
    }
}
