using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Evaluation.Advice;

/// <summary>What the advice said when the person looked.</summary>
/// <param name="DecidedAt">When they looked.</param>
/// <param name="Action">Convert now, or wait.</param>
/// <param name="ReasonCode">The rule that decided.</param>
/// <param name="Confidence">P(waiting is cheaper), to four decimals as answers tell it; null where it is not known.</param>
/// <param name="ExpectedSavingUsd">What waiting is expected to save; null where it is not known.</param>
/// <param name="Claim">What the confidence is about; null where there is none.</param>
/// <param name="Executed">The conversion that followed; null where they wait.</param>
public sealed record AdviceLook(
    DateTimeOffset DecidedAt, Recommendation Action, string ReasonCode, double? Confidence, decimal? ExpectedSavingUsd, WaitingClaim? Claim, Conversion? Executed);

/// <summary>What a confidence claims: that the same money brings more at the horizon.</summary>
/// <param name="Probability">How likely, not rounded.</param>
/// <param name="Horizon">The instant that waiting is judged at.</param>
/// <param name="Offer">The offer that is expected to be best then.</param>
/// <param name="Paid">What converting now costs.</param>
/// <param name="Received">What it brings.</param>
public sealed record WaitingClaim(double Probability, DateTimeOffset Horizon, FeeOffer Offer, Money Paid, Money Received)
{
    /// <summary>What a decision claims; null where it says nothing of waiting.</summary>
    public static WaitingClaim? Of(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision is { Outlook: { } outlook, Best.Cost: { } cost } ? new WaitingClaim(outlook.Confidence, outlook.Horizon, outlook.BestThen.Offer, cost.Paid, cost.Received) : null;
    }
}

/// <summary>A conversion with the provider that was best at its instant.</summary>
/// <param name="At">When.</param>
/// <param name="Mid">The mid-market rate of the question's pair.</param>
/// <param name="Provider">Id of the provider.</param>
/// <param name="Paid">Total that leaves.</param>
/// <param name="Received">What arrives.</param>
/// <param name="CostBps">All-in cost against the mid in basis points of what is paid.</param>
public sealed record Conversion(DateTimeOffset At, decimal Mid, string Provider, Money Paid, Money Received, decimal CostBps)
{
    /// <summary>The conversion of a priced quote.</summary>
    public static Conversion Of(ProviderQuote quote, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(quote);
        var cost = quote.Cost ?? throw new ArgumentException($"{quote.Provider.Id} has no price.", nameof(quote));
        return new Conversion(at, cost.MidRate, quote.Provider.Id, cost.Paid, cost.Received, cost.TotalCostBps);
    }
}
