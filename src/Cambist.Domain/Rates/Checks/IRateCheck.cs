namespace Cambist.Domain.Rates.Checks;

/// <summary>One question that every reported rate is asked.</summary>
public interface IRateCheck
{
    /// <summary>What is wrong with the report; null where this question finds nothing.</summary>
    Finding? Ask(ReportedRate report, in Situation situation);
}

/// <summary>What is known of a pair when a report arrives.</summary>
/// <param name="Now">The instant of the arrival.</param>
/// <param name="Before">The source's own report before this one; null where it is its first.</param>
/// <param name="UnchangedSince">Since when the source has told the same price.</param>
/// <param name="Level">The rate that is trusted until now; null where none is known yet.</param>
/// <param name="Volatility">How much the pair moves.</param>
/// <param name="Others">What the other voices say at this time, one an origin, as mid prices.</param>
public readonly record struct Situation(
    DateTimeOffset Now, ReportedRate? Before, DateTimeOffset UnchangedSince, Level? Level, RecentVolatility Volatility, ReadOnlyMemory<decimal> Others);

/// <summary>A rate that is trusted, and the instant at which it was true.</summary>
/// <param name="Mid">Mid-market rate.</param>
/// <param name="At">When.</param>
public sealed record Level(decimal Mid, DateTimeOffset At);
