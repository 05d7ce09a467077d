using System.Runtime.CompilerServices;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Feeds;

/// <summary>Twelve Data's websocket, with the operator's key in its address: prices of currency pairs. It keeps a connection open as long as the client beats, and beats back.</summary>
internal sealed class TwelveDataFeed(FeedOptions options, TimeProvider clock) : IRateFeed
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    /// <summary>What is known of it.</summary>
    public static FeedProfile About { get; } = new(TwelveDataSource.About, new Uri("wss://ws.twelvedata.com/v1/quotes/price"));

    public SourceProfile Profile => About.Source;

    // Two beats without an answer.
    public TimeSpan LongestSilence { get; } = TimeSpan.FromSeconds(25);

    public async IAsyncEnumerable<FeedEvent> ConnectAsync(IReadOnlyList<CurrencyPair> pairs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var socket = await FeedSocket.ConnectAsync(Address(), cancellationToken);
        await socket.SendAsync($$$"""{"action":"subscribe","params":{"symbols":"{{{string.Join(',', pairs)}}}"}}""", cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beats = BeatAsync(socket, end.Token);
        try
        {
            var frames = new TwelveDataFrames(pairs, clock);
            while (await socket.ReceiveAsync(cancellationToken) is { } message)
            {
                foreach (var told in frames.Read(message))
                {
                    yield return told;
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await beats;
        }
    }

    private async Task BeatAsync(FeedSocket socket, CancellationToken end)
    {
        try
        {
            using var turn = new PeriodicTimer(Beat, clock);
            while (await turn.WaitForNextTickAsync(end))
            {
                await socket.SendAsync("""{"action":"heartbeat"}""", end);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SourceFaultException)
        {
            // The connection is at its end, and whoever receives from it says why.
        }
    }

    private Uri Address() => new UriBuilder(options.BaseUrl ?? About.PublicAddress) { Query = $"apikey={Uri.EscapeDataString(options.ApiKey ?? "")}" }.Uri;
}
