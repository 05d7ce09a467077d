using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Sources;

/// <summary>Keeps hourly history growing while the service runs, from the bars that Kraken keeps for 30 days: all of them at the start, so that forecasts work at once, then every hour.</summary>
internal sealed class HourlyBackfill(KrakenSource kraken, BarStore bars, TimeProvider clock, ILogger<HourlyBackfill> log) : BackgroundService
{
    // Kraken's public limit is about a request a second.
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan AfterTheHour = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            foreach (var pair in KrakenSource.HistoryPairs)
            {
                try
                {
                    bars.Upsert(pair, await kraken.HourlyAsync(pair, stoppingToken));
                }
                catch (Exception fault) when ((Collector.IsOfTheSource(fault) || fault is DbException) && !stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning("No hourly bars of {Pair}: {Fault}", pair, fault.Message);
                }

                await Task.Delay(Pace, clock, stoppingToken);
            }

            var now = clock.GetUtcNow();
            var nextHour = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(1);
            await Task.Delay(nextHour + AfterTheHour - now, clock, stoppingToken);
        }
    }
}
