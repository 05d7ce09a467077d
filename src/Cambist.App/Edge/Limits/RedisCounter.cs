using System.Globalization;
using StackExchange.Redis;

namespace Cambist.App.Edge.Limits;

/// <summary>
/// Counts in Redis, so that several nodes share one count. A client is a list of instants that ends itself when the window is over; one script reads and
/// writes it, which Redis runs alone, with the server's clock. So the limit is exact however many nodes ask at once and whatever their clocks say.
/// </summary>
internal sealed class RedisCounter(IDatabase database) : IRequestCounter
{
    // A clock that is set back must not make the list unsorted: an instant is never before the last one.
    private const string Script = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
        local last = tonumber(redis.call('LINDEX', KEYS[1], -1) or 0)
        if last > now then now = last end
        local first = tonumber(redis.call('LINDEX', KEYS[1], 0) or now)
        while now - first >= window do
          redis.call('LPOP', KEYS[1])
          first = tonumber(redis.call('LINDEX', KEYS[1], 0) or now)
        end
        local count = redis.call('LLEN', KEYS[1])
        if count >= limit then return {0, 0, window - (now - first)} end
        redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
        redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000))
        return {1, limit - count - 1, window - (now - first)}
        """;

    public async ValueTask<Standing> CountAsync(LimitRule rule, LimitedClient client)
    {
        var key = $"cambist:limit:{rule.Kind}:{client}";
        var told = (long[]?)await database.ScriptEvaluateAsync(Script, [key], [rule.Limit, (long)rule.Window.TotalMicroseconds]);
        return told is [var allowed, var remaining, var reset]
            ? new Standing(allowed == 1, (int)remaining, TimeSpan.FromMicroseconds(reset))
            : throw new RedisException(string.Create(CultureInfo.InvariantCulture, $"Three numbers were expected of the script, found {told?.Length ?? 0}."));
    }
}
