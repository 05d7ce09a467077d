using Microsoft.Extensions.Hosting;

namespace Cambist.App.Privacy;

/// <summary>Reads the ring again and again, so that every node has a new key before it is used. Where the ring's place is configured it is read at the start too: what is wrong with it ends the program there, and not at the first person who comes.</summary>
internal sealed class KeyRingRefresh(LiveKeyRing ring, EncryptionOptions options, TimeProvider time) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Named.Count > 0)
        {
            await Task.Run(() => ring.Current, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LiveKeyRing.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Task.Run(ring.Refresh, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }
}
