using Cambist.Client;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Cambist.App.Edge.Limits;

/// <summary>Counts across nodes where Redis is configured and answers, else in this process: limits that hold node by node are better than none, and than a service that stands still.</summary>
internal sealed partial class RequestCounter(MemoryCounter memory, RedisLink redis, TimeProvider clock, ILogger<RequestCounter> log) : IRequestCounter
{
    // While Redis is away it is tried again by one request in this time; the others do not wait for it.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private RedisCounter? _shared;
    private long _triedAt;
    private volatile string? _fault;

    /// <summary>How it is with Redis; null where none is configured.</summary>
    public HealthCheck? Redis => redis.IsConfigured ? new HealthCheck("redis", _fault is null ? "ok" : "failed", _fault ?? "requests are counted across nodes") : null;

    public ValueTask<Standing> CountAsync(LimitRule rule, LimitedClient client) =>
        redis.IsConfigured && ShallTry() ? TryAsync(rule, client) : memory.CountAsync(rule, client);

    private async ValueTask<Standing> TryAsync(LimitRule rule, LimitedClient client)
    {
        try
        {
            _shared ??= new RedisCounter((await redis.ConnectAsync()).GetDatabase());
            var standing = await _shared.CountAsync(rule, client);
            Answered();
            return standing;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or ObjectDisposedException)
        {
            Failed(fault);
            return await memory.CountAsync(rule, client);
        }
    }

    private bool ShallTry()
    {
        if (_fault is null)
        {
            return true;
        }

        lock (_lock)
        {
            if (clock.GetElapsedTime(_triedAt) < Rest)
            {
                return false;
            }

            _triedAt = clock.GetTimestamp();
            return true;
        }
    }

    private void Answered()
    {
        if (_fault is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_fault is not null)
            {
                _fault = null;
                LogShared(log);
            }
        }
    }

    // The kind of the fault says enough: its message names servers.
    private void Failed(Exception fault)
    {
        lock (_lock)
        {
            if (_fault is null)
            {
                _triedAt = clock.GetTimestamp();
                _fault = $"Redis does not answer ({fault.GetType().Name}); each node counts requests alone";
                LogAlone(log, fault.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer ({Fault}): until it does, this node counts requests alone.")]
    private static partial void LogAlone(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers again: requests are counted across nodes.")]
    private static partial void LogShared(ILogger log);
}
