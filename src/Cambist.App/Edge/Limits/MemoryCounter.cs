using System.Runtime.InteropServices;

namespace Cambist.App.Edge.Limits;

/// <summary>Counts in this process. Memory is bounded: beyond the most clients, those that were quiet longest are forgotten.</summary>
internal sealed class MemoryCounter(TimeProvider clock, int mostClients) : IRequestCounter
{
    // As many locks as a machine has cores, and some more.
    private const int Shards = 64;

    private readonly long _start = clock.GetTimestamp();
    private readonly Dictionary<LimitKind, Shard[]> _shards = Enum.GetValues<LimitKind>()
        .ToDictionary(kind => kind, _ => Enumerable.Range(0, Shards).Select(_ => new Shard(Math.Max(1, mostClients / Shards / 2))).ToArray());

    /// <summary>How many clients are remembered under a rule.</summary>
    public int Clients(LimitKind kind) => _shards[kind].Sum(shard => shard.Clients);

    // By the clock of the machine and never by that of a market: a replay at a thousandfold speed has the same limits.
    public ValueTask<Standing> CountAsync(LimitRule rule, LimitedClient client) => ValueTask.FromResult(
        _shards[rule.Kind][(uint)client.GetHashCode() % Shards].Count(client, (long)clock.GetElapsedTime(_start).TotalMilliseconds, rule));

    // Two generations: what was touched in this span and what was touched only in the one before. What lay untouched for a whole window is empty and goes
    // without a loss; in a flood of addresses a span ends early, with its room.
    private sealed class Shard(int room)
    {
        private readonly Lock _lock = new();
        private Dictionary<LimitedClient, RequestLog> _touched = [];
        private Dictionary<LimitedClient, RequestLog> _before = [];
        private long _since;

        public int Clients
        {
            get
            {
                lock (_lock)
                {
                    return _touched.Count + _before.Count;
                }
            }
        }

        public Standing Count(LimitedClient client, long now, LimitRule rule)
        {
            var window = (long)rule.Window.TotalMilliseconds;
            lock (_lock)
            {
                if (now - _since >= 2 * window)
                {
                    (_touched, _before, _since) = ([], [], now);
                }
                else if (now - _since >= window || (_touched.Count >= room && !_touched.ContainsKey(client)))
                {
                    (_touched, _before, _since) = ([], _touched, now);
                }

                ref var log = ref CollectionsMarshal.GetValueRefOrAddDefault(_touched, client, out _);
                if (log is null && !_before.Remove(client, out log))
                {
                    log = new RequestLog();
                }

                return log.Count((uint)now, rule.Limit, (uint)window);
            }
        }
    }
}
