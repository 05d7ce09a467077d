using System.Data.Common;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Sources;

/// <summary>Keeps hourly history growing while the service runs, from the bars that Kraken keeps for 30 days: all of them at the start, so that forecasts work at once, then every hour.</summary>
internal sealed class HourlyBackfill(KrakenSource kraken, BarStore bars, TimeProvider clock, ILogger<HourlyBackfill> log) : BackgroundService
{
    // Kraken's public limit is about a request a second.
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan AfterTheHour = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UntilItIsReached = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var reached = true;
            foreach (var pair in KrakenSource.HistoryPairs)
            {
                reached = await FillAsync(pair, stoppingToken);
                if (!reached)
                {
                    break;
                }

                await Task.Delay(Pace, clock, stoppingToken);
            }

            await Task.Delay(reached ? UntilNextHour() : UntilItIsReached, clock, stoppingToken);
        }
    }

    // False where nothing answers: then the other pairs need not be asked. A pair whose answer is no good does not stop the others.
    private async Task<bool> FillAsync(CurrencyPair pair, CancellationToken stoppingToken)
    {
        try
        {
            bars.Upsert(pair, await kraken.HourlyAsync(pair, stoppingToken));
            return true;
        }
        catch (Exception fault) when ((SourceRunner.Translated(fault, Patience, stoppingToken) is not null || fault is DbException) && !stoppingToken.IsCancellationRequested)
        {
            log.LogWarning("No hourly bars of {Pair}: {Fault}", pair, fault.Message);
            return fault is not (HttpRequestException { StatusCode: null } or OperationCanceledException);
        }
    }

    private TimeSpan UntilNextHour()
    {
        var now = clock.GetUtcNow();
        return UnixHour.ToInstant(UnixHour.Floor(now)).AddHours(1) + AfterTheHour - now;
    }
}
