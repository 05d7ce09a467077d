using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Cambist.App.Streaming;

/// <summary>All clients of live streams and the topics that they follow.</summary>
internal sealed class StreamHub : PeriodicService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private readonly StreamOptions _options;
    private readonly SendLane[] _lanes = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new SendLane())];
    private readonly ConcurrentDictionary<StreamClient, bool> _clients = new();
    private readonly Dictionary<string, StreamTopic> _topics = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly CancellationTokenRegistration _stop;
    private int _nextLane;

    // Not when hosted services stop: the web server stops before them, and waits for its connections.
    public StreamHub(StreamOptions options, PersonalListeners personal, TimeProvider clock, IHostApplicationLifetime lifetime)
        : base(Turn, clock)
    {
        (_options, Personal, Stopping) = (options, personal, lifetime.ApplicationStopping);
        _stop = Stopping.Register(CloseAll);
    }

    /// <summary>Those of them that are told what is personal.</summary>
    public PersonalListeners Personal { get; }

    /// <summary>How many clients there are.</summary>
    public int Clients => _clients.Count;

    /// <summary>Whose streams are open, where they are anybody's.</summary>
    public IEnumerable<StreamLogin> Logins => _clients.Select(one => one.Key.Login).OfType<StreamLogin>();

    /// <summary>Set when the service stops.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>The topics that somebody follows.</summary>
    public IReadOnlyList<StreamTopic> Topics
    {
        get
        {
            lock (_gate)
            {
                return [.. _topics.Values];
            }
        }
    }

    /// <summary>The lane of the next client.</summary>
    public SendLane NextLane() => _lanes[(uint)Interlocked.Increment(ref _nextLane) % (uint)_lanes.Length];

    /// <summary>Adds a client.</summary>
    public void Add(StreamClient client)
    {
        _clients[client] = true;
        if (Stopping.IsCancellationRequested)
        {
            client.Close(StreamClosing.ServiceStops);
        }
    }

    /// <summary>Forgets a client and what it followed.</summary>
    public void Remove(StreamClient client)
    {
        _clients.TryRemove(client, out _);
        if (client.Login is { } login)
        {
            Personal.Leave(login.Account, client);
        }

        foreach (var subscription in client.TakeAll())
        {
            Leave(subscription);
        }
    }

    /// <summary>The topic of a name, counted as followed once more; null where there are as many as are allowed.</summary>
    public StreamTopic? Follow(string name, NewestFrame newest)
    {
        lock (_gate)
        {
            if (!_topics.TryGetValue(name, out var topic))
            {
                if (_topics.Count >= _options.MostTopics)
                {
                    return null;
                }

                _topics[name] = topic = new StreamTopic(name, newest);
            }

            topic.Followers++;
            return topic;
        }
    }

    /// <summary>Ends what <see cref="Follow"/> began, where nobody joined.</summary>
    public void Unfollow(StreamTopic topic)
    {
        lock (_gate)
        {
            if (--topic.Followers == 0)
            {
                _topics.Remove(topic.Name);
            }
        }
    }

    /// <summary>Ends a subscription.</summary>
    public void Leave(StreamSubscription subscription)
    {
        subscription.Topic.Leave(subscription);
        Unfollow(subscription.Topic);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _stop.Dispose();
        base.Dispose();
    }

    /// <summary>Says goodbye to everyone: the service stops.</summary>
    private void CloseAll()
    {
        foreach (var (client, _) in _clients)
        {
            client.Close(StreamClosing.ServiceStops);
        }
    }

    // One clock for all clients: signs of life, and the end of those that do not read.
    protected override Task TurnAsync(CancellationToken stoppingToken)
    {
        var now = Clock.GetTimestamp();
        var heartbeat = StreamFrame.Of($$"""{"type":"heartbeat","timestamp":"{{Clock.GetUtcNow().UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""", Numbering.Last);
        foreach (var (client, _) in _clients)
        {
            client.Look(now, heartbeat);
        }

        return Task.CompletedTask;
    }
}
