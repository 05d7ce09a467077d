using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Storage;

/// <summary>
/// The way into the database for what is noted thousands of times a second: entries wait in memory and are written many at a time. Where they come faster than the database takes them, whoever adds waits; none is dropped.
/// What waits when a process is killed is lost, so nothing that changes anything goes this way.
/// </summary>
/// <param name="write">Writes entries in one transaction, in their order. After a fault it gets the same list again, and must find out whether the transaction happened.</param>
/// <param name="what">What they are, to follow their number in a log line: <c>events of the audit trail</c>.</param>
/// <param name="clock">Time, between one try and the next.</param>
/// <param name="log">Where faults are told.</param>
internal sealed class WriteBehind<T>(Action<IReadOnlyList<T>> write, string what, TimeProvider clock, ILogger<WriteBehind<T>> log) : BackgroundService
{
    private const int MostWaiting = 10_000;
    private const int MostAtOnce = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    // Taken out of the channel and not yet written.
    private List<T> _taken = [];

    /// <summary>Adds an entry.</summary>
    public ValueTask AddAsync(T entry, CancellationToken cancellationToken) => _waiting.Writer.WriteAsync(entry, cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // Whoever waits no longer for the batch that is being written must not write it a second time.
        while (ExecuteTask is null or { IsCompleted: true } && Next() is { Count: > 0 } rest)
        {
            write(rest);
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

    // What was taken and could not be written comes first, and stays the batch that it was: it may have been written after all.
    private List<T> Next()
    {
        for (var left = _taken.Count > 0 ? 0 : MostAtOnce; left > 0 && _waiting.Reader.TryRead(out var entry); left--)
        {
            _taken.Add(entry);
        }

        return _taken;
    }

    private async Task WriteAsync(List<T> entries, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                write(entries);
                _taken = [];
                return;
            }
            catch (Exception fault) when (Database.IsFault(fault))
            {
                log.LogError("{Count} {What} cannot be written and wait: {Fault}", entries.Count, what, fault.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }
}
