using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Registry.Mlflow;

/// <summary>Keeps an MLflow server up to date while the service runs.</summary>
internal sealed class MlflowTeller(MlflowExports exports, TimeProvider clock, ILogger<MlflowTeller> log) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Turn, clock, stoppingToken);
            try
            {
                await exports.CatchUpAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                // A background service that throws stops the host: nothing that MLflow is told is worth that.
                log.LogError(fault, "What an MLflow server is to be told cannot be found out, and is looked at again later");
            }
        }
    }
}
