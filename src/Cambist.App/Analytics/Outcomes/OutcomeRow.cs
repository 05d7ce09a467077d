using Cambist.Domain.Evaluation.Advice;

namespace Cambist.App.Analytics.Outcomes;

/// <summary>What came of an advice of the decision log, as far as it is known.</summary>
/// <param name="Number">The entry of the log.</param>
/// <param name="AskedAt">When it was asked.</param>
/// <param name="Pair">Symbol of the question's pair: base what the person has; null where the entry cannot be read.</param>
/// <param name="Usd">The amount in USD; null where that was not known.</param>
/// <param name="Days">From asking to the deadline.</param>
/// <param name="Risk">The risk tolerance; null where the entry cannot be read.</param>
/// <param name="Waits">Whether the advice was to wait.</param>
/// <param name="DecidedBy">The code of the finding that decided; null where the entry cannot be read.</param>
/// <param name="Confidence">P(waiting is cheaper) as it was told; null where it was not.</param>
/// <param name="Due">When to look for what came; null where nothing is awaited any more.</param>
/// <param name="Came">What came, as far as it is known.</param>
internal sealed record OutcomeRow(
    long Number, DateTimeOffset AskedAt, string? Pair, double? Usd, double Days, string? Risk, bool Waits, string? DecidedBy, double? Confidence, DateTimeOffset? Due, WhatCame Came)
{
    /// <summary>Whether it followed a target or a floor of the person's own, so that it was no judgement of the market that could be scored.</summary>
    public bool IsOwnOrder => DecidedBy is { } code && (code.StartsWith("target.", StringComparison.Ordinal) || code.StartsWith("rate.floor_", StringComparison.Ordinal));

    /// <summary>An entry that cannot be read: nobody will know what came of it.</summary>
    public static OutcomeRow Unreadable(long number, DateTimeOffset askedAt) => new(number, askedAt, Pair: null, Usd: null, Days: 0, Risk: null, Waits: false, DecidedBy: null, Confidence: null, Due: null, WhatCame.Nothing);
}

/// <summary>What came of an advice.</summary>
/// <param name="Cheaper">Whether waiting until the horizon was cheaper; null where it is not known, or both cost the same.</param>
/// <param name="CostBps">All-in cost of following the advice at the rate of the asking, in basis points of the amount; null where it is not known.</param>
/// <param name="Gains">What that gained against each of <see cref="AdviceStrategies.All"/>; null where it is not known.</param>
internal sealed record WhatCame(bool? Cheaper, double? CostBps, IReadOnlyList<AdviceGain?>? Gains)
{
    public static WhatCame Nothing { get; } = new(null, null, null);
}
