namespace Cambist.App.Rates.Sources;

/// <summary>
/// Stands before every request to a source, repeated ones included: keeps the least time between two, and spends the day's quota, which is counted in the store so that neither a restart nor a
/// second node exceeds it. The day is UTC's.
/// </summary>
internal sealed class SourceBudget(KnownSource source, QuotaStore quotas, TimeProvider clock) : DelegatingHandler
{
    private readonly SemaphoreSlim _turn = new(1);
    private DateTimeOffset _next = DateTimeOffset.MinValue;

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
        if (source.Profile.Gap == TimeSpan.Zero)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var wait = _next - clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }

            _next = clock.GetUtcNow() + source.Profile.Gap;
        }
        finally
        {
            _turn.Release();
        }
    }
}
