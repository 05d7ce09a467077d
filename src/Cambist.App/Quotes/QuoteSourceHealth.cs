using System.Collections.Concurrent;
using Cambist.App.Rates.Sources;

namespace Cambist.App.Quotes;

/// <summary>How a source of quotes fares.</summary>
/// <param name="Source">Its id.</param>
/// <param name="LastSuccessAt">When it last answered; null where it never did.</param>
/// <param name="LastFault">What went wrong at the last try; null where it went well.</param>
/// <param name="LastFaultKind">The kind of that.</param>
/// <param name="FailedInARow">How many tries have failed since it last answered.</param>
/// <param name="NotBefore">It is left alone until then; null where it is asked as usual.</param>
/// <param name="Accepted">How many of its quotes were believed.</param>
/// <param name="Refused">How many were not.</param>
/// <param name="LastRefusal">Why the last of those was not; null where all were believed.</param>
public sealed record QuoteSourceState(
    string Source,
    DateTimeOffset? LastSuccessAt = null,
    string? LastFault = null,
    SourceFault? LastFaultKind = null,
    int FailedInARow = 0,
    DateTimeOffset? NotBefore = null,
    long Accepted = 0,
    long Refused = 0,
    string? LastRefusal = null);

/// <summary>How each source of quotes fares.</summary>
public sealed class QuoteSourceHealth
{
    private readonly ConcurrentDictionary<string, QuoteSourceState> _states = new(StringComparer.Ordinal);

    /// <summary>How a source fares; without any try where it was never asked.</summary>
    public QuoteSourceState Of(string source) => _states.GetValueOrDefault(source) ?? new QuoteSourceState(source);

    internal void Answered(string source, DateTimeOffset at, int accepted, int refused, string? refusal) => Change(source, state => state with
    {
        LastSuccessAt = at,
        LastFault = null,
        LastFaultKind = null,
        FailedInARow = 0,
        NotBefore = null,
        Accepted = state.Accepted + accepted,
        Refused = state.Refused + refused,
        LastRefusal = refusal ?? state.LastRefusal,
    });

    internal void Failed(string source, SourceFault kind, string fault, DateTimeOffset? notBefore) => Change(source, state => state with
    {
        LastFault = fault,
        LastFaultKind = kind,
        FailedInARow = state.FailedInARow + 1,
        NotBefore = notBefore,
    });

    private void Change(string source, Func<QuoteSourceState, QuoteSourceState> change) =>
        _states.AddOrUpdate(source, id => change(new QuoteSourceState(id)), (_, state) => change(state));
}
