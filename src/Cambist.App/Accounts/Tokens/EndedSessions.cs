using System.Collections.Concurrent;
using Cambist.App.Storage;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Accounts.Tokens;

/// <summary>
/// Sessions that ended while access tokens of theirs may still run. An end on this node counts at once, on another one within seconds: an access token is no proof that its session goes on.
/// </summary>
public sealed class EndedSessions(Database database, AuthOptions options, TimeProvider clock, ILogger<EndedSessions> log) : PeriodicService(Interval, clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // An end that another node's clock and transaction bring late is still seen.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private DateTimeOffset _read;

    /// <summary>Raised with the id of each session that ends, on whichever node.</summary>
    public event Action<string>? Ended;

    /// <summary>Whether a session has ended; a token without one is none of ours.</summary>
    public bool Contains(string? session) => session is null || _ended.ContainsKey(session);

    /// <summary>A session ended on this node.</summary>
    public void Add(string session)
    {
        if (_ended.TryAdd(session, Clock.GetUtcNow()))
        {
            Ended?.Invoke(session);
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request: what ended before this start must not come to life.
        _read = Clock.GetUtcNow();
        ReadSince(_read - options.AccessTokenLife - Late);
        return base.StartAsync(cancellationToken);
    }

    protected override Task TurnAsync(CancellationToken stoppingToken)
    {
        try
        {
            var now = Clock.GetUtcNow();
            // From the last turn that could read: the database may have been away for longer than ends come late.
            ReadSince(_read - Late);
            _read = now;
            foreach (var (session, at) in _ended)
            {
                if (at + options.AccessTokenLife + Late < now)
                {
                    _ended.TryRemove(session, out _);
                }
            }
        }
        catch (Exception fault) when (Database.IsFault(fault))
        {
            log.LogWarning("Ended sessions cannot be read; those of other nodes are not known until they can: {Fault}", fault.Message);
        }

        return Task.CompletedTask;
    }

    private void ReadSince(DateTimeOffset since)
    {
        using var connection = database.Connect();
        foreach (var session in connection.Rows("SELECT id FROM account_session WHERE ended_at >= @since;", row => row.GetString(0), ("since", database.Stored(since))))
        {
            Add(session);
        }
    }
}
