namespace Cambist.Domain.Quotes;

/// <summary>A provider's best answer to a question of price.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Offer">The offer that is priced, or the one that came nearest.</param>
/// <param name="Price">The price, or why there is none.</param>
public sealed record ProviderQuote(FeeSchedule Provider, FeeOffer Offer, OfferPrice Price)
{
    /// <summary>The cost where there is a price.</summary>
    public CostBreakdown? Cost => (Price as OfferPrice.Priced)?.Cost;

    /// <summary>The last instant at which an order still arrives by the deadline; null without a deadline, without a price, or where the delivery time is unknown.</summary>
    public DateTimeOffset? LatestSafe { get; init; }
}
