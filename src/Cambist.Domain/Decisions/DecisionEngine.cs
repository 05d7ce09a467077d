using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Decisions;

/// <summary>Decides, purely, from gathered facts. The rules stand in <see cref="Decide"/> in the order in which they are asked; the first that answers decides.</summary>
public static class DecisionEngine
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(24);

    /// <summary>The verdict; null where no provider has a price for the question, so that there is nothing to advise.</summary>
    public static Decision? Decide(DecisionContext context)
    {
        var quotes = context.QuotesAt(context.AsOf);
        var best = quotes.FirstOrDefault(quote => quote.LatestSafe >= context.AsOf) ?? quotes.FirstOrDefault(quote => quote.Cost is not null);
        if (best is null)
        {
            return null;
        }

        var outlook = context.Forecast is null ? null : WaitingOutlook.Judge(context, best);
        var plan = PlanAdvice.Find(context);
        var situation = new Situation(context, best, outlook, plan);

        var (verdict, deciding) =
            LatestSafeDate(situation)
            ?? MissingFact(situation)
            ?? Matrix(situation);

        return new Decision(
            verdict,
            AdviceWording.Reason(situation, verdict, deciding),
            AdviceWording.ChangesIf(situation, verdict),
            [deciding with { Decided = true }, .. AdviceWording.Background(situation, quotes, deciding)],
            best,
            quotes,
            outlook,
            plan,
            best.LatestSafe,
            NextCheck(situation, verdict));
    }

    private static (Recommendation, Finding)? LatestSafeDate(Situation situation) => situation.LatestSafe switch
    {
        null => (Recommendation.ConvertNow, new Finding("deadline.delivery_unknown", AdviceWording.DeliveryUnknown(situation))),
        { } safe when safe <= situation.Context.AsOf => (Recommendation.ConvertNow, new Finding("deadline.latest_safe_date_passed", AdviceWording.LatestSafePassed(situation, safe))),
        _ => null,
    };

    private static (Recommendation, Finding)? MissingFact(Situation situation)
    {
        if (situation.Outlook is null)
        {
            return (Recommendation.ConvertNow, new Finding("forecast.missing", $"There is no forecast: {situation.Context.ForecastMissing}. Waiting is advised only on a forecast."));
        }

        return situation.Context.UsdPerBase is null
            ? (Recommendation.ConvertNow, new Finding("rate.usd_missing", $"No rate of {situation.Pair.Base} in USD is known, and the thresholds of waiting are in USD."))
            : null;
    }

    private static (Recommendation, Finding) Matrix(Situation situation)
    {
        var row = DecisionMatrix.Find(situation.SavingUsd, situation.Outlook!.Confidence, situation.DaysToDeadline, situation.Context.Question.Risk);
        return row is null
            ? (Recommendation.ConvertNow, new Finding(DecisionMatrix.NoRow, AdviceWording.NoRow(situation)))
            : (row.Verdict, new Finding(row.Code, AdviceWording.Row(situation, row)));
    }

    private static DateTimeOffset NextCheck(Situation situation, Recommendation verdict)
    {
        var asOf = situation.Context.AsOf;
        var next = asOf + LookAgain;
        next = situation.Plan?.Plan.Transfers.FirstOrDefault(transfer => transfer.At > asOf) is { } later && later.At < next ? later.At : next;
        next = verdict == Recommendation.Wait && situation.Outlook!.Horizon < next ? situation.Outlook.Horizon : next;
        return situation.LatestSafe > asOf && situation.LatestSafe < next ? situation.LatestSafe.Value : next;
    }
}

/// <summary>The facts together with what was derived from them, as the rules and their wording read them.</summary>
/// <param name="Context">The facts.</param>
/// <param name="Best">The provider to use now, with a price.</param>
/// <param name="Outlook">What waiting is expected to bring.</param>
/// <param name="Plan">Transfers over time that are cheaper for certain.</param>
internal sealed record Situation(DecisionContext Context, ProviderQuote Best, WaitingOutlook? Outlook, PlanAdvice? Plan)
{
    public DateTimeOffset? LatestSafe => Best.LatestSafe;

    public CurrencyPair Pair => Context.Question.Pair;

    public CostBreakdown Cost => Best.Cost!;

    public double DaysToDeadline => (Context.Question.Deadline - Context.AsOf).TotalDays;

    public decimal SavingUsd => InUsd(Outlook!.ExpectedSaving);

    public decimal InUsd(Money sendCurrency) => Context.InUsd(sendCurrency)!.Value.Amount;
}
