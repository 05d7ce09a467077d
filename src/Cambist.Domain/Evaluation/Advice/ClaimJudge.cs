using Cambist.Domain.Quotes;

namespace Cambist.Domain.Evaluation.Advice;

/// <summary>Tells of a confidence whether what it claimed came true: whether the same money, at the horizon with the offer that was named, brought more than converting at once.</summary>
public static class ClaimJudge
{
    /// <summary>The judged claim; null where no fresh rate is recorded at the horizon, the offer has no price then, or both bring the same to the minor unit, which decides nothing.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="rates">Rates of the question's pair.</param>
    public static JudgedClaim? Judge(WaitingClaim claim, AdviceGoal goal, RatePath rates)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(rates);
        if (rates.FreshAt(claim.Horizon) is not { } rate || claim.Horizon > rates.End)
        {
            return null;
        }

        var sameMoney = goal.Question.PriceAt(rate.Rate.Mid, claim.Horizon) with { Side = AmountSide.Send, Amount = claim.Paid };
        return CostCalculator.Price(claim.Offer, sameMoney) is OfferPrice.Priced { Cost.Received: var received } && received != claim.Received
            ? new JudgedClaim(claim.Probability, received.Amount > claim.Received.Amount)
            : null;
    }
}
