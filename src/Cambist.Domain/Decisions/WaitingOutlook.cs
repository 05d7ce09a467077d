using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Decisions;

/// <summary>What waiting until a horizon is expected to bring, against converting now with the best provider. Savings are in the send currency at the current mid.</summary>
/// <param name="Horizon">The instant that waiting is judged at.</param>
/// <param name="BestThen">The provider that is expected to be best then.</param>
/// <param name="Rate">The distribution of the rate then.</param>
/// <param name="ExpectedSaving">All-in cost now less expected all-in cost then.</param>
/// <param name="CertainSaving">The part of it that follows from known fee calendars at an unchanged rate.</param>
/// <param name="Confidence">P(waiting is cheaper).</param>
/// <param name="LowSaving">The 10 % quantile of the saving.</param>
/// <param name="HighSaving">The 90 % quantile of the saving.</param>
/// <param name="AtRisk">What waiting until the latest safe date costs in the worst 5 %; never negative; null where that date is unknown or past.</param>
public sealed record WaitingOutlook(
    DateTimeOffset Horizon,
    ProviderQuote BestThen,
    RateDistribution Rate,
    Money ExpectedSaving,
    Money CertainSaving,
    double Confidence,
    Money LowSaving,
    Money HighSaving,
    Money? AtRisk)
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromHours(24);

    /// <summary>
    /// Judges waiting until the horizon: 24 hours of an open market ahead, or the end of a markup window that saves for certain, never past the latest safe date.
    /// </summary>
    /// <param name="context">The facts; the forecast must be there.</param>
    /// <param name="best">The best provider now, with a price.</param>
    /// <param name="latestSafe">The last order with it that may be waited for; null where its delivery is unknown.</param>
    public static WaitingOutlook Judge(DecisionContext context, ProviderQuote best, DateTimeOffset? latestSafe)
    {
        var forecast = context.Forecast ?? throw new ArgumentException("Waiting is judged by a forecast; there is none.", nameof(context));
        var question = context.PriceAt(context.AsOf);
        var windows = context.Providers.MarkupWindowsOn(context.Question.Pair.Base);
        var (horizon, then, certain) = Horizons(context.AsOf, latestSafe, windows)
            .Select(instant =>
            {
                var quote = BestAt(context, best, instant, windows);
                return (Instant: instant, Quote: quote, Saving: Saving(question, best, quote, question.Mid, instant));
            })
            .MaxBy(candidate => SavingThenSoonest(candidate.Saving.Amount, candidate.Instant));

        var rate = forecast.At(horizon);
        Money At(double price) => Saving(question, best, then, (decimal)price, horizon);
        return new WaitingOutlook(
            horizon,
            then,
            rate,
            rate.Mean == forecast.Spot ? certain : At(rate.Mean),
            certain,
            rate.ProbabilityAbove(BreakEven(question, best, then, horizon)),
            At(rate.Quantile(0.10)),
            At(rate.Quantile(0.90)),
            latestSafe > context.AsOf ? Loss(question, best, forecast.At(latestSafe.Value), latestSafe.Value) : null);
    }

    /// <summary>The usual horizon first, so that it wins where calendars make no difference; then the ends of markup windows that hold now.</summary>
    private static IEnumerable<DateTimeOffset> Horizons(DateTimeOffset asOf, DateTimeOffset? latestSafe, IReadOnlyList<MarkupWindow> windows)
    {
        var start = FxWeek.IsOpen(asOf) ? asOf : FxWeek.NextOpen(asOf);
        var last = latestSafe > asOf ? latestSafe.Value : DateTimeOffset.MaxValue;
        yield return Earlier(start + UsualWait, last);
        foreach (var end in windows.Where(window => window.Covers(asOf)).Select(window => window.EndAfter(asOf)).Where(end => end <= last).Distinct().Order())
        {
            yield return end;
        }
    }

    // Who waits for a certain saving waits no longer than it takes, for the rate may move. Where nothing is saved the usual horizon, which comes first, stands.
    private static (decimal, long) SavingThenSoonest(decimal saving, DateTimeOffset instant) => (saving, saving > 0m ? -instant.UtcTicks : 0L);

    private static ProviderQuote BestAt(DecisionContext context, ProviderQuote best, DateTimeOffset instant, IReadOnlyList<MarkupWindow> windows) =>
        windows.Any(window => window.Covers(context.AsOf) != window.Covers(instant))
            ? context.QuotesAt(instant).FirstOrDefault(quote => quote.LatestSafe >= instant) ?? best
            : best;

    private static Money Saving(PriceQuestion question, ProviderQuote now, ProviderQuote then, decimal mid, DateTimeOffset at)
    {
        var cost = now.Cost!;
        if (CostCalculator.Price(then.Offer, question with { Mid = mid, At = at }) is not OfferPrice.Priced later)
        {
            // Only a limit can stand between an offer and another rate; at the limit the price now is the nearest that is known.
            return Money.Zero(question.Pair.Base);
        }

        var saved = question.Side == AmountSide.Send
            ? (later.Cost.Received.Amount - cost.Received.Amount) / question.Mid
            : cost.Paid.Amount - later.Cost.Paid.Amount;
        return new Money(saved, question.Pair.Base);
    }

    /// <summary>The mid-market rate at which converting then brings exactly what converting now brings for the same money paid.</summary>
    private static double BreakEven(PriceQuestion question, ProviderQuote now, ProviderQuote then, DateTimeOffset at)
    {
        var sameMoney = question with { Side = AmountSide.Send, Amount = now.Cost!.Paid, At = at };
        return CostCalculator.Price(then.Offer, sameMoney) is OfferPrice.Priced later
            ? (double)(question.Mid * (ReceivedPerMid(now.Cost) / ReceivedPerMid(later.Cost)))
            : (double)question.Mid;
    }

    // Not rounded to the minor unit, and divided before it meets the mid, so that equal terms break even at exactly the current rate.
    private static decimal ReceivedPerMid(CostBreakdown cost) =>
        cost.Paid.Minus(cost.FixedFee).Minus(cost.VariableFee).Amount * cost.ExchangeRate / cost.MidRate;

    private static Money Loss(PriceQuestion question, ProviderQuote best, RateDistribution rate, DateTimeOffset latestSafe)
    {
        var saving = Saving(question, best, best, (decimal)rate.Quantile(0.05), latestSafe);
        return saving.Amount < 0m ? -saving : Money.Zero(saving.Currency);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
