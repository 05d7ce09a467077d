namespace Cambist.Client;

/// <summary>A page of <c>GET /api/v1/rates/refusals</c>.</summary>
/// <param name="Items">What was not accepted, newest first.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last.</param>
/// <param name="Since">Nothing that was observed earlier is told.</param>
public sealed record RateRefusals(IReadOnlyList<RateRefusal> Items, string? NextCursor, DateTimeOffset Since);

/// <summary>A rate that a source told and that does not count, with the reason.</summary>
/// <param name="Pair">The pair as the source named it.</param>
/// <param name="Source">Id of the source.</param>
/// <param name="Verdict"><c>quarantined</c> (it may be true, and nobody confirmed it) or <c>rejected</c> (it cannot be true, or cannot be read).</param>
/// <param name="Code">Which check it failed: <c>crossed</c>, <c>stale</c>, <c>off_by_100</c>, <c>unreadable</c>.</param>
/// <param name="Detail">What was expected and what was found.</param>
/// <param name="Bid">What it said, however absurd; null where that cannot be read.</param>
/// <param name="Ask">As the bid.</param>
/// <param name="EffectiveAt">When it claimed to be true in the market; null where it did not say.</param>
/// <param name="ObservedAt">When it became known here.</param>
public sealed record RateRefusal(
    string Pair, string Source, string Verdict, string Code, string Detail, decimal? Bid, decimal? Ask, DateTimeOffset? EffectiveAt, DateTimeOffset ObservedAt);
