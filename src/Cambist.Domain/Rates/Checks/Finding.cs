namespace Cambist.Domain.Rates.Checks;

/// <summary>What becomes of a reported rate.</summary>
public enum Verdict
{
    /// <summary>It counts: it is one of the voices of the consensus.</summary>
    Accepted,

    /// <summary>The source said nothing new: the same price of the same instant again.</summary>
    Unchanged,

    /// <summary>It may be true, for markets do jump, but nobody confirms it yet. It counts as soon as another source does.</summary>
    Quarantined,

    /// <summary>It cannot be true as told, and no second source makes it so.</summary>
    Rejected,
}

/// <summary>Why a reported rate does not count.</summary>
/// <param name="Verdict">What becomes of it.</param>
/// <param name="Code">The kind of fault, stable: <c>crossed</c>, <c>stale</c>, <c>off_by_100</c>.</param>
/// <param name="Detail">What was expected and what was found, with the numbers.</param>
public sealed record Finding(Verdict Verdict, string Code, string Detail)
{
    internal static Finding Reject(string code, FormattableString detail) => new(Verdict.Rejected, code, FormattableString.Invariant(detail));

    internal static Finding Quarantine(string code, FormattableString detail) => new(Verdict.Quarantined, code, FormattableString.Invariant(detail));
}
