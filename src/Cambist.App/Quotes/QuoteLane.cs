using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Quotes;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Quotes;

/// <summary>
/// Asks one source of quotes, no oftener than it likes, and owns everything about its failures: patience, the time that it is left alone, and health. One lane waits for no other.
/// </summary>
internal sealed class QuoteLane(IQuoteSource source, QuoteSourceHealth health, TimeProvider clock, ILogger log) : IDisposable
{
    // The network's patience is measured in real time, whatever clock the market runs by.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan UntilMended = TimeSpan.FromHours(6);
    private static readonly TimeSpan AfterThrottling = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);
    private const int MostDoublings = 7;

    // Whoever comes later than these is better served by a published schedule.
    private const int MostWaiting = 16;
    private const int MostAtOnce = 4;

    private readonly SemaphoreSlim _free = new(MostAtOnce);
    private readonly SemaphoreSlim _turn = new(1);
    private long? _lastAsked;
    private int _waiting;

    public QuoteSourceProfile Profile => source.Profile;

    /// <summary>Whether the source can be asked such a thing now.</summary>
    public bool IsOpenTo(QuoteAsk ask) =>
        Volatile.Read(ref _waiting) < MostWaiting && !(health.Of(Profile.Id).NotBefore > clock.GetUtcNow()) && source.Serves(ask);

    /// <summary>What the source quotes and can be believed; null where it failed, and then health says why.</summary>
    /// <param name="ask">What to ask.</param>
    /// <param name="question">The same as a question of price, with the mid-market rate that the answer is measured against.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<CollectedQuote>?> AskAsync(QuoteAsk ask, PriceQuestion question, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _free.WaitAsync(cancellationToken);
            try
            {
                await TakeTurnAsync(cancellationToken);
                return Believed(await TryAsync(ask, cancellationToken), question with { At = clock.GetUtcNow() });
            }
            finally
            {
                _free.Release();
            }
        }
        catch (SourceFaultException fault)
        {
            Failed(fault);
            return null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Quotes of {Source} could not be taken", Profile.Id);
            health.Failed(Profile.Id, SourceFault.Unreadable, fault.Message, clock.GetUtcNow() + AfterFailure);
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose()
    {
        _free.Dispose();
        _turn.Dispose();
    }

    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_lastAsked is { } last && Profile.Gap - clock.GetElapsedTime(last) is var early && early > TimeSpan.Zero)
            {
                await Task.Delay(early, clock, cancellationToken);
            }

            _lastAsked = clock.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IReadOnlyList<CollectedQuote>> TryAsync(QuoteAsk ask, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await source.AskAsync(ask, limit.Token);
        }
        catch (Exception fault) when (SourceRunner.Translated(fault, Patience, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    private List<CollectedQuote> Believed(IReadOnlyList<CollectedQuote> quotes, PriceQuestion question)
    {
        var believed = new List<CollectedQuote>(quotes.Count);
        string? refusal = null;
        foreach (var quote in quotes)
        {
            if (QuoteChecks.FirstFault(quote, question) is { } fault)
            {
                refusal = $"{quote.Name}: {fault.Code}. {fault.Detail}";
            }
            else
            {
                believed.Add(quote);
            }
        }

        if (health.Of(Profile.Id).FailedInARow is var failures and > 0)
        {
            log.LogInformation("Source of quotes {Source} is well again after {Failures} failures", Profile.Id, failures);
        }

        health.Answered(Profile.Id, clock.GetUtcNow(), believed.Count, quotes.Count - believed.Count, refusal);
        return believed;
    }

    // A long outage is one line in the log, not one a try.
    private void Failed(SourceFaultException fault)
    {
        var before = health.Of(Profile.Id);
        log.Log(before.LastFaultKind == fault.Kind ? LogLevel.Debug : LogLevel.Warning, "Source of quotes {Source} failed ({Kind}): {Fault}", Profile.Id, fault.Kind, fault.Message);
        health.Failed(Profile.Id, fault.Kind, fault.Message, PauseAfter(fault, before.FailedInARow) is { } pause ? clock.GetUtcNow() + pause : null);
    }

    private static TimeSpan? PauseAfter(SourceFaultException fault, int failuresBefore)
    {
        var pause = fault.Kind switch
        {
            SourceFault.Refused => (TimeSpan?)null, // It does not know this question; it may know the next.
            SourceFault.KeyRefused or SourceFault.NotInPlan or SourceFault.QuotaSpent => UntilMended,
            SourceFault.Throttled => fault.RetryAfter ?? AfterThrottling * Math.Pow(2, Math.Min(failuresBefore, MostDoublings)),
            _ => fault.RetryAfter ?? AfterFailure * Math.Pow(2, Math.Min(failuresBefore, MostDoublings)),
        };
        return pause < LongestPause ? pause : pause is null ? null : LongestPause;
    }
}
