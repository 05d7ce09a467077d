using System.Globalization;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;
using DomainQuote = Cambist.Domain.Quotes.ProviderQuote;
using WireQuote = Cambist.Client.ProviderQuote;

namespace Cambist.App.Quotes;

/// <summary>Tells provider quotes as the wire has them.</summary>
internal static class QuoteWire
{
    public static IReadOnlyList<WireQuote> Table(IReadOnlyList<DomainQuote> quotes, DecisionContext context, bool hasDeadline)
    {
        var table = new WireQuote[quotes.Count];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = Of(quotes[i], context, hasDeadline);
        }

        return table;
    }

    public static WireQuote Of(DomainQuote quote, DecisionContext context, bool hasDeadline)
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
            Note = quote.Price is OfferPrice.Priced ? NoteOf(quote.Offer, context.AsOf) : Sentence(ReasonOf(quote.Price)),
            ExchangeRate = cost is null ? null : RateDigits.Round(cost.ExchangeRate),
            MidRate = RateDigits.Round(context.Mid),
            MarkupBps = Bps(cost?.MarkupBps),
            SpreadCost = Wire(cost?.SpreadCost),
            FixedFee = Wire(cost?.FixedFee),
            VariableFee = Wire(cost?.VariableFee),
            TotalCost = Wire(cost?.TotalCost),
            TotalCostBps = Bps(cost?.TotalCostBps),
            SendAmount = Wire(cost?.Paid.Rounded()),
            ReceiveAmount = Wire(cost?.Received),
            DeliveryTime = quote.Offer.Delivery is { } delivery
                ? new Client.DeliveryTime(delivery.Fastest.TotalHours, delivery.Slowest.TotalHours, DeliveryText(delivery))
                : null,
            LatestSafeDate = hasDeadline && cost is not null ? quote.LatestSafe(context) : null,
            Provenance = Provenance(quote.Offer.Provenance),
            CollectedAt = quote.Offer.CollectedOn,
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

    private static string? NoteOf(FeeOffer offer, DateTimeOffset asOf) => DateOnly.FromDateTime(asOf.UtcDateTime) < offer.CollectedOn
        ? $"Fees as collected on {offer.CollectedOn:yyyy-MM-dd}: those of {asOf.UtcDateTime:yyyy-MM-dd} are not on record. {offer.Note}".TrimEnd()
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

    private static string Provenance(Domain.Quotes.Provenance provenance) => provenance switch
    {
        Domain.Quotes.Provenance.Live => "live",
        Domain.Quotes.Provenance.Estimate => "estimate",
        _ => "published",
    };

    private static string DeliveryText(Domain.Quotes.DeliveryTime delivery)
    {
        if (delivery.Slowest < TimeSpan.FromHours(1))
        {
            return "minutes";
        }

        if (delivery.Slowest < TimeSpan.FromDays(1))
        {
            return string.Create(CultureInfo.InvariantCulture, $"within {Math.Ceiling(delivery.Slowest.TotalHours):0} hours");
        }

        var (fastest, slowest) = (Math.Floor(delivery.Fastest.TotalDays), Math.Ceiling(delivery.Slowest.TotalDays));
        var days = delivery.BusinessDays ? "business day" : "day";
        var plural = slowest > 1 ? "s" : "";
        return fastest == slowest
            ? string.Create(CultureInfo.InvariantCulture, $"{slowest:0} {days}{plural}")
            : string.Create(CultureInfo.InvariantCulture, $"{fastest:0}–{slowest:0} {days}{plural}");
    }
}
