namespace Cambist.App.Rates.Sources;

/// <summary>
/// Stands before every request to a source, repeated ones included: keeps the least time between two, and spends the day's quota, which is counted in the store so that neither a restart nor a
/// second node exceeds it. The day is UTC's.
/// </summary>
internal sealed class SourceBudget(KnownSource source, QuotaStore quotas, TimeProvider clock) : DelegatingHandler
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _last;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await WaitForTurnAsync(cancellationToken);
        var cost = request.Options.TryGetValue(SourceHttp.Cost, out var named) ? named : 1;
        if (source.QuotaPerDay is { } limit && !quotas.TrySpend(source.Profile.Id, Today(clock), cost, limit))
        {
            throw new SourceFaultException(SourceFault.QuotaSpent, $"The day's quota of {limit} is spent; it begins anew at 00:00 UTC.");
        }

        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>The day whose quota is spent now.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    protected override void Dispose(bool disposing)
    {
        _turn.Dispose();
        base.Dispose(disposing);
    }

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (source.Gap == TimeSpan.Zero)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            // The service counts real time, whatever clock the market runs by.
            var wait = _last == 0 ? TimeSpan.Zero : source.Gap - TimeProvider.System.GetElapsedTime(_last);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, cancellationToken);
            }

            _last = TimeProvider.System.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }
}
