using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Feeds;

/// <summary>What a feed says, as it says it.</summary>
public abstract record FeedEvent
{
    /// <summary>Rates.</summary>
    public sealed record Rates(RateSheet Sheet) : FeedEvent;

    /// <summary>It lives and has nothing to tell.</summary>
    public sealed record Heartbeat : FeedEvent;

    /// <summary>It will not stream a pair.</summary>
    public sealed record PairRefused(string Pair, string Reason) : FeedEvent;

    /// <summary>It announces that it does not trade for a while.</summary>
    public sealed record Maintenance(string Detail) : FeedEvent;

    /// <summary>It says that it trades: an announced maintenance is over, or there is none.</summary>
    public sealed record Trading : FeedEvent;

    /// <summary>It sent something that cannot be read, which was passed over and is no sign of life.</summary>
    public sealed record Unreadable(string Told) : FeedEvent;
}

/// <summary>
/// A service that streams rates over one connection. It only translates: reconnecting, back-off, the watch over silence and gaps belong to the
/// feed runner. A feed and a source of the same id are one voice.
/// </summary>
public interface IRateFeed
{
    /// <summary>What is known of it.</summary>
    SourceProfile Profile { get; }

    /// <summary>Without any event for this long the connection is dead, whatever the socket says.</summary>
    TimeSpan LongestSilence { get; }

    /// <summary>Connects, subscribes, and tells what comes until the connection ends (the sequence ends), breaks, or is refused.</summary>
    /// <exception cref="SourceFaultException">It could not connect, or the connection broke.</exception>
    IAsyncEnumerable<FeedEvent> ConnectAsync(IReadOnlyList<CurrencyPair> pairs, CancellationToken cancellationToken);
}
