using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes.Planning;

/// <summary>A question for the cheapest way over time: where, when and in how many parts.</summary>
/// <param name="Price">What is to be converted, at which mid-market rate, which is taken as unchanged until the deadline; its instant is now.</param>
/// <param name="Providers">The providers to choose from.</param>
/// <param name="Deadline">When all of the money must have arrived.</param>
/// <param name="Calendar">Business days of both currencies.</param>
public sealed record PlanQuestion(PriceQuestion Price, ProviderPanel Providers, DateTimeOffset Deadline, BusinessCalendar Calendar)
{
    /// <summary>
    /// What each transfer beyond the first must save more than, in the send currency at mid, so that it is worth the trouble. Never less than a minor unit is asked, for
    /// which nobody makes another transfer and which rounding gives and takes.
    /// </summary>
    public decimal LeastSavingPerTransfer { get; init; }

    /// <summary>The largest number of transfers, 1 to <see cref="PlanSearch.MostTransfers"/>.</summary>
    public int MostTransfers { get; init; } = PlanSearch.MostTransfers;
}

/// <summary>The cheapest transfers before a deadline at an unchanged mid-market rate.</summary>
/// <param name="Transfers">What to order, in order of time; at least one.</param>
/// <param name="Paid">Total that the sender pays for all of them.</param>
/// <param name="Received">What arrives in all.</param>
/// <param name="CertainSaving">
/// What the plan costs less than <paramref name="BestNow"/>, in the send currency at mid, rounded down to the minor unit; never negative. Null where that is null, so that there is
/// nothing to compare with.
/// </param>
/// <param name="BestNow">
/// The best single conversion now that arrives in time; where none is known to, the best one whose delivery time is unknown (only then does a plan use such offers, and only
/// now); null where there is neither, but parts arrive in time. Where nothing does, the best one however late, and it is the plan.
/// </param>
/// <param name="IsProvenBest">Whether the search was exhaustive. False where it stopped at <see cref="PlanSearch.MostSteps"/>: then no better plan is known, and there may be one.</param>
public sealed record ConversionPlan(
    IReadOnlyList<PlannedTransfer> Transfers, Money Paid, Money Received, Money? CertainSaving, ProviderQuote? BestNow, bool IsProvenBest)
{
    /// <summary>Whether the plan is to convert everything at once, now.</summary>
    public bool IsConvertNow(DateTimeOffset now) => Transfers is [var only] && only.At <= now;
}

/// <summary>One transfer of a plan.</summary>
/// <param name="At">When to order it, in UTC; now where that is best.</param>
/// <param name="Provider">With whom.</param>
/// <param name="Offer">Through which of its offers.</param>
/// <param name="Cost">What it costs at the unchanged mid-market rate, as the calculator prices it with what is left of a free allowance by then.</param>
/// <param name="LatestSafe">The last instant at which the order still arrives by the deadline; null where the delivery time is unknown.</param>
/// <param name="Why">Why so, in plain words that follow a dash: <c>inside the free allowance of 1,000 EUR per 30 days</c>.</param>
public sealed record PlannedTransfer(DateTimeOffset At, FeeSchedule Provider, FeeOffer Offer, CostBreakdown Cost, DateTimeOffset? LatestSafe, string Why);
