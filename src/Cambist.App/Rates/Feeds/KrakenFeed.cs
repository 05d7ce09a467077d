using System.Runtime.CompilerServices;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Feeds;

/// <summary>
/// Kraken's public websocket (v2), without a key: the best bid and ask of its fiat books at every change of them. While nothing changes it beats
/// about once a second.
/// </summary>
internal sealed class KrakenFeed(FeedOptions options, TimeProvider clock) : IRateFeed
{
    /// <summary>What is known of it: it speaks with the voice of Kraken's REST API.</summary>
    public static FeedProfile About { get; } = new(KrakenSource.About, new Uri("wss://ws.kraken.com/v2"));

    public SourceProfile Profile => About.Source;

    public TimeSpan LongestSilence { get; } = TimeSpan.FromSeconds(10);

    public async IAsyncEnumerable<FeedEvent> ConnectAsync(IReadOnlyList<CurrencyPair> pairs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var socket = await FeedSocket.ConnectAsync(options.BaseUrl ?? About.PublicAddress, cancellationToken);
        await socket.SendAsync(Subscription(pairs), cancellationToken);
        var frames = new KrakenFrames(pairs, clock);
        while (await socket.ReceiveAsync(cancellationToken) is { } message)
        {
            yield return frames.Read(message);
        }
    }

    // The default trigger is a trade, and a quiet book of two fiat currencies may have none for minutes.
    private static string Subscription(IReadOnlyList<CurrencyPair> pairs) =>
        $$"""{"method":"subscribe","params":{"channel":"ticker","symbol":[{{string.Join(',', pairs.Select(pair => $"\"{pair}\""))}}],"event_trigger":"bbo","snapshot":true},"req_id":1}""";
}
