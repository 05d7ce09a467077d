using Cambist.App.Forecasting.Record;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Serving;

/// <summary>Something that is done after each hour, once every pair's forecasts are up to date.</summary>
/// <param name="Name">What it is, for the log.</param>
/// <param name="Run">Does it, as of an instant.</param>
internal sealed record HourlyStep(string Name, Action<DateTimeOffset> Run);

/// <summary>
/// Keeps the forecasts of all followed pairs up to date while the service runs: half a minute after each hour, when its bars are there, and again ten minutes after it, for those that
/// came late. The shapes of models' errors are measured beside it.
/// </summary>
internal sealed class ForecastRefresh(
    ForecastService forecasts, LivePairs live, ModelShapes shapes, ServingModels serving, RecordOptions record, RatesOptions rates, IEnumerable<HourlyStep> steps, MarketFacts market, IHostApplicationLifetime lifetime,
    TimeProvider clock, ILogger<ForecastRefresh> log) : BackgroundService
{
    /// <summary>Threads that work on a batch; requests have the others.</summary>
    public const int Threads = 2;

    private static readonly TimeSpan[] AfterTheHour = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)];

    // A replayed clock runs ahead of the timers.
    private static readonly TimeSpan ReplayTurn = TimeSpan.FromMilliseconds(500);

    /// <summary>Brings everything up to date as of an instant.</summary>
    public void Refresh(DateTimeOffset now)
    {
        var models = serving.Challengers(record.Enabled ? record.MostChallengers : 0);
        var champion = serving.Champion();
        var pairs = rates.MajorPairs.Concat(champion is null && models.Count == 0 ? [] : MarketPulse.Majors).Concat(live.Followed).Distinct().ToList();
        Parallel.ForEach(pairs, new ParallelOptions { MaxDegreeOfParallelism = Threads }, pair => Try(pair.ToString(), () => forecasts.Prepare(pair, now)));
        shapes.Keep([.. live.Followed], [.. models.Append(champion).OfType<LoadedModel>().Select(model => model.Row.Fingerprint)]);
        foreach (var step in steps)
        {
            Try(step.Name, () => step.Run(now));
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // History may be written while the service starts.
        using var started = new CancellationTokenSource();
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.Cancel);
        await using var whenStopped = stoppingToken.Register(started.Cancel);
        await Task.Delay(Timeout.InfiniteTimeSpan, started.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        stoppingToken.ThrowIfCancellationRequested();
        await Task.WhenAll(
            shapes.MeasureWantedAsync((fault, what) => log.LogError(fault, "The errors of {What} cannot be measured", what), stoppingToken),
            HoursAsync(stoppingToken));
    }

    private async Task HoursAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset? done = null;
        while (true)
        {
            var now = clock.GetUtcNow();
            if (done is null || now >= NextTurn(done.Value) || now < done)
            {
                done = now;
                await Task.Run(() => Try("forecasts", () => Refresh(now)), stoppingToken);
            }

            var wait = NextTurn(done.Value) - clock.GetUtcNow();
            wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
            await Task.Delay(market.Mode == MarketMode.Replay && wait > ReplayTurn ? ReplayTurn : wait, clock, stoppingToken);
        }
    }

    private void Try(string name, Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or OperationCanceledException))
        {
            log.LogError(fault, "The hourly work on {Name} broke off and is tried again", name);
        }
    }

    private static DateTimeOffset NextTurn(DateTimeOffset after)
    {
        var hour = UnixHour.ToInstant(UnixHour.Floor(after));
        return AfterTheHour.Select(wait => hour + wait).Append(hour.AddHours(1) + AfterTheHour[0]).First(turn => turn > after);
    }
}
