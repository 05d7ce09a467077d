namespace Cambist.Domain.Rates.Checks;

/// <summary>
/// Is it newer than what the source said before? A price of the same instant may be corrected; the same price of the same instant is nothing new. Where the one before had no time of its own and was
/// dated when it was received, as between a service's polled answers and its stream, two clocks are compared and a few seconds mean nothing.
/// </summary>
internal sealed class IsInOrder : IRateCheck
{
    private static readonly TimeSpan BetweenClocks = TimeSpan.FromSeconds(5);
    private static readonly Finding Again = new(Verdict.Unchanged, "unchanged", "");

    public Finding? Ask(ReportedRate report, in Situation situation)
    {
        if (situation.Before is not { } before || report.EffectiveAt > before.EffectiveAt)
        {
            return null;
        }

        if (report.EffectiveAt < before.EffectiveAt)
        {
            var isDatedHere = before.EffectiveAt == before.ObservedAt && report.EffectiveAt != report.ObservedAt;
            return isDatedHere && report.ObservedAt > before.ObservedAt && before.EffectiveAt - report.EffectiveAt <= BetweenClocks ? null : Finding.Reject(
                "out_of_order",
                $"A rate after {before.EffectiveAt.UtcDateTime:HH:mm:ss.fff} UTC was expected, for that one was known already; was of {report.EffectiveAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} UTC.");
        }

        return report.Bid == before.Bid && report.Ask == before.Ask ? Again : null;
    }
}
