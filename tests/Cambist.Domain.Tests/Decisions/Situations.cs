using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Decisions;

/// <summary>Facts to decide from: 6,000 USD into euros at 0.92, due in thirty days, on a Wednesday or on a Saturday without a holiday near.</summary>
internal static class Situations
{
    public const decimal Mid = 0.92m;

    public static readonly DateTimeOffset Wednesday = At("2026-03-11T12:00Z");
    public static readonly DateTimeOffset Saturday = At("2026-03-14T12:00Z");

    /// <summary>The end of Revolut's weekend after that Saturday: Sunday 18:00 in New York, an hour after the market opened.</summary>
    public static readonly DateTimeOffset WeekendEnd = At("2026-03-15T22:00Z");

    /// <summary>0.2 % and one percent more at weekends: 6,000 USD cost 60 USD less from Sunday evening on.</summary>
    public static FeeSchedule Weekender(string id = "weekender") =>
        Provider(id, Deducted("USD", Flat(0m)) with { MarkupPercent = 0.2m, MarkupWindows = [Weekend] });

    /// <summary>A provider whose price never changes.</summary>
    public static FeeSchedule Steady(string id = "steady", decimal markupPercent = 1.5m, DeliveryTime? delivery = null) =>
        Provider(id, Deducted("USD", Flat(0m)) with { MarkupPercent = markupPercent, Delivery = delivery ?? new DeliveryTime(TimeSpan.Zero, TimeSpan.FromDays(2), BusinessDays: false) });

    public static FeeSchedule WithDelivery(FeeSchedule provider, DeliveryTime? delivery) =>
        provider with { Offers = [.. provider.Offers.Select(offer => offer with { Delivery = delivery })] };

    public static DecisionContext Context(DateTimeOffset asOf, params FeeSchedule[] providers)
    {
        var pair = CurrencyPair.Parse("USD/EUR");
        return new DecisionContext(
            new ConversionQuestion(pair, AmountSide.Send, new Money(6000m, pair.Base), asOf.AddDays(30), RiskTolerance.Moderate, ["US"], UsualProvider: null),
            asOf,
            RateAt(pair, asOf, Mid),
            UsdPerBase: 1m,
            new ProviderPanel(providers),
            BusinessCalendar.For(pair.Base, pair.Quote),
            RandomWalk(pair, asOf, Mid),
            ForecastMissing: null);
    }

    public static RateObservation RateAt(CurrencyPair pair, DateTimeOffset effectiveAt, decimal mid) =>
        new(TwoSidedRate.AtMid(pair, mid), SpreadKnown: false, "test", effectiveAt, effectiveAt, TimeSpan.FromHours(1));

    /// <summary>A driftless forecast of 0.1 % an open market hour, about half a percent a day.</summary>
    public static Forecast RandomWalk(CurrencyPair pair, DateTimeOffset asOf, decimal mid)
    {
        var tail = new StudentShape(scale: 0.8, degreesOfFreedom: 5);
        return new Forecast(pair, asOf, (double)mid, "walk", asOf, instant =>
            new RateDistribution((double)mid, 0.001 * Math.Sqrt(FxWeek.OpenTimeBetween(asOf, instant).TotalHours), tail));
    }

    public static DecisionContext Asking(this DecisionContext context, Func<ConversionQuestion, ConversionQuestion> change) =>
        context with { Question = change(context.Question) };

    public static DecisionContext Due(this DecisionContext context, DateTimeOffset deadline) =>
        context.Asking(question => question with { Deadline = deadline });

    public static Decision Decide(this DecisionContext context) =>
        DecisionEngine.Decide(context) is DecisionOutcome.Decided { Decision: var decision } ? decision : throw new InvalidOperationException("There is no verdict.");

    /// <summary>The same at another rate, in the market and in the forecast.</summary>
    public static DecisionContext AtMid(this DecisionContext context, decimal mid)
    {
        var rate = RateAt(context.Question.Pair, context.AsOf, mid);
        return context with { Rate = rate, Forecast = RandomWalk(context.Question.Pair, context.AsOf, rate.Rate.Mid) };
    }

    /// <summary>The code of the rule that decided.</summary>
    public static string DecidedBy(this Decision decision) => decision.Findings.Single(finding => finding.Decided).Code;
}
