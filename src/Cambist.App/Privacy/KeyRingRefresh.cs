namespace Cambist.App.Privacy;

/// <summary>Reads the ring again and again, so that every node has a new key before it is used. Where the ring's place is configured it is read at the start too: what is wrong with it ends the program there, and not at the first person who comes.</summary>
internal sealed class KeyRingRefresh(LiveKeyRing ring, EncryptionOptions options, TimeProvider time) : PeriodicService(LiveKeyRing.Interval, time)
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Named.Count > 0)
        {
            await Task.Run(() => ring.Current, cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task TurnAsync(CancellationToken stoppingToken) => Task.Run(ring.Refresh, stoppingToken);
}
