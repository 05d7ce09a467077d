using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Tests.Analytics;

/// <summary>Providers with few words, for replays whose advice must wait: the shipped schedules seldom give a reason to.</summary>
internal static class ReplayProviders
{
    /// <summary>0.2 %, and one percent more at weekends: from Friday 17:00 to Sunday 18:00 in New York. There within two days on the clock.</summary>
    public static ProviderPanel Weekender { get; } = new([Provider("weekender", 0.2m, new MarkupWindow("weekend", FxWeek.NewYork, DayOfWeek.Friday, new(17, 0), DayOfWeek.Sunday, new(18, 0), 1m))]);

    /// <summary>1 % at any time.</summary>
    public static ProviderPanel Steady { get; } = new([Provider("steady", 1m)]);

    private static FeeSchedule Provider(string id, decimal markupPercent, params MarkupWindow[] windows) => new(id, id, ProviderKind.Fintech,
    [
        new FeeOffer
        {
            Id = "transfer",
            Title = "Transfer",
            Countries = [],
            Plan = null,
            From = [Currency.Parse("EUR"), Currency.Parse("USD")],
            To = [],
            PayIn = PayMethod.BankTransfer,
            PayOut = PayMethod.BankTransfer,
            FeeMode = FeeMode.Deducted,
            FeeTiers = [new FeeTier(null, 0m, 0m)],
            Allowance = null,
            MarkupPercent = markupPercent,
            MarkupNamed = false,
            MarkupWindows = windows,
            Correspondents = null,
            Limits = new AmountLimits(null, null),
            Delivery = new DeliveryTime(TimeSpan.Zero, TimeSpan.FromDays(2), BusinessDays: false),
            Provenance = Provenance.Published,
            SourceUrl = new Uri("https://example.com/fees"),
            CollectedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Note = null,
        },
    ]);
}
