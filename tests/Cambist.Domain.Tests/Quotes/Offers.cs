using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Tests.Quotes;

/// <summary>Offers and questions of price with few words; what a test is about it sets itself.</summary>
internal static class Offers
{
    /// <summary>Revolut's weekend: one percent more from Friday 17:00 to Sunday 18:00 in New York.</summary>
    public static MarkupWindow Weekend { get; } = new("weekend", FxWeek.NewYork, DayOfWeek.Friday, new(17, 0), DayOfWeek.Sunday, new(18, 0), 1m);

    public static FeeOffer Deducted(string from, params FeeTier[] tiers) => Offer(FeeMode.Deducted, from, tiers);

    public static FeeOffer OnTop(string from, params FeeTier[] tiers) => Offer(FeeMode.OnTop, from, tiers);

    /// <summary>An offer at the mid-market rate without limits, anywhere, to any currency, there within two days on the clock.</summary>
    public static FeeOffer Offer(FeeMode mode, string from, params FeeTier[] tiers) => new()
    {
        Id = "transfer",
        Title = "Transfer",
        Countries = [],
        Plan = null,
        From = [Currency.Parse(from)],
        To = [],
        PayIn = PayMethod.BankTransfer,
        PayOut = PayMethod.BankTransfer,
        FeeMode = mode,
        FeeTiers = tiers,
        Allowance = null,
        MarkupPercent = 0m,
        MarkupNamed = false,
        MarkupWindows = [],
        Correspondents = null,
        Limits = new AmountLimits(null, null),
        Delivery = new DeliveryTime(TimeSpan.Zero, TimeSpan.FromDays(2), BusinessDays: false),
        Provenance = Provenance.Published,
        SourceUrl = new Uri("https://example.com/fees"),
        CollectedAt = At("2026-06-15T00:00Z"),
        Note = null,
    };

    public static FeeTier Flat(decimal fixedFee, decimal percent = 0m) => new(null, fixedFee, percent);

    public static FeeSchedule Provider(string id, params FeeOffer[] offers) => new(id, id.ToUpperInvariant(), ProviderKind.Fintech, offers);

    public static PriceQuestion Send(string pair, decimal amount, decimal mid, string at = "2026-03-11T12:00Z") =>
        Ask(pair, AmountSide.Send, amount, mid, at);

    public static PriceQuestion Receive(string pair, decimal amount, decimal mid, string at = "2026-03-11T12:00Z") =>
        Ask(pair, AmountSide.Receive, amount, mid, at);

    public static PriceQuestion Ask(string pair, AmountSide side, decimal amount, decimal mid, string at = "2026-03-11T12:00Z")
    {
        var asked = CurrencyPair.Parse(pair);
        return new(asked, side, new Money(amount, side == AmountSide.Send ? asked.Base : asked.Quote), mid, At(at), ["US"]);
    }

    /// <summary>The cost of an offer that has a price.</summary>
    public static CostBreakdown Cost(FeeOffer offer, PriceQuestion question) => ((OfferPrice.Priced)CostCalculator.Price(offer, question)).Cost;

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
