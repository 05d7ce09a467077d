using System.Threading.Channels;
using Cambist.App.Storage;
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

    // Taken out of the channel and not yet in the trail.
    private List<AuditEntry> _taken = [];

    /// <summary>Adds an entry.</summary>
    public ValueTask AddAsync(AuditEntry entry, CancellationToken cancellationToken) => _waiting.Writer.WriteAsync(entry, cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // Whoever waits no longer for the batch that is being written must not write it a second time.
        while (ExecuteTask is null or { IsCompleted: true } && Next() is { Count: > 0 } rest)
        {
            trail.Append(rest);
            _taken = [];
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            await WriteAsync(Next(), stoppingToken);
        }
    }

    // What was taken and could not be written comes first.
    private List<AuditEntry> Next()
    {
        while (_taken.Count < MostAtOnce && _waiting.Reader.TryRead(out var entry))
        {
            _taken.Add(entry);
        }

        return _taken;
    }

    private async Task WriteAsync(List<AuditEntry> entries, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                trail.Append(entries);
                _taken = [];
                return;
            }
            catch (Exception fault) when (Database.IsFault(fault))
            {
                log.LogError("{Count} events cannot be added to the audit trail and wait: {Fault}", entries.Count, fault.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }
}
