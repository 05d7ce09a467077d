using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.History;

/// <summary>Asks a source of history for one page, with the patience that its failures deserve: where it asks to be left alone it is, and what may pass is tried again.</summary>
internal sealed class HistoryPages(IHistorySource source, CurrencyPair pair, TimeProvider clock)
{
    private const int Tries = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>The newest page within [from, before).</summary>
    /// <exception cref="SourceFaultException">It failed for good, or for longer than anyone would wait.</exception>
    public async Task<HistoryPage> NewestAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskAsync(from, before, cancellationToken);
            }
            catch (SourceFaultException fault) when (attempt < Tries && WaitAfter(fault, attempt) is { } wait)
            {
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
    }

    private async Task<HistoryPage> AskAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // The network's patience is measured in real time, whatever clock the market runs by.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var page = await source.PageAsync(pair, from, before, limit.Token);
            return page.Before is not { } next || next < before
                ? page
                : throw new SourceFaultException(SourceFault.Unreadable, $"An older page was expected before {before:u}, it named one before {next:u}.");
        }
        catch (Exception fault) when (fault is not SourceFaultException && SourceRunner.Translated(fault, Patience, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    private static TimeSpan? WaitAfter(SourceFaultException fault, int attempt)
    {
        var wait = fault.RetryAfter ?? FirstDelay * Math.Pow(4, attempt - 1);
        return fault.Kind is SourceFault.Throttled or SourceFault.Unavailable or SourceFault.Unreadable && wait <= LongestWait
            ? wait > TimeSpan.Zero ? wait : TimeSpan.Zero
            : null;
    }
}
