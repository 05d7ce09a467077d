using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Audit;

/// <summary>Something that happened, not yet in the trail.</summary>
internal sealed record AuditEntry(DateTimeOffset At, string Kind, string Actor, string? Subject, string Details);

/// <summary>
/// The way into the trail for what happens thousands of times a second: entries wait in memory and are written many at a time. Where they come faster than the database takes them, whoever adds waits; none is dropped.
/// What waits when a process is killed is lost, so nothing that changes anything goes this way: a change and its event are one transaction.
/// </summary>
internal sealed class AuditQueue(AuditTrail trail, TimeProvider clock, ILogger<AuditQueue> log) : BackgroundService
{
    private const int MostWaiting = 10_000;
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<AuditEntry> _waiting = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Adds an entry.</summary>
    public ValueTask AddAsync(AuditEntry entry, CancellationToken cancellationToken) => _waiting.Writer.WriteAsync(entry, cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (Take() is { Count: > 0 } rest)
        {
            trail.Append(rest);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            await WriteAsync(Take(), stoppingToken);
        }
    }

    private List<AuditEntry> Take()
    {
        List<AuditEntry> entries = [];
        while (entries.Count < MostAtOnce && _waiting.Reader.TryRead(out var entry))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private async Task WriteAsync(List<AuditEntry> entries, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                trail.Append(entries);
                return;
            }
            catch (DbException fault)
            {
                log.LogError("{Count} events cannot be added to the audit trail and wait: {Fault}", entries.Count, fault.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }
}
