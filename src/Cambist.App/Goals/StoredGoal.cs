using Cambist.Domain.Currencies;
using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>A goal of an account.</summary>
/// <param name="Id">Its id; later ones sort after earlier ones.</param>
/// <param name="Account">Whose.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Details">What is meant and planned.</param>
/// <param name="Advice">What was said last.</param>
/// <param name="EvaluateAt">When to look at it again; null where nobody does.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record StoredGoal(string Id, string Account, GoalStatus Status, GoalDetails Details, GoalAdvice Advice, DateTimeOffset? EvaluateAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Counts changes of what is meant or planned.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Counts looks at it.</summary>
    public long Turn { get; init; }

    /// <summary>The currencies and the amount.</summary>
    public Goal Goal => Details.Goal;

    /// <summary>The goal without advice for now.</summary>
    /// <param name="why">Why there is none; null where no part is due.</param>
    public StoredGoal Unadvised(PlanNote? why) => this with { Advice = Advice with { Current = null, Missing = why } };

    /// <summary>How far it has come, of a recurring goal in the occurrence that is under way.</summary>
    public GoalProgress Progress => GoalProgress.Of(Goal.Side, Goal.Amount, Details.Paid, Details.Received);
}

/// <summary>What is meant and planned.</summary>
/// <param name="Name">How its person calls it.</param>
/// <param name="Goal">The goal.</param>
/// <param name="Zone">The time zone of its dates.</param>
/// <param name="Span">The time that its amount has; of a recurring goal that of the occurrence that is under way.</param>
/// <param name="Plan">The parts.</param>
/// <param name="Paid">All that was paid in the span.</param>
/// <param name="Received">All that arrived in it.</param>
/// <param name="UsualProvider">The provider that savings are counted against; null: none.</param>
/// <param name="ExcludedProviders">Providers that are not advised.</param>
/// <param name="Countries">Where it may be sent from.</param>
/// <param name="TargetReachedAt">When the rate first reached the target.</param>
internal sealed record GoalDetails(
    string? Name, Goal Goal, TimeZoneInfo Zone, GoalSpan Span, TranchePlan Plan, Money Paid, Money Received, string? UsualProvider, IReadOnlyList<string> ExcludedProviders, IReadOnlyList<string> Countries,
    DateTimeOffset? TargetReachedAt);

/// <summary>What was said of the part that is due.</summary>
/// <param name="Current">The recommendation; null where none is due, or there was none.</param>
/// <param name="Missing">Why the last look brought none.</param>
/// <param name="LastVerdict">The last verdict that was told; an outage in between is no change of it.</param>
/// <param name="Named">What the part is measured against, since it was first advised.</param>
internal sealed record GoalAdvice(GoalVerdict? Current, PlanNote? Missing, string? LastVerdict, Counterfactual? Named)
{
    public static GoalAdvice None { get; } = new(null, null, null, null);
}

/// <summary>A recommendation.</summary>
/// <param name="Verdict"><c>CONVERT_NOW</c> or <c>WAIT</c>.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="ReasonCode">The rule that decided.</param>
/// <param name="Confidence">Probability that waiting is cheaper.</param>
/// <param name="Provider">Whom to use.</param>
/// <param name="ExpectedSavingUsd">What waiting is expected to save.</param>
/// <param name="Amount">The part.</param>
/// <param name="Mid">The rate.</param>
/// <param name="LatestSafe">The last order that arrives in time.</param>
/// <param name="NextCheck">When to look again.</param>
/// <param name="AsOf">The instant.</param>
/// <param name="IsSimulated">Whether the market was.</param>
internal sealed record GoalVerdict(
    string Verdict, string Reason, string ReasonCode, double? Confidence, string Provider, Money? ExpectedSavingUsd, Money Amount, decimal Mid, DateTimeOffset? LatestSafe, DateTimeOffset NextCheck, DateTimeOffset AsOf,
    bool IsSimulated);

/// <summary>A conversion that was recorded.</summary>
/// <param name="Id">Its id; later ones sort after earlier ones.</param>
/// <param name="GoalId">The goal.</param>
/// <param name="Account">Whose.</param>
/// <param name="RecordedAt">When it was told.</param>
/// <param name="Conversion">What was done.</param>
/// <param name="Saving">What was saved; null where nothing was named before.</param>
internal sealed record StoredConversion(string Id, string GoalId, string Account, DateTimeOffset RecordedAt, ActualConversion Conversion, ConversionSaving? Saving)
{
    /// <summary>The request that recorded it; null where that had no key.</summary>
    public GoalEffect? Effect { get; init; }
}
