using Cambist.App.Storage;
using Cambist.Domain.Calendars;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Ticks;

/// <summary>Keeps the record in order while the service runs: makes hourly bars of the consensus soon after each hour, and deletes what is older than it is kept.</summary>
internal sealed class RateKeeper(TickStore ticks, TickRecorder recorder, RatesOptions options, TimeProvider clock, ILogger<RateKeeper> log) : BackgroundService
{
    // Late enough that the hour's last observations are stored.
    private static readonly TimeSpan AfterTheHour = TimeSpan.FromSeconds(5);

    // A service that was down makes up for the hours whose ticks are there.
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (true)
        {
            Keep();
            await Task.Delay(UntilNextHour(), clock, stoppingToken);
        }
    }

    private void Keep()
    {
        var now = clock.GetUtcNow();
        try
        {
            recorder.Flush();
            ticks.RollUp(now - LooksBack, now);
            ticks.Trim(now - options.KeepTicks, now - options.KeepRefusals);
        }
        catch (Exception fault) when (Database.IsFault(fault))
        {
            log.LogError("Hourly bars of the consensus cannot be made and wait for the next hour: {Fault}", fault.Message);
        }
    }

    private TimeSpan UntilNextHour()
    {
        var now = clock.GetUtcNow();
        return UnixHour.ToInstant(UnixHour.Floor(now)).AddHours(1) + AfterTheHour - now;
    }
}
