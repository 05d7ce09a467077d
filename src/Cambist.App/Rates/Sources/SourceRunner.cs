using Cambist.Domain.Currencies;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// Asks one source, and owns everything about its failures: retries with exponential back-off and jitter, a circuit breaker, patience where the service asks for it, and health. One runner waits for no other.
/// </summary>
internal sealed class SourceRunner(
    IRateSource source, KnownSource known, AskPlan plan, QuotaStore quotas, SourceHealth health, TimeProvider clock, ILogger log)
{
    // The network's patience is measured in real time, whatever clock the market runs by.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);
    private static readonly TimeSpan UntilMended = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(10);

    // A quota of a few calls a day is not spent on asking again.
    private const int QuotaThatAllowsRetries = 200;
    private const int Retries = 2;

    // Where requests must lie further apart, asking again is no quicker than the next turn.
    private static readonly TimeSpan LongestGapForRetries = TimeSpan.FromSeconds(2);

    private readonly ResiliencePipeline<RateSheet> _pipeline = PipelineOf(known, clock);

    // Waiting for its turn, where others ask the same service too, is not the service's delay.
    private readonly TimeSpan _patience = Patience + known.Gap;

    public string Id => known.Profile.Id;

    /// <summary>The pairs that it is the source's turn to be asked for.</summary>
    public IReadOnlyList<CurrencyPair> Due()
    {
        var now = clock.GetUtcNow();
        return health.Of(Id).NotBefore > now ? [] : plan.Due(now, known.QuotaPerDay is null ? 0 : quotas.SpentOn(Id, SourceBudget.Today(clock)));
    }

    /// <summary>Asks whenever it is the source's turn, until cancelled.</summary>
    public async Task RunAsync(RateIntake intake, CancellationToken stoppingToken)
    {
        using var turn = new PeriodicTimer(Look, clock);
        while (await turn.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(intake, stoppingToken);
        }
    }

    /// <summary>Asks where it is the source's turn, as often as its failures allow, and hands on what it says.</summary>
    public async Task LookAsync(RateIntake intake, CancellationToken cancellationToken)
    {
        try
        {
            if (Due() is { Count: > 0 } pairs
                && await AskAsync(pairs, cancel => _pipeline.ExecuteAsync(within => TryAsync(pairs, _patience, within), cancel), cancellationToken) is { } sheet)
            {
                Judge(sheet, intake.Take(sheet));
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Contain(fault);
        }
    }

    /// <summary>Asks one time, without asking again; null where it is not the source's turn, or where it failed, and then health says why.</summary>
    public async Task<RateSheet?> AskOnceAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return Due() is { Count: > 0 } pairs ? await AskAsync(pairs, cancel => TryAsync(pairs, patience, cancel), cancellationToken) : null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Contain(fault);
            return null;
        }
    }

    /// <summary>Notes what became of an answer: a source whose every rate is refused is not in health.</summary>
    public void Judge(RateSheet sheet, IReadOnlyDictionary<string, IntakeCounts> outcomes)
    {
        var outcome = outcomes.GetValueOrDefault(Id);
        if (sheet.Rates.Count == 0)
        {
            Failed(SourceFault.Unreadable, $"None of its {sheet.Unreadable.Count} rates is a number, the first was '{sheet.Unreadable[0].Told}'.");
        }
        else if (outcome.FirstFault is { } fault && outcome.Accepted + outcome.Unchanged == 0)
        {
            Failed(SourceFault.Implausible, $"None of its {outcome.Quarantined + outcome.Rejected} rates was accepted. {fault.Code}: {fault.Detail}");
        }
        else
        {
            if (health.Of(Id).FailedInARow is var failures and > 0)
            {
                log.LogInformation("Source {Source} is well again after {Failures} failures", Id, failures);
            }

            health.Succeeded(Id, clock.GetUtcNow());
        }
    }

    private async Task<RateSheet?> AskAsync(
        IReadOnlyList<CurrencyPair> pairs, Func<CancellationToken, ValueTask<RateSheet>> ask, CancellationToken cancellationToken)
    {
        plan.Tried(pairs, clock.GetUtcNow());
        try
        {
            var sheet = await ask(cancellationToken);
            plan.Answered(pairs, clock.GetUtcNow());
            return sheet;
        }
        catch (SourceFaultException fault)
        {
            React(fault, pairs);
        }
        catch (BrokenCircuitException broken)
        {
            LeaveAlone(broken.RetryAfter ?? AfterFailure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever asked has ended or has no time left; the source is not at fault.
        }

        return null;
    }

    private async ValueTask<RateSheet> TryAsync(IReadOnlyList<CurrencyPair> pairs, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var sheet = await source.LatestAsync(pairs, limit.Token);
            return sheet.Rates.Count + sheet.Unreadable.Count > 0 ? sheet : throw new SourceFaultException(SourceFault.Unreadable, "Its answer has no rate that can be read.");
        }
        catch (Exception fault) when (Translated(fault, patience, cancellationToken) is { } translated)
        {
            Failed(translated.Kind, translated.Message);
            throw translated;
        }
    }

    private void React(SourceFaultException fault, IReadOnlyList<CurrencyPair> pairs)
    {
        var now = clock.GetUtcNow();
        switch (fault.Kind)
        {
            case SourceFault.Throttled:
                LeaveAlone(Wanted(fault) ?? FirstDelay * Math.Pow(2, Math.Min(health.Of(Id).FailedInARow + 4, 10)));
                break;
            case SourceFault.QuotaSpent:
                quotas.Exhaust(Id, SourceBudget.Today(clock), known.QuotaPerDay ?? 0);
                LeaveAlone(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime);
                break;
            case SourceFault.KeyRefused or SourceFault.NotInPlan:
                LeaveAlone(UntilMended);
                break;
            case SourceFault.Refused when pairs.Count == 1:
                plan.Refused(pairs[0], now);
                break;
            case SourceFault.Refused:
                LeaveAlone(AfterRefusal);
                break;
            default:
                LeaveAlone(Wanted(fault) ?? AfterFailure);
                break;
        }
    }

    // A long outage is one line in the log, not one a try.
    private void Failed(SourceFault kind, string fault)
    {
        log.Log(health.Of(Id).LastFaultKind == kind ? LogLevel.Debug : LogLevel.Warning, "Source {Source} failed ({Kind}): {Fault}", Id, kind, fault);
        health.Failed(Id, kind, fault);
    }

    // What is no fault of the source, such as a store that does not answer, ends neither its turn for ever nor the service.
    private void Contain(Exception fault)
    {
        log.LogError(fault, "Source {Source} could not be asked, or its answer not be taken", Id);
        health.Failed(Id, SourceFault.Unavailable, $"It could not be asked, or its answer not be taken: {fault.Message}");
        LeaveAlone(AfterFailure);
    }

    private void LeaveAlone(TimeSpan pause) =>
        health.LeftAlone(Id, clock.GetUtcNow() + (pause < LongestPause ? pause > TimeSpan.Zero ? pause : TimeSpan.Zero : LongestPause));

    // Whatever an answer from outside can cause: no connection, no time, no JSON, JSON of another shape, figures that are no figures.
    internal static SourceFaultException? Translated(Exception fault, TimeSpan patience, CancellationToken cancellationToken) => fault switch
    {
        SourceFaultException told => told,
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        OperationCanceledException => new SourceFaultException(SourceFault.Unavailable, $"No answer within {patience.TotalSeconds:0} s.", inner: fault),
        HttpRequestException or IOException => new SourceFaultException(SourceFault.Unavailable, $"It cannot be reached: {fault.Message}", inner: fault),
        _ when JsonMembers.IsOfShape(fault) => new SourceFaultException(SourceFault.Unreadable, $"Its answer is not of the documented shape: {fault.Message}", inner: fault),
        _ => null,
    };

    private static ResiliencePipeline<RateSheet> PipelineOf(KnownSource known, TimeProvider clock)
    {
        var pipeline = new ResiliencePipelineBuilder<RateSheet> { TimeProvider = clock };
        if ((known.QuotaPerDay is null or >= QuotaThatAllowsRetries) && known.Gap <= LongestGapForRetries)
        {
            pipeline.AddRetry(new RetryStrategyOptions<RateSheet>
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is SourceFaultException fault && IsWorthAskingAgain(fault)),
                DelayGenerator = attempt => ValueTask.FromResult(Wanted((SourceFaultException)attempt.Outcome.Exception!)),
            });
        }

        return pipeline
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<RateSheet>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 6,
                SamplingDuration = TimeSpan.FromMinutes(5),
                BreakDurationGenerator = broken => ValueTask.FromResult(TimeSpan.FromSeconds(30 * Math.Pow(2, Math.Min(broken.HalfOpenAttempts, 5)))),
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is SourceFaultException { Kind: SourceFault.Unavailable or SourceFault.Unreadable or SourceFault.Throttled }),
            })
            .Build();
    }

    // To be asked again after no time at all is no wish for patience, and does not replace our own.
    private static TimeSpan? Wanted(SourceFaultException fault) => fault.RetryAfter > TimeSpan.Zero ? fault.RetryAfter : null;

    private static bool IsWorthAskingAgain(SourceFaultException fault) => fault.Kind switch
    {
        SourceFault.Unavailable or SourceFault.Unreadable => fault.RetryAfter is null || fault.RetryAfter <= LongestDelay,
        SourceFault.Throttled => Wanted(fault) <= LongestDelay,
        _ => false,
    };
}
