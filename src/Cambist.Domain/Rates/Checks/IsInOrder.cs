namespace Cambist.Domain.Rates.Checks;

/// <summary>Is it newer than what the source said before? A price of the same instant may be corrected; the same price of the same instant is nothing new.</summary>
internal sealed class IsInOrder : IRateCheck
{
    private static readonly Finding Again = new(Verdict.Unchanged, "unchanged", "");

    public Finding? Ask(ReportedRate report, in Situation situation)
    {
        if (situation.Before is not { } before || report.EffectiveAt > before.EffectiveAt)
        {
            return null;
        }

        if (report.EffectiveAt < before.EffectiveAt)
        {
            return Finding.Reject(
                "out_of_order",
                $"A rate after {before.EffectiveAt.UtcDateTime:HH:mm:ss.fff} UTC was expected, for that one was known already; was of {report.EffectiveAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} UTC.");
        }

        return report.Bid == before.Bid && report.Ask == before.Ask ? Again : null;
    }
}
