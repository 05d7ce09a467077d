using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Goals;

/// <summary>What kind of conversion a goal plans.</summary>
public enum GoalKind
{
    /// <summary>Once, by a deadline: 5,000 EUR by March.</summary>
    OneTime,

    /// <summary>Again and again by the calendar, the whole amount each time: 2,000 USD every month.</summary>
    Recurring,

    /// <summary>When the rate has reached a target, or by the deadline if it does not.</summary>
    Threshold,

    /// <summary>In equal parts by the calendar, which together are the amount: 10,000 USD over 3 months.</summary>
    DollarCostAverage,
}

/// <summary>How a goal stands.</summary>
public enum GoalStatus
{
    /// <summary>It is looked after.</summary>
    Active,

    /// <summary>Its person has paused it: it is left alone until resumed.</summary>
    Paused,

    /// <summary>All of it is converted.</summary>
    Completed,

    /// <summary>Its deadline has passed and not all of it is converted.</summary>
    Expired,

    /// <summary>Its person has given it up.</summary>
    Cancelled,
}

/// <summary>What a person means to convert, and when.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Pair">Base: what they have; quote: what they need.</param>
/// <param name="Side">Whether <paramref name="Amount"/> is what leaves or what arrives.</param>
/// <param name="Amount">How much, in the base currency (send) or the quote currency (receive); of a recurring goal, each time.</param>
/// <param name="Starts">Nothing is planned before this instant.</param>
/// <param name="Deadline">When all of it must have arrived; null for a recurring goal, whose rule says when it ends, and for a threshold goal that waits as long as it takes.</param>
/// <param name="Risk">How much they let it wait for.</param>
public sealed record Goal(GoalKind Kind, CurrencyPair Pair, AmountSide Side, Money Amount, DateTimeOffset Starts, DateTimeOffset? Deadline, RiskTolerance Risk)
{
    /// <summary>The mid-market rate that a threshold goal waits for: converting is worth it at this rate or a higher one; null for other kinds.</summary>
    public decimal? TargetRate { get; init; }

    /// <summary>The calendar of a recurring goal, or of dollar-cost averaging; null for other kinds.</summary>
    public Recurrence? Recurrence { get; init; }

    /// <summary>Whether a mid-market rate has reached the target. A higher rate brings the sender more, so the target is reached from below.</summary>
    public bool IsReachedBy(decimal mid) => TargetRate is { } target && mid >= target;
}
