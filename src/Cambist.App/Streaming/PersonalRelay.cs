using System.Threading.Channels;
using Cambist.App.Edge;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Cambist.App.Streaming;

/// <summary>
/// Carries personal messages between nodes, by one channel of Redis. Redis keeps nothing for a node that is not connected, so after each break the clients here see a gap. Without
/// Redis each node tells its own clients.
/// </summary>
internal sealed partial class PersonalRelay : BackgroundService
{
    // Behind this many that wait for Redis the oldest is lost; the others see it by the numbers.
    private const int MostWaiting = 4096;
    private static readonly RedisChannel Name = RedisChannel.Literal("cambist:stream:personal");
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly string _node = Guid.NewGuid().ToString("N");
    private readonly Channel<RelayedMessage> _waiting = Channel.CreateBounded<RelayedMessage>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly PersonalListeners _here;
    private readonly TimeProvider _clock;
    private readonly ILogger<PersonalRelay> _log;
    private readonly RedisLink? _redis;
    private readonly TaskCompletionSource _isListening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RelayedOrder _order = new();
    private long _number;
    private bool _isAway;

    // A command that serves no web has no link.
    public PersonalRelay(PersonalListeners here, TimeProvider clock, ILogger<PersonalRelay> log, RedisLink? redis = null) =>
        (_here, _clock, _log, _redis) = (here, clock, log, redis is { IsConfigured: true } ? redis : null);

    /// <summary>Ends when the node hears the others for the first time.</summary>
    public Task ListeningAsync() => _isListening.Task;

    /// <summary>Sends a message to the other nodes. Called by one at a time.</summary>
    public void Send(string account, string json)
    {
        if (_redis is not null)
        {
            _waiting.Writer.TryWrite(new RelayedMessage(_node, ++_number, account, json));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_redis is null)
        {
            return;
        }

        try
        {
            var connection = await _redis.ConnectAsync().WaitAsync(stoppingToken);
            connection.ConnectionRestored += Restored;
            try
            {
                // Once subscribed, the connection subscribes again by itself when it is restored.
                await UntilDoneAsync(() => ListenAsync(connection.GetSubscriber()), stoppingToken);
                await foreach (var message in _waiting.Reader.ReadAllAsync(stoppingToken))
                {
                    // What Redis took without saying so is sent twice, and heard once.
                    await UntilDoneAsync(() => connection.GetSubscriber().PublishAsync(Name, message.ToString()), stoppingToken);
                }
            }
            finally
            {
                connection.ConnectionRestored -= Restored;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    private async Task UntilDoneAsync(Func<Task> act, CancellationToken stoppingToken)
    {
        while (!await TryAsync(act))
        {
            await Task.Delay(Rest, _clock, stoppingToken);
        }
    }

    private async Task ListenAsync(ISubscriber subscriber)
    {
        // By a queue, which keeps the order; a handler of the channel may be called by two at once.
        var heard = await subscriber.SubscribeAsync(Name);
        heard.OnMessage(message => Hear(message.Message));
        _isListening.TrySetResult();
    }

    private void Hear(string? text)
    {
        if (RelayedMessage.Read(text) is not { } message || message.Node == _node || _order.Take(message.Node, message.Number) is not (true, var hasGap))
        {
            return;
        }

        if (hasGap)
        {
            _here.Miss();
        }

        _here.Tell(message.Account, StreamFrame.Of(message.Json, Numbering.Next));
    }

    private void Restored(object? sender, ConnectionFailedEventArgs connection)
    {
        if (connection.ConnectionType == ConnectionType.Subscription)
        {
            _here.Miss();
        }
    }

    private async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or ObjectDisposedException)
        {
            if (!_isAway)
            {
                // The kind of the fault says enough: its message names servers.
                LogAway(_log, fault.GetType().Name);
            }

            _isAway = true;
            return false;
        }

        if (_isAway)
        {
            LogBack(_log);
        }

        _isAway = false;
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer ({Fault}): until it does, personal messages reach the clients of the node that publishes them only.")]
    private static partial void LogAway(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers again: personal messages reach the clients of every node.")]
    private static partial void LogBack(ILogger log);
}
