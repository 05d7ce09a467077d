using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.App.Tests.Rates.Feeds;

/// <summary>A feed whose connections say what the test says.</summary>
internal sealed class ScriptedFeed(string id = "kraken") : IRateFeed
{
    private readonly Channel<Connection> _connections = Channel.CreateUnbounded<Connection>();

    public SourceProfile Profile { get; } = KrakenSource.About with { Id = id };

    public TimeSpan LongestSilence { get; } = TimeSpan.FromSeconds(10.5);

    /// <summary>The next attempt to connect.</summary>
    public ValueTask<Connection> NextAsync() => _connections.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async IAsyncEnumerable<FeedEvent> ConnectAsync(IReadOnlyList<CurrencyPair> pairs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = new Connection(pairs);
        await _connections.Writer.WriteAsync(connection, cancellationToken);
        await foreach (var (told, taken) in connection.Script.Reader.ReadAllAsync(cancellationToken))
        {
            yield return told;
            taken.SetResult();
        }
    }

    internal sealed class Connection(IReadOnlyList<CurrencyPair> pairs)
    {
        public Channel<(FeedEvent Told, TaskCompletionSource Taken)> Script { get; } = Channel.CreateUnbounded<(FeedEvent, TaskCompletionSource)>();

        public IReadOnlyList<CurrencyPair> Pairs { get; } = pairs;

        /// <summary>Says something and waits until it was taken.</summary>
        public Task SaysAsync(FeedEvent told)
        {
            var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Script.Writer.TryWrite((told, taken));
            return taken.Task.WaitAsync(TestContext.Current.CancellationToken);
        }

        /// <summary>Says what ends the connection from the listener's side.</summary>
        public void SaysLast(FeedEvent told) => Script.Writer.TryWrite((told, new TaskCompletionSource()));

        /// <summary>Breaks, or ends in good order.</summary>
        public void Ends(Exception? fault = null) => Script.Writer.Complete(fault);
    }
}
