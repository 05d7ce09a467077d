using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;
using DomainQuote = Cambist.Domain.Quotes.ProviderQuote;
using WireQuote = Cambist.Client.ProviderQuote;

namespace Cambist.App.Quotes;

/// <summary>Tells provider quotes as the wire has them.</summary>
internal static class QuoteWire
{
    public static IReadOnlyList<WireQuote> Table(IReadOnlyList<DomainQuote> quotes, decimal mid, DateTimeOffset asOf)
    {
        var shownMid = RateDigits.Round(mid);
        var table = new WireQuote[quotes.Count];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = Of(quotes[i], shownMid, asOf);
        }

        return table;
    }

    private static WireQuote Of(DomainQuote quote, decimal shownMid, DateTimeOffset asOf)
    {
        var cost = quote.Cost;
        return new WireQuote
        {
            Provider = quote.Provider.Id,
            Name = quote.Provider.Name,
            Kind = Kind(quote.Provider.Kind),
            Offer = quote.Price is OfferPrice.Unavailable ? null : quote.Offer.Title,
            Status = quote.Price switch
            {
                OfferPrice.Priced => "ranked",
                OfferPrice.Unknown => "unknown",
                _ => "unavailable",
            },
            Note = quote.Price is OfferPrice.Priced ? NoteOf(quote.Offer, asOf) : Sentence(ReasonOf(quote.Price)),
            ExchangeRate = cost is null ? null : RateDigits.Round(cost.ExchangeRate),
            MidRate = shownMid,
            MarkupBps = Bps(cost?.MarkupBps),
            SpreadCost = Wire(cost?.SpreadCost),
            HiddenFee = Wire(cost?.HiddenFee),
            FixedFee = Wire(cost?.FixedFee),
            VariableFee = Wire(cost?.VariableFee),
            TotalCost = Wire(cost?.TotalCost),
            TotalCostBps = Bps(cost?.TotalCostBps),
            SendAmount = Wire(cost?.Paid.Rounded()),
            ReceiveAmount = Wire(cost?.Received),
            ReceiveAtLeast = Wire(cost?.ReceivedAtLeast),
            BetterThanMid = cost?.IsBetterThanMid ?? false,
            PayIn = Method(quote.Offer.PayIn),
            PayOut = Method(quote.Offer.PayOut),
            Promotion = PromotionOf(quote),
            DeliveryTime = quote.Offer.Delivery is { } delivery
                ? new Client.DeliveryTime(delivery.Fastest.TotalHours, delivery.Slowest.TotalHours, delivery.Text)
                : null,
            LatestSafeDate = WholeSeconds(quote.LatestSafe),
            Provenance = Provenance(quote.Offer.Provenance),
            CollectedAt = quote.Offer.CollectedAt,
            Outdated = quote.Offer.IsOutdated(asOf),
            SourceUrl = quote.Offer.SourceUrl,
        };
    }

    public static string? ReasonOf(OfferPrice price) => price switch
    {
        OfferPrice.Unknown unknown => unknown.Reason,
        OfferPrice.Unavailable unavailable => unavailable.Reason,
        _ => null,
    };

    public static MoneyValue? Wire(Money? money) => money is { } value ? new MoneyValue(value.Amount, value.Currency.Code) : null;

    /// <summary>Rounded down: the last tick of a day is told as its last second, never as the next day.</summary>
    public static DateTimeOffset? WholeSeconds(DateTimeOffset? instant) => instant?.AddTicks(-(instant.Value.Ticks % TimeSpan.TicksPerSecond));

    private static string? NoteOf(FeeOffer offer, DateTimeOffset asOf) => asOf < offer.CollectedAt
        ? $"Fees as collected on {offer.CollectedAt:yyyy-MM-dd}: those of {asOf.UtcDateTime:yyyy-MM-dd} are not on record. {offer.Note}".TrimEnd()
        : offer.Note;

    private static string? Sentence(string? reason) => reason is null ? null : char.ToUpperInvariant(reason[0]) + reason[1..] + ".";

    private static double? Bps(decimal? value) => value is { } bps ? (double)decimal.Round(bps, 2) : null;

    private static string Kind(ProviderKind kind) => kind switch
    {
        ProviderKind.Bank => "bank",
        ProviderKind.Fintech => "fintech",
        ProviderKind.Exchange => "exchange",
        _ => "money_transfer",
    };

    // A promotion is told for the amount that was answered.
    private static PromotionalPrice? PromotionOf(DomainQuote quote) => quote is { Cost: { } cost, Offer.Quoted: { Promotion: { } promotion } told } && cost.Paid == told.Paid
        ? new PromotionalPrice(RateDigits.Round(promotion.ExchangeRate), Wire(promotion.Fee)!, Wire(promotion.Received)!, Wire(promotion.UpTo), promotion.Terms)
        : null;

    private static string Method(PayMethod method) => method switch
    {
        PayMethod.Card => "card",
        PayMethod.Cash => "cash",
        PayMethod.Balance => "balance",
        PayMethod.MobileWallet => "mobile_wallet",
        _ => "bank_transfer",
    };

    private static string Provenance(Domain.Quotes.Provenance provenance) => provenance switch
    {
        Domain.Quotes.Provenance.Live => "live",
        Domain.Quotes.Provenance.Estimate => "estimate",
        _ => "published",
    };
}
