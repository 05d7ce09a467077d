namespace Cambist.Domain.Rates.Checks;

/// <summary>
/// Where two other voices or more speak at the same time: does it lie with them? Judged by the median absolute deviation of the others, which one liar among them
/// does not move (Leys et al. 2013, <i>Detecting outliers: do not use standard deviation around the mean, use absolute deviation around the median</i>).
/// </summary>
internal sealed class AgreesWithOthers : IRateCheck
{
    // Of a normal distribution the standard deviation is 1.4826 times the median absolute deviation.
    private const double Normal = 1.4826;
    private const double Deviations = 5;

    public Finding? Ask(ReportedRate report, in Situation situation)
    {
        var others = situation.Others.Span;
        if (others.Length < 2)
        {
            return null;
        }

        var median = Median.Of(others);
        Span<decimal> distances = stackalloc decimal[others.Length];
        for (var index = 0; index < others.Length; index++)
        {
            distances[index] = Math.Abs(others[index] - median);
        }

        var spread = (double)Median.Of(distances) / (double)median * Normal;
        var tolerance = Tolerance.Of(situation.Volatility, report.EffectiveAt, situation.Now) + Deviations * spread;
        var distance = Tolerance.Distance(report.Mid, median);
        return distance <= tolerance
            ? null
            : Finding.Quarantine("disagrees", $"{others.Length} other sources say {median}, was {report.Mid}: {distance * 1e4:0.#} basis points away, and at most {tolerance * 1e4:0.#} were expected.");
    }
}
