using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Decisions;

/// <summary>The facts together with what follows from them, as the rules read them.</summary>
/// <param name="Context">The facts.</param>
/// <param name="Quotes">All providers, best first.</param>
/// <param name="Best">The provider to use now, with a price.</param>
/// <param name="Outlook">What waiting is expected to bring; null where there is no forecast.</param>
/// <param name="Plan">Transfers over time that are cheaper for certain; null where none are.</param>
public sealed record Situation(DecisionContext Context, IReadOnlyList<ProviderQuote> Quotes, ProviderQuote Best, WaitingOutlook? Outlook, PlanAdvice? Plan)
{
    /// <summary>What is asked.</summary>
    public ConversionQuestion Question => Context.Question;

    /// <summary>The last instant at which an order with <see cref="Best"/> still arrives in time, or the last order that is wanted where that is earlier; null where its delivery is unknown.</summary>
    public DateTimeOffset? LatestSafe => LatestSafeOf(Context, Best);

    /// <summary>When the waiting ends: <see cref="LatestSafe"/>, less the time that it takes to order.</summary>
    public DateTimeOffset? WaitsUntil => LatestSafe - Question.Notice;

    /// <summary>Whether time is left: an order later than now is known to arrive.</summary>
    public bool CanWait => WaitsUntil > Context.AsOf;

    /// <summary>What converting now costs.</summary>
    public CostBreakdown Cost => Best.Cost!;

    /// <summary>Days to the deadline, fractions included; as many fewer as the last order that is wanted is before the last that is safe.</summary>
    public double DaysToDeadline => (Question.Deadline - (Best.LatestSafe - LatestSafe ?? TimeSpan.Zero) - Context.AsOf).TotalDays;

    /// <summary>Weighs facts: whom to use now, and what waiting would bring. Null where no provider has a price.</summary>
    /// <param name="context">The facts.</param>
    /// <param name="quotes">All providers at the instant of the facts, best first.</param>
    public static Situation? Weigh(DecisionContext context, IReadOnlyList<ProviderQuote> quotes)
    {
        var best = quotes.FirstOrDefault(quote => quote.LatestSafe >= context.AsOf) ?? quotes.FirstOrDefault(quote => quote.Cost is not null);
        return best is null ? null : new Situation(context, quotes, best, context.Forecast is null ? null : WaitingOutlook.Judge(context, best, LatestSafeOf(context, best)), PlanAdvice.Find(context));
    }

    /// <summary>An amount of the base currency in USD at mid, or null where no such rate is known.</summary>
    public decimal? InUsd(Money baseCurrency) => Context.InUsd(baseCurrency)?.Amount;

    private static DateTimeOffset? LatestSafeOf(DecisionContext context, ProviderQuote best) => context.Question.LastOrder < best.LatestSafe ? context.Question.LastOrder : best.LatestSafe;
}
