using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.Domain.Quotes.Planning;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Quotes.Planning;

/// <summary>Questions for a plan with few words, and what must hold of every answer.</summary>
internal static class Plans
{
    /// <summary>Revolut Standard in the euro area: mid, 1,000 EUR free per 30 days, one percent above and at weekends, there at once.</summary>
    public static FeeOffer RevolutStandard { get; } = OnTop("EUR", Flat(0m)) with
    {
        Id = "standard",
        Allowance = new FeeAllowance(1000m, Days: 30, PercentAbove: 1m),
        MarkupWindows = [Weekend],
        MarkupNamed = true,
        Delivery = AtOnce,
    };

    public static DeliveryTime AtOnce => new(TimeSpan.Zero, TimeSpan.Zero, BusinessDays: false);

    public static PlanQuestion Plan(PriceQuestion price, string deadline, params FeeSchedule[] providers) => Plan(price, At(deadline), providers);

    public static PlanQuestion Plan(PriceQuestion price, DateTimeOffset deadline, params FeeSchedule[] providers) =>
        new(price, new ProviderPanel(providers), deadline, BusinessCalendar.For(price.Pair.Base, price.Pair.Quote));

    public static ConversionPlan Find(PlanQuestion question) => PlanSearch.Find(question) ?? throw new InvalidOperationException("A plan was expected, none was found.");

    /// <summary>Time, provider and what the question's side says of each transfer: <c>03-11T12:00 revolut 1000</c>.</summary>
    public static string[] Lines(ConversionPlan plan, AmountSide side) =>
    [
        .. plan.Transfers.Select(transfer => FormattableString.Invariant(
            $"{transfer.At:MM-ddTHH:mm} {transfer.Provider.Id} {(side == AmountSide.Send ? transfer.Cost.Paid : transfer.Cost.Received).Amount:0.##}")),
    ];

    /// <summary>What of a transfer counts towards an allowance.</summary>
    public static decimal BasisOf(FeeOffer offer, CostBreakdown cost) =>
        offer.FeeMode == FeeMode.Deducted ? cost.Paid.Amount : cost.Paid.Amount - cost.FixedFee.Amount - cost.VariableFee.Amount;
}
