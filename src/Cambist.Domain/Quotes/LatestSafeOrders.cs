using Cambist.Domain.Calendars;

namespace Cambist.Domain.Quotes;

/// <summary>The last instant at which an order of each offer still arrives before a deadline, worked out once for each delivery time.</summary>
internal sealed class LatestSafeOrders(DateTimeOffset deadline, BusinessCalendar calendar)
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
            latest = _known[delivery] = LatestSafeOrder.Before(deadline, delivery, calendar);
        }

        return latest;
    }
}
