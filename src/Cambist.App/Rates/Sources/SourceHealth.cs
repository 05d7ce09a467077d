using System.Collections.Concurrent;

namespace Cambist.App.Rates.Sources;

/// <summary>How a source fares.</summary>
/// <param name="Source">Its id.</param>
/// <param name="LastSuccessAt">When it last answered well; null where it never did.</param>
/// <param name="LastFault">What went wrong at the last try; null where it went well.</param>
public sealed record SourceState(string Source, DateTimeOffset? LastSuccessAt, string? LastFault);

/// <summary>How each source fares, for whoever asks whether the service can answer.</summary>
public sealed class SourceHealth
{
    private readonly ConcurrentDictionary<string, SourceState> _states = new(StringComparer.Ordinal);

    /// <summary>The sources that were asked at least once, by id.</summary>
    public IReadOnlyList<SourceState> States => [.. _states.Values.OrderBy(state => state.Source, StringComparer.Ordinal)];

    internal void Succeeded(string source, DateTimeOffset at) => _states[source] = new SourceState(source, at, null);

    internal void Failed(string source, string fault) => _states.AddOrUpdate(
        source, id => new SourceState(id, null, fault), (_, state) => state with { LastFault = fault });
}
