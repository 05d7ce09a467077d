using Cambist.App.Rates;
using Cambist.App.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Training;

/// <summary>
/// Trains a new model once a day, on one of all nodes. A night that was slept through is made up for once; a run that a shutdown or a crash broke off goes on; one that failed waits for
/// the next night.
/// </summary>
internal sealed class DailyTraining(DailyJobStore jobs, TrainingOptions options, TrainerOptions trainer, MarketFacts market, TimeProvider clock, ILogger<DailyTraining> log, RunTraining run) : BackgroundService
{
    /// <summary>The job's name.</summary>
    public const string Job = "training";

    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly string _owner = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    private bool _isKnown;

    /// <summary>Whether it trains at all.</summary>
    public bool IsOn => options.Enabled ?? (market.Mode == MarketMode.Live && trainer.Find() is not null);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (IsOn)
        {
            await TurnAsync(stoppingToken);
            await Task.Delay(Turn, clock, stoppingToken);
        }
    }

    /// <summary>Trains if it is time to; false where it is not.</summary>
    internal async Task<bool> TurnAsync(CancellationToken stoppingToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            if (!_isKnown)
            {
                jobs.Know(Job, DueDay(now));
                _isKnown = true;
            }

            if (!jobs.TryBegin(Job, DueDay(now), _owner, now, Lease))
            {
                return false;
            }

            await TrainAsync(now, stoppingToken);
            return true;
        }
        catch (Exception fault) when (Database.IsFault(fault))
        {
            log.LogError("Whether it is time to train cannot be read, and is looked at again in a minute: {Fault}", fault.Message);
            return false;
        }
    }

    // The newest day whose hour of training has come.
    private int DueDay(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, options.Zone);
        var today = DateOnly.FromDateTime(local.DateTime);
        return today.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber - (TimeOnly.FromDateTime(local.DateTime) >= options.At ? 0 : 1);
    }

    private async Task TrainAsync(DateTimeOffset begun, CancellationToken stoppingToken)
    {
        // Where the database cannot be reached the lease ends here too: another node may begin from that moment.
        using var expiry = new CancellationTokenSource(Left(begun), clock);
        using var leased = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, expiry.Token);
        var renewing = RenewAsync(expiry, leased.Token);
        var (state, told) = ("failed", "");
        try
        {
            log.LogInformation("The daily training begins");
            var outcome = await run(new Steps(log), leased.Token);
            (state, told) = ("done", $"{outcome.ModelId}: {outcome.Told}");
            log.LogInformation("The daily training is done: {Model}, {Told}", outcome.ModelId, outcome.Told);
        }
        catch (OperationCanceledException) when (leased.IsCancellationRequested)
        {
            (state, told) = ("stopped", "stopped before its end");
            log.LogWarning("The daily training was stopped and goes on where it broke off");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            told = fault.Message;
            log.LogError(fault, "The daily training failed and is tried again tomorrow");
        }
        finally
        {
            await expiry.CancelAsync();
            await renewing;
            jobs.End(Job, _owner, clock.GetUtcNow(), state, told);
        }
    }

    // A node that has lost its lease, because it slept, must not train beside the one that has it.
    private async Task RenewAsync(CancellationTokenSource expiry, CancellationToken leased)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Lease / 4, clock, leased);
                var asked = clock.GetUtcNow();
                switch (TryRenew(asked))
                {
                    case true:
                        expiry.CancelAfter(Left(asked));
                        break;
                    case false:
                        await expiry.CancelAsync();
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }

    // The answer may have taken a while: the lease counts from the question.
    private TimeSpan Left(DateTimeOffset asked) => asked + Lease - clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    // Null where the database did not answer.
    private bool? TryRenew(DateTimeOffset now)
    {
        try
        {
            return jobs.TryRenew(Job, _owner, now, Lease);
        }
        catch (Exception fault) when (Database.IsFault(fault))
        {
            log.LogWarning("The lease of the daily training cannot be renewed now: {Fault}", fault.Message);
            return null;
        }
    }

    // A step is said once, not at each percent of it.
    private sealed class Steps(ILogger log) : IProgress<TrainingProgress>
    {
        private string? _step;

        public void Report(TrainingProgress value)
        {
            if (Interlocked.Exchange(ref _step, value.Step) != value.Step)
            {
                log.LogInformation("Training: {Step}", value.Step);
            }
        }
    }
}
