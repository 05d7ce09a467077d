using Cambist.App.Forecasting;
using Cambist.App.Quotes;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;

namespace Cambist.App.Assistant;

/// <summary>Tells a decision as the wire has it.</summary>
internal static class AdviceWire
{
    private const string Disclaimer =
        "Information, not financial advice. Exchange rates can move against you at any time; past accuracy does not promise future accuracy. Check the provider's own quote before you send money.";

    public static AnalyzeResponse Of(DecisionContext context, Decision decision, ForecastOrigin? origin, bool simulated)
    {
        var question = context.Question;
        var outlook = decision.Outlook;
        var then = outlook?.Rate;
        var providers = QuoteWire.Table(decision.Quotes, context.Mid, context.AsOf);
        return new AnalyzeResponse
        {
            Recommendation = decision.Recommendation.Word(),
            Reason = decision.Reason,
            Reasons = [.. decision.Findings.Select(finding => ReasonOf(finding))],
            ChangesIf = decision.ChangesIf,
            Amount = QuoteWire.Wire(question.Amount.Rounded())!,
            AmountSide = question.Side == AmountSide.Send ? "send" : "receive",
            FromCurrency = question.Pair.Base.Code,
            ToCurrency = question.Pair.Quote.Code,
            Deadline = question.Deadline,
            RiskTolerance = question.Risk.Word(),
            CurrentRate = RateDigits.Round(context.Mid),
            Rate = RateFactsOf(context.Rate, context.AsOf),
            PredictedRate = then is { } expected ? Price(expected.Mean) : null,
            PredictionInterval = then is { } range ? new RateInterval(Price(range.Quantile(0.025)), Price(range.Quantile(0.975))) : null,
            HorizonHours = outlook is null ? null : Math.Round((outlook.Horizon - context.AsOf).TotalHours, 2),
            Confidence = outlook is null ? null : Math.Round(outlook.Confidence, 4),
            BestProvider = providers[IndexOf(decision.Quotes, decision.Best)],
            Providers = providers,
            ExpectedSavings = Usd(outlook?.ExpectedSaving, context),
            CertainSavings = Usd(outlook?.CertainSaving, context),
            Range = Usd(outlook?.LowSaving, context) is { } low && Usd(outlook?.HighSaving, context) is { } high ? new MoneyRange(low, high) : null,
            MoneyAtRisk = Usd(outlook?.AtRisk, context),
            Plan = decision.Plan is { } plan ? PlanOf(plan) : null,
            LatestSafeDate = QuoteWire.WholeSeconds(decision.LatestSafe),
            NextCheck = decision.NextCheck,
            Model = context.Forecast is { } forecast ? ForecastWire.ModelOf(forecast, origin) : null,
            AsOf = context.AsOf,
            Simulated = simulated,
            Disclaimer = Disclaimer,
        };
    }

    private static AdviceReason ReasonOf(Finding finding) => new(finding.Code, finding.Text, finding.Decided)
    {
        Figures = finding.Figures.ToDictionary(figure => figure.Name, figure => figure.Value),
    };

    private static TransferPlan PlanOf(PlanAdvice advised) => new(
        [.. advised.Plan.Transfers.Select(transfer => new Client.PlannedTransfer(
            transfer.At,
            transfer.Provider.Id,
            transfer.Provider.Name,
            transfer.Offer.Title,
            QuoteWire.Wire(transfer.Cost.Paid)!,
            QuoteWire.Wire(transfer.Cost.Received)!,
            QuoteWire.Wire(transfer.Cost.TotalCost)!,
            QuoteWire.WholeSeconds(transfer.LatestSafe),
            transfer.Why))],
        QuoteWire.Wire(advised.Plan.Paid)!,
        QuoteWire.Wire(advised.Plan.Received)!,
        QuoteWire.Wire(advised.Plan.CertainSaving)!,
        QuoteWire.Wire(advised.AtRisk),
        advised.Plan.IsProvenBest);

    private static RateFacts RateFactsOf(RateObservation rate, DateTimeOffset at) => new(
        rate.Source,
        rate.EffectiveAt,
        Math.Round((at - rate.EffectiveAt).TotalSeconds, 1),
        FxWeek.IsOpen(at) ? "open" : "closed",
        FxWeek.IsOpen(at) ? null : FxWeek.NextOpen(at));

    private static MoneyValue? Usd(Money? sendCurrency, DecisionContext context) =>
        sendCurrency is { } money ? QuoteWire.Wire(context.InUsd(money)) : null;

    private static decimal Price(double rate) => RateDigits.Round((decimal)rate);

    private static int IndexOf(IReadOnlyList<Domain.Quotes.ProviderQuote> quotes, Domain.Quotes.ProviderQuote best)
    {
        for (var i = 0; i < quotes.Count; i++)
        {
            if (ReferenceEquals(quotes[i], best))
            {
                return i;
            }
        }

        throw new InvalidOperationException("The best quote is one of the quotes.");
    }
}
