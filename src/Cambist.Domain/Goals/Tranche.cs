using Cambist.Domain.Currencies;

namespace Cambist.Domain.Goals;

/// <summary>A part of a goal, and the window in which it is to be converted.</summary>
/// <param name="Amount">How much of the goal, on the goal's side and in its currency.</param>
/// <param name="Earliest">When it may be converted.</param>
/// <param name="Latest">When an order is due at the latest, so that the money arrives in time; null where the goal has no deadline.</param>
public sealed record Tranche(Money Amount, DateTimeOffset Earliest, DateTimeOffset? Latest)
{
    /// <summary>What of it has been converted.</summary>
    public Money Converted { get; init; } = Money.Zero(Amount.Currency);

    /// <summary>What of it is left; never below zero.</summary>
    public Money Remaining => Converted.Amount >= Amount.Amount ? Money.Zero(Amount.Currency) : Amount.Minus(Converted);

    /// <summary>Whether all of it is converted.</summary>
    public bool IsDone => Converted.Amount >= Amount.Amount;

    /// <summary>Whether its window is open.</summary>
    public bool IsDueAt(DateTimeOffset instant) => !IsDone && Earliest <= instant;

    /// <summary>Whether its window has closed with something left.</summary>
    public bool IsMissedAt(DateTimeOffset instant) => !IsDone && Latest < instant;
}

/// <summary>The parts of a goal in the order in which they fall due; their amounts add up to the goal's exactly.</summary>
/// <param name="Tranches">The parts.</param>
/// <param name="Notes">What was done to make the plan feasible, and what could not be known.</param>
public sealed record TranchePlan(IReadOnlyList<Tranche> Tranches, IReadOnlyList<PlanNote> Notes)
{
    /// <summary>The part that is converted next; null where all are done.</summary>
    public Tranche? Next => Tranches.FirstOrDefault(tranche => !tranche.IsDone);

    /// <summary>Whether all of it is converted.</summary>
    public bool IsDone => Tranches.All(tranche => tranche.IsDone);
}

/// <summary>Something about a plan that its person should know.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Text">One sentence with the numbers.</param>
public sealed record PlanNote(string Code, string Text)
{
    /// <summary>The code where nobody knows how long delivery takes.</summary>
    public const string DeliveryUnknown = "plan.delivery_unknown";

    /// <summary>The code where the last safe order has passed.</summary>
    public const string LatestSafePassed = "plan.latest_safe_passed";

    /// <summary>The code where parts were merged to fit.</summary>
    public const string Merged = "plan.merged";

    /// <summary>The code where nobody knows what the amount is worth in USD.</summary>
    public const string UsdValueUnknown = "plan.usd_value_unknown";

    /// <summary>The code where the calendar has no day left.</summary>
    public const string NoOccurrence = "plan.no_occurrence";

    /// <summary>Whether it is about this plan; others are about the goal itself, and outlive its plans.</summary>
    public bool IsOfPlan => Code.StartsWith("plan.", StringComparison.Ordinal);
}
