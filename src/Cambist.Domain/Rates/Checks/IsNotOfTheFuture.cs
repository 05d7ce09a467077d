namespace Cambist.Domain.Rates.Checks;

/// <summary>Was it true by now?</summary>
internal sealed class IsNotOfTheFuture : IRateCheck
{
    // Two clocks that are set by the network differ by less than this.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(15);

    public Finding? Ask(ReportedRate report, in Situation situation) => report.EffectiveAt - situation.Now <= Tolerance
        ? null
        : Finding.Reject("future", $"A rate of {situation.Now.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC or before was expected, was of {report.EffectiveAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
}
