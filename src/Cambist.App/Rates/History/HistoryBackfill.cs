using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.History;

/// <summary>
/// Brings a source's history into the store, page by page from now into the past. Rows go in before it is noted how far it came, so that a run that was killed goes on where
/// it was; what is in the store stays as it is.
/// </summary>
public sealed class HistoryBackfill(BarStore bars, DailyStore days, BackfillStore backfills, HistoryGate gate, TimeProvider clock)
{
    /// <summary>Fetches what the store lacks of the last days.</summary>
    /// <param name="source">Where from.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="daysBack">How many days back from now.</param>
    /// <param name="progress">Told after each page, in the running thread.</param>
    /// <param name="cancellationToken">Stops the run between two pages; the result says so.</param>
    public async Task<BackfillResult> RunAsync(
        IHistorySource source, CurrencyPair pair, int daysBack, IProgress<BackfillProgress>? progress, CancellationToken cancellationToken)
    {
        var run = new Run(source, pair, new HistoryPages(source, pair, clock), clock.GetUtcNow(), clock.GetUtcNow().AddDays(-daysBack), gate.Open(pair, source.Profile.Id), progress);
        try
        {
            await CatchUpAsync(run, cancellationToken);
            await GoBackAsync(run, cancellationToken);
            return Result(run, BackfillEnd.Done);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Result(run, BackfillEnd.Stopped);
        }
        catch (SourceFaultException fault)
        {
            return Result(run, EndOf(fault.Kind), fault);
        }
    }

    // What came since an earlier run. It goes in at once, the oldest first: were it cut short, the newest row would hide the hole before it.
    private async Task CatchUpAsync(Run run, CancellationToken cancellationToken)
    {
        if (Reached(run) is null || Newest(run) is not { } newest || newest < run.Goal)
        {
            return;
        }

        var pages = new Stack<HistoryPage>();
        DateTimeOffset? before = run.Now;
        while (before is { } end && end > newest)
        {
            var page = run.Gate.Sound(await run.Pages.NewestAsync(newest, end, cancellationToken));
            run.Answered++;
            pages.Push(page);
            before = page.Before;
        }

        while (pages.TryPop(out var page))
        {
            run.Added += Store(run, page);
        }
    }

    private async Task GoBackAsync(Run run, CancellationToken cancellationToken)
    {
        var before = Reached(run) is { } reached && reached < run.Now ? reached : run.Now;
        while (before > run.Goal)
        {
            var page = run.Gate.Sound(await run.Pages.NewestAsync(run.Goal, before, cancellationToken));
            run.Answered++;
            run.Added += Store(run, page);
            before = page.Before is { } next && next > run.Goal ? next : run.Goal;
            backfills.Reached(run.Source.Profile.Id, run.Pair, UnitOf(run), before);
            run.Progress?.Report(new BackfillProgress(before, (run.Now - before) / (run.Now - run.Goal), run.Added));
        }
    }

    private int Store(Run run, HistoryPage page) =>
        (page.Hours.Count > 0 ? bars.FillGaps(run.Pair, page.Hours) : 0) + (page.Days.Count > 0 ? days.FillGaps(run.Pair, run.Source.Profile.Id, page.Days) : 0);

    private DateTimeOffset? Newest(Run run) => run.Source.Unit == HistoryUnit.Hour
        ? bars.LastClosedBy(run.Pair, run.Now)?.CloseTime
        : days.LastBy(run.Pair, run.Now)?.EffectiveAt;

    private DateTimeOffset? Reached(Run run) => backfills.ReachedBackTo(run.Source.Profile.Id, run.Pair, UnitOf(run));

    private BackfillResult Result(Run run, BackfillEnd end, SourceFaultException? fault = null) => new(
        run.Source.Profile.Id, run.Pair, run.Source.Unit, end, Reached(run), run.Answered, run.Added, fault?.Message, RetryAt(end, fault));

    private DateTimeOffset? RetryAt(BackfillEnd end, SourceFaultException? fault) => (end, fault?.RetryAfter) switch
    {
        (_, { } wait) => clock.GetUtcNow() + wait,
        (BackfillEnd.QuotaSpent, _) => new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero),
        _ => null,
    };

    private static string UnitOf(Run run) => run.Source.Unit == HistoryUnit.Hour ? "hour" : "day";

    private static BackfillEnd EndOf(SourceFault kind) => kind switch
    {
        SourceFault.QuotaSpent => BackfillEnd.QuotaSpent,
        SourceFault.KeyRefused or SourceFault.NotInPlan or SourceFault.Refused => BackfillEnd.Refused,
        _ => BackfillEnd.Failed,
    };

    private sealed record Run(IHistorySource Source, CurrencyPair Pair, HistoryPages Pages, DateTimeOffset Now, DateTimeOffset Goal, HistoryGate.PairGate Gate, IProgress<BackfillProgress>? Progress)
    {
        public int Answered { get; set; }

        public int Added { get; set; }
    }
}
