using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.Domain.Quotes.Planning;

namespace Cambist.Domain.Decisions;

/// <summary>Transfers that are cheaper for certain than converting everything at once now, as long as the rate stays, and what it may cost that the rate does not.</summary>
/// <param name="Plan">The transfers.</param>
/// <param name="AtRisk">What the rate takes from the parts that wait in the worst 5 %, in the send currency, were all of them to meet the worst; null where there is no forecast.</param>
public sealed record PlanAdvice(ConversionPlan Plan, Money? AtRisk)
{
    /// <summary>A further transfer must save more than this, in USD: a few minutes of somebody's evening.</summary>
    public const decimal WorthATransferUsd = 1m;

    /// <summary>The plan where one beats converting everything at once now; null where none does, or where it is not known what a USD is worth.</summary>
    public static PlanAdvice? Find(DecisionContext context)
    {
        if (context.UsdPerBase is not { } usd || context.Question.Deadline <= context.AsOf)
        {
            return null;
        }

        var plan = PlanSearch.Find(new PlanQuestion(context.PriceAt(context.AsOf), context.Providers, context.Question.Deadline, context.Calendar)
        {
            LeastSavingPerTransfer = WorthATransferUsd / usd,
        });
        return plan is { CertainSaving.Amount: > 0m } && plan.CertainSaving.Value.Amount * usd > WorthATransferUsd ? new PlanAdvice(plan, RiskOf(plan, context)) : null;
    }

    private static Money? RiskOf(ConversionPlan plan, DecisionContext context)
    {
        if (context.Forecast is not { } forecast)
        {
            return null;
        }

        var lost = 0m;
        foreach (var transfer in plan.Transfers.Where(transfer => transfer.At > context.AsOf))
        {
            var worst = (decimal)forecast.At(transfer.At).Quantile(0.05) / context.Mid;
            lost += Math.Max(0m, 1m - worst) * transfer.Cost.Received.Amount / context.Mid;
        }

        return new Money(lost, plan.Paid.Currency).Rounded();
    }
}
