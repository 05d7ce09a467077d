using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>What a goal asks of its account, where it does not say it itself.</summary>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Country">ISO 3166 alpha-2.</param>
/// <param name="RiskTolerance">In the word of the wire.</param>
/// <param name="UsualProvider">Id of a provider.</param>
public sealed record GoalPerson(string? TimeZone, string? Country, string? RiskTolerance, string? UsualProvider);

/// <summary>Who changes goals by hand here, for the audit trail.</summary>
/// <param name="Name">Whoever runs the service, where the program does it for them; null: the person whose goal it is.</param>
public sealed record GoalActor(string? Name);

/// <summary>Looks at the goals of an account now, where nothing else does: at those that are due, and where there is a fresh rate at the others too.</summary>
public delegate void LookAtGoals(string account, CancellationToken cancellationToken);

/// <summary>What of the market a plan is made from.</summary>
/// <param name="Mid">The fresh mid-market rate of the goal's pair; null where there is none.</param>
/// <param name="Planning">The facts of the plan.</param>
/// <param name="HourlyDeviation">Standard deviation of the mid-market rate over an hour, in units of the rate; null where there is no forecast.</param>
internal sealed record GoalMarketFacts(decimal? Mid, PlanningFacts Planning, double? HourlyDeviation = null);

/// <summary>Says what an account says of its person; null where there is no such account.</summary>
public delegate ValueTask<GoalPerson?> FindGoalPerson(string account, CancellationToken cancellationToken);

/// <summary>Whether there is a provider of an id.</summary>
public delegate bool KnowsProvider(string id);

/// <summary>What of the market the plan of a goal is made from, now.</summary>
internal delegate GoalMarketFacts GatherGoalFacts(GoalDetails goal);

/// <summary>An active goal with the advice for the part that is due now, where one is due, and with when to look at it again.</summary>
internal delegate StoredGoal AdviseGoal(StoredGoal goal);
