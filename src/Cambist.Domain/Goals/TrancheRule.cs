namespace Cambist.Domain.Goals;

/// <summary>
/// How a large amount is split, by the specification: above 10,000 USD into n = min(5, amount // 2000) parts, of which the i-th may be converted from i × 7 days on and is due (n − i − 1) × 2 days before the
/// deadline. As the first bound is five times the second, n is always 5.
/// </summary>
/// <remarks>
/// Where the deadline is near, that plan has parts that may be converted only after they are due. Then there are as many parts as still lie seven days apart before the last safe order: fewer parts keep what
/// the rule is for, days between the conversions, and cost fewer fixed fees. With k parts so chosen every window has earliest ≤ latest, for 7(k − 1) days fit, and 7i + 2(k − 1 − i) ≤ 7(k − 1).
/// </remarks>
public static class TrancheRule
{
    /// <summary>Amounts up to this many USD are one part.</summary>
    public const decimal SplitAboveUsd = 10_000m;

    private const decimal UsdAPart = 2_000m;
    private const int MostParts = 5;
    private static readonly TimeSpan BetweenEarliest = TimeSpan.FromDays(7);
    private static readonly TimeSpan BetweenLatest = TimeSpan.FromDays(2);

    /// <summary>How many parts an amount has where there is time for all of them.</summary>
    /// <param name="usd">Its worth in USD at the current mid.</param>
    public static int Parts(decimal usd) => usd > SplitAboveUsd ? (int)Math.Min(MostParts, decimal.Floor(usd / UsdAPart)) : 1;

    /// <summary>How many of the parts fit between an instant and the last safe order; at least one.</summary>
    public static int Fitting(int parts, DateTimeOffset asked, DateTimeOffset last) =>
        last <= asked ? 1 : (int)Math.Min(parts, 1 + (last - asked).Ticks / BetweenEarliest.Ticks);

    /// <summary>The window of one part.</summary>
    /// <param name="part">Which, from 0.</param>
    /// <param name="parts">Of how many that fit.</param>
    /// <param name="asked">The first instant.</param>
    /// <param name="deadline">When all must have arrived.</param>
    /// <param name="last">The last safe order, not before <paramref name="asked"/> and not after the deadline.</param>
    public static (DateTimeOffset Earliest, DateTimeOffset Latest) Window(int part, int parts, DateTimeOffset asked, DateTimeOffset deadline, DateTimeOffset last)
    {
        var due = deadline - (parts - part - 1) * BetweenLatest;
        return (asked + part * BetweenEarliest, due < last ? due : last);
    }
}
