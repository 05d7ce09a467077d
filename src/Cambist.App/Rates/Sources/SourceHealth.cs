using System.Collections.Concurrent;

namespace Cambist.App.Rates.Sources;

/// <summary>How a source fares.</summary>
/// <param name="Source">Its id.</param>
/// <param name="LastSuccessAt">When it last answered well; null where it never did.</param>
/// <param name="LastFault">What went wrong at the last try; null where it went well.</param>
/// <param name="LastFaultKind">The kind of that.</param>
/// <param name="FailedInARow">How many tries have failed since it last answered well.</param>
/// <param name="NotBefore">It is left alone until then; null where it is asked as usual.</param>
public sealed record SourceState(
    string Source, DateTimeOffset? LastSuccessAt = null, string? LastFault = null, SourceFault? LastFaultKind = null, int FailedInARow = 0, DateTimeOffset? NotBefore = null);

/// <summary>How each source fares, for whoever asks whether the service can answer.</summary>
public sealed class SourceHealth
{
    private readonly ConcurrentDictionary<string, SourceState> _states = new(StringComparer.Ordinal);

    /// <summary>The sources that were asked at least once, by id.</summary>
    public IReadOnlyList<SourceState> States => [.. _states.Select(entry => entry.Value).OrderBy(state => state.Source, StringComparer.Ordinal)];

    /// <summary>How a source fares; without any try where it was never asked.</summary>
    public SourceState Of(string source) => _states.GetValueOrDefault(source) ?? new SourceState(source);

    internal void Succeeded(string source, DateTimeOffset at) => _states[source] = new SourceState(source, at);

    internal void Failed(string source, SourceFault kind, string fault) => _states.AddOrUpdate(
        source,
        id => new SourceState(id, null, fault, kind, 1),
        (_, state) => state with { LastFault = fault, LastFaultKind = kind, FailedInARow = state.FailedInARow + 1 });

    internal void LeftAlone(string source, DateTimeOffset until) => _states.AddOrUpdate(
        source, id => new SourceState(id, NotBefore: until), (_, state) => state with { NotBefore = until });
}
