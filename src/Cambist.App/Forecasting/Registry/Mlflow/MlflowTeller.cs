using System.Data.Common;
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
            catch (DbException fault)
            {
                log.LogError("What an MLflow server is to be told cannot be read, and is looked at again later: {Fault}", fault.Message);
            }
        }
    }
}
