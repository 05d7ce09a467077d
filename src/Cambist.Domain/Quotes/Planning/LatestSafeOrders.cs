using Cambist.Domain.Calendars;

namespace Cambist.Domain.Quotes.Planning;

/// <summary>The last instant at which an order of each offer still arrives before the deadline of a question.</summary>
internal sealed class LatestSafeOrders(PlanQuestion question)
{
    private readonly Dictionary<DeliveryTime, DateTimeOffset> _known = []; // Providers share a few delivery times.

    /// <summary>The instant, in UTC; null where the delivery time is unknown.</summary>
    public DateTimeOffset? Of(FeeOffer offer)
    {
        if (offer.Delivery is not { } delivery)
        {
            return null;
        }

        if (!_known.TryGetValue(delivery, out var latest))
        {
            latest = _known[delivery] = LatestSafeOrder.Before(question.Deadline, delivery, question.Calendar);
        }

        return latest;
    }
}
