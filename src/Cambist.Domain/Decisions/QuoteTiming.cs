using Cambist.Domain.Calendars;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Decisions;

/// <summary>When a quote's money arrives, measured against the deadline of a question.</summary>
public static class QuoteTiming
{
    /// <summary>The last instant at which an order with this provider still arrives by the deadline; null where its delivery time is unknown.</summary>
    public static DateTimeOffset? LatestSafe(this ProviderQuote quote, DecisionContext context) =>
        quote.Offer.Delivery is { } delivery
            ? LatestSafeOrder.Before(context.Question.Deadline, delivery, context.Calendar)
            : null;
}
