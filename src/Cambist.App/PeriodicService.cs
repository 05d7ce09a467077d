using Microsoft.Extensions.Hosting;

namespace Cambist.App;

/// <summary>A service that takes a turn again and again while it runs.</summary>
/// <param name="interval">From turn to turn, first from the start. Where a turn takes longer, the ones that fell due meanwhile are one.</param>
/// <param name="clock">By which.</param>
/// <param name="atStart">Whether the first turn is taken at the start already.</param>
public abstract class PeriodicService(TimeSpan interval, TimeProvider clock, bool atStart = false) : BackgroundService
{
    private PeriodicTimer? _turn;

    /// <summary>The clock.</summary>
    protected TimeProvider Clock => clock;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Time counts from here, not from when there is a thread for what follows.
        _turn = new PeriodicTimer(interval, clock);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _turn?.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes a turn. What it throws ends the service.</summary>
    /// <param name="stoppingToken">The service stops.</param>
    protected abstract Task TurnAsync(CancellationToken stoppingToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var turn = _turn!;
        try
        {
            if (atStart)
            {
                await TurnAsync(stoppingToken);
            }

            while (await turn.WaitForNextTickAsync(stoppingToken))
            {
                await TurnAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }
}
