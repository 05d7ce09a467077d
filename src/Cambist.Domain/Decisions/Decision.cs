using Cambist.Domain.Quotes;

namespace Cambist.Domain.Decisions;

/// <summary>What became of a question: a verdict, or why there is none.</summary>
public abstract record DecisionOutcome
{
    private DecisionOutcome()
    {
    }

    /// <summary>A verdict.</summary>
    public sealed record Decided(Decision Decision) : DecisionOutcome;

    /// <summary>The rate is too old for a verdict.</summary>
    public sealed record StaleRate : DecisionOutcome;

    /// <summary>No provider has a price for the question, so that there is nothing to advise.</summary>
    /// <param name="Quotes">All providers, each with the reason.</param>
    public sealed record NoPrice(IReadOnlyList<ProviderQuote> Quotes) : DecisionOutcome;
}

/// <summary>The verdict with all that it rests on. Money is in USD at the current mid where the name says so.</summary>
/// <param name="Recommendation">Convert now, or wait.</param>
/// <param name="Reason">One plain sentence with the numbers.</param>
/// <param name="ChangesIf">What would turn the verdict.</param>
/// <param name="Findings">What each rule found, the deciding one first.</param>
/// <param name="Best">The provider to use now.</param>
/// <param name="Quotes">All providers, best first.</param>
/// <param name="Outlook">What waiting is expected to bring; null where it could not be judged.</param>
/// <param name="Plan">Transfers over time that are cheaper for certain; null where none are.</param>
/// <param name="LatestSafe">The last instant at which an order with <paramref name="Best"/> still arrives in time; null where delivery is unknown.</param>
/// <param name="NextCheck">When to look again.</param>
public sealed record Decision(
    Recommendation Recommendation,
    string Reason,
    string ChangesIf,
    IReadOnlyList<Finding> Findings,
    ProviderQuote Best,
    IReadOnlyList<ProviderQuote> Quotes,
    WaitingOutlook? Outlook,
    PlanAdvice? Plan,
    DateTimeOffset? LatestSafe,
    DateTimeOffset NextCheck)
{
    /// <summary>The finding that decided.</summary>
    public Finding Deciding => Findings[0];
}
