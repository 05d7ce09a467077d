using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Ticks;

/// <summary>An accepted observation as stored: what a source said, and what the consensus of all sources was after it.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="EffectiveAt">When it was true in the market; stored to the microsecond, as is the next.</param>
/// <param name="ObservedAt">When it was known to us.</param>
/// <param name="Bid">The source's bid, quote currency per unit of base; stored to 15 significant digits, as are the others.</param>
/// <param name="Ask">The source's ask.</param>
/// <param name="Source">Id of the source.</param>
/// <param name="Consensus">The mid-market rate that all sources together gave then.</param>
public readonly record struct Tick(
    CurrencyPair Pair, DateTimeOffset EffectiveAt, DateTimeOffset ObservedAt, decimal Bid, decimal Ask, string Source, decimal Consensus);

/// <summary>A report that was not accepted, with the reason.</summary>
/// <param name="Pair">The pair as the source named it.</param>
/// <param name="Source">Id of the source.</param>
/// <param name="EffectiveAt">When it claimed to be true; null where it did not say.</param>
/// <param name="ObservedAt">When it was known to us.</param>
/// <param name="Bid">What it said, however absurd, digit for digit; null where it said nothing that can be read.</param>
/// <param name="Ask">As the bid.</param>
/// <param name="Verdict"><c>quarantined</c> or <c>rejected</c>.</param>
/// <param name="Code">Which check it failed.</param>
/// <param name="Detail">What was expected and what was found.</param>
public sealed record RefusedRate(
    string Pair, string Source, DateTimeOffset? EffectiveAt, DateTimeOffset ObservedAt, decimal? Bid, decimal? Ask, string Verdict, string Code, string Detail);

/// <summary>How many observations of a source met a verdict.</summary>
/// <param name="Source">Id of the source.</param>
/// <param name="Verdict"><c>accepted</c>, <c>quarantined</c> or <c>rejected</c>.</param>
/// <param name="Code">The check that failed; empty where they were accepted.</param>
/// <param name="Count">How many.</param>
public sealed record VerdictCount(string Source, string Verdict, string Code, long Count);
