using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.History;

/// <summary>Why a backfill ended.</summary>
public enum BackfillEnd
{
    /// <summary>All that the source has of the span is in the store.</summary>
    Done,

    /// <summary>It was stopped; it goes on from where it was.</summary>
    Stopped,

    /// <summary>Nothing is left of the day's requests; it goes on from where it was tomorrow.</summary>
    QuotaSpent,

    /// <summary>The source refuses: the key, the plan or the pair.</summary>
    Refused,

    /// <summary>The source cannot be reached or read, again and again.</summary>
    Failed,
}

/// <summary>How far a backfill has come.</summary>
/// <param name="BackTo">What lies after this instant has been fetched.</param>
/// <param name="Share">How much of the span that is, from 0 to 1.</param>
/// <param name="Added">Hours or days that were not in the store before.</param>
public readonly record struct BackfillProgress(DateTimeOffset BackTo, double Share, int Added);

/// <summary>What a backfill did.</summary>
/// <param name="Source">Id of the source.</param>
/// <param name="Pair">The pair.</param>
/// <param name="Unit">What was fetched: hours or days.</param>
/// <param name="End">Why it ended.</param>
/// <param name="BackTo">How far back the source has been asked, by this run and those before; null where nothing was fetched yet.</param>
/// <param name="Pages">Requests that were answered.</param>
/// <param name="Added">Hours or days that were not in the store before.</param>
/// <param name="Fault">What the source said where it failed; null otherwise.</param>
/// <param name="RetryAt">When it can go on; null where that is at once, or nobody knows.</param>
public sealed record BackfillResult(
    string Source, CurrencyPair Pair, HistoryUnit Unit, BackfillEnd End, DateTimeOffset? BackTo, int Pages, int Added, string? Fault, DateTimeOffset? RetryAt);
