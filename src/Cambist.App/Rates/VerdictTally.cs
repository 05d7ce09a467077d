using Cambist.Domain.Rates;
using Cambist.Domain.Rates.Checks;

namespace Cambist.App.Rates;

/// <summary>What became of a source's reports since the start. Safe to use from any thread.</summary>
public sealed class VerdictTally
{
    private long _accepted;
    private long _quarantined;
    private long _rejected;
    private long _lastEffectiveTicks;

    /// <summary>Reports that count.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Reports that waited or wait for another source.</summary>
    public long Quarantined => Interlocked.Read(ref _quarantined);

    /// <summary>Reports that could not be true, or not be read.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>When the newest accepted report was true in the market; null where none was accepted.</summary>
    public DateTimeOffset? LastPublishedAt => Interlocked.Read(ref _lastEffectiveTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    internal void Count(Verdict verdict, ReportedRate report)
    {
        switch (verdict)
        {
            case Verdict.Accepted:
                Interlocked.Increment(ref _accepted);
                Raise(report.EffectiveAt.UtcTicks);
                break;
            case Verdict.Quarantined:
                Interlocked.Increment(ref _quarantined);
                break;
            case Verdict.Rejected:
                Interlocked.Increment(ref _rejected);
                break;
        }
    }

    internal void CountUnreadable() => Interlocked.Increment(ref _rejected);

    private void Raise(long ticks)
    {
        var known = Interlocked.Read(ref _lastEffectiveTicks);
        while (ticks > known)
        {
            var found = Interlocked.CompareExchange(ref _lastEffectiveTicks, ticks, known);
            if (found == known)
            {
                return;
            }

            known = found;
        }
    }
}
