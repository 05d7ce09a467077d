using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Accounts.Retention;

/// <summary>Takes a turn of <see cref="RetentionSweep"/> at the start and every hour.</summary>
internal sealed class RetentionJob(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RetentionJob> log) : PeriodicService(Interval, clock, atStart: true)
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Told with what each turn did; null: it broke off.</summary>
    internal event Action<Swept?>? Done;

    protected override Task TurnAsync(CancellationToken stoppingToken) => Task.Run(() => TakeAsync(stoppingToken), stoppingToken);

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        Swept? done = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            done = await scope.ServiceProvider.GetRequiredService<RetentionSweep>().RunAsync(cancellationToken);
            if (done.Erased + done.Warned + done.Renewed + done.Failed > 0)
            {
                log.LogInformation(
                    "Retention erased {Erased} accounts, had mails sent to {Warned} owners, wrote {Renewed} rows under the newest key, and left {Failed} out", done.Erased, done.Warned, done.Renewed, done.Failed);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Retention broke off; it goes on in an hour");
        }

        Done?.Invoke(done);
    }
}
