using System.Collections.Concurrent;

namespace Cambist.App.Rates.Feeds;

/// <summary>How a feed fares.</summary>
/// <param name="Feed">Its id.</param>
public sealed record FeedState(string Feed)
{
    /// <summary>Whether there is a connection over which it has spoken.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Since when it is connected, or is not.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When it last gave a sign of life; null where it never did.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>When it last told a rate; null where it never did.</summary>
    public DateTimeOffset? LastRateAt { get; init; }

    /// <summary>Connections after the first.</summary>
    public int Reconnects { get; init; }

    /// <summary>Times in which rates were missed.</summary>
    public int Gaps { get; init; }

    /// <summary>Frames that could not be read.</summary>
    public long Unreadable { get; init; }

    /// <summary>Why the last connection was lost or could not be made; null where none was.</summary>
    public string? LastFault { get; init; }

    /// <summary>What it announces while it does not trade; null while it does.</summary>
    public string? Maintenance { get; init; }

    /// <summary>The pairs that it will not stream on this connection, with the reason of each.</summary>
    public IReadOnlyList<string> RefusedPairs { get; init; } = [];
}

/// <summary>How each feed fares, for the faces.</summary>
public sealed class FeedHealth
{
    private readonly ConcurrentDictionary<string, FeedState> _states = new(StringComparer.Ordinal);

    /// <summary>The feeds that are listened to, by id.</summary>
    public IReadOnlyList<FeedState> States => [.. _states.Values.OrderBy(state => state.Feed, StringComparer.Ordinal)];

    // Each feed has one writer.
    internal void Change(string feed, Func<FeedState, FeedState> change) => _states[feed] = change(_states.GetValueOrDefault(feed) ?? new FeedState(feed));
}
