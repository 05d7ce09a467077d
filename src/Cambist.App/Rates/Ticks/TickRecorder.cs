using System.Data.Common;
using Cambist.App.Storage;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Ticks;

/// <summary>
/// Brings observations into the store a few times a second, all that have come since in one transaction. While the store does not answer they wait in memory; beyond a limit the
/// oldest are given up and counted.
/// </summary>
public sealed class TickRecorder(TickStore store, TimeProvider clock, ILogger<TickRecorder> log) : PeriodicService(Turn, clock)
{
    private const int MostWaiting = 500_000;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    private readonly Lock _adding = new();
    private readonly Lock _writing = new();
    private List<Tick> _ticks = [];
    private List<RefusedRate> _refused = [];

    /// <summary>Observations that were given up because the store did not answer for too long.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes an accepted observation.</summary>
    public void Add(in Tick tick)
    {
        lock (_adding)
        {
            _ticks.Add(tick);
        }
    }

    /// <summary>Takes a refused one.</summary>
    public void Add(RefusedRate refused)
    {
        lock (_adding)
        {
            _refused.Add(refused);
        }
    }

    /// <summary>Writes what waits. When it returns, everything that was added before it was called is in the store.</summary>
    /// <exception cref="DbException">The store does not take it; it waits for the next time.</exception>
    public void Flush()
    {
        lock (_writing)
        {
            List<Tick> ticks;
            List<RefusedRate> refused;
            lock (_adding)
            {
                (ticks, _ticks) = (_ticks, []);
                (refused, _refused) = (_refused, []);
            }

            if (ticks.Count + refused.Count == 0)
            {
                return;
            }

            try
            {
                store.Append(ticks, refused);
            }
            catch (Exception fault) when (Database.IsFault(fault))
            {
                PutBack(ticks, refused);
                throw;
            }
            catch (Exception fault)
            {
                // What can never be stored must not stand before all that comes after it.
                Lost += ticks.Count + refused.Count;
                log.LogError(fault, "{Count} observations cannot be stored and are given up", ticks.Count + refused.Count);
            }
        }
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Write();
    }

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken stoppingToken)
    {
        Write();
        return Task.CompletedTask;
    }

    private void Write()
    {
        try
        {
            Flush();
        }
        catch (Exception fault) when (Database.IsFault(fault))
        {
            log.LogError("Observations cannot be stored and wait: {Fault}", fault.Message);
        }
    }

    private void PutBack(List<Tick> ticks, List<RefusedRate> refused)
    {
        lock (_adding)
        {
            Lost += PutBack(ref _ticks, ticks) + PutBack(ref _refused, refused);
        }
    }

    private static int PutBack<T>(ref List<T> waiting, List<T> older)
    {
        older.AddRange(waiting);
        var excess = Math.Max(0, older.Count - MostWaiting);
        older.RemoveRange(0, excess);
        waiting = older;
        return excess;
    }
}
