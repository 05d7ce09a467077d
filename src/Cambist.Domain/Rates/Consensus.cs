using Cambist.Domain.Currencies;
using Cambist.Domain.Rates.Checks;

namespace Cambist.Domain.Rates;

/// <summary>One rate from what several sources say at the same time.</summary>
public static class Consensus
{
    /// <summary>
    /// The median of the mid prices, with the median of the spreads that are known around it; as old as its newest voice. With an even number of voices the median is
    /// halfway between the middle two.
    /// </summary>
    /// <param name="pair">The pair of all reports.</param>
    /// <param name="reports">At least one report, one an origin, accepted and of about the same time.</param>
    public static RateObservation Of(CurrencyPair pair, IReadOnlyList<ReportedRate> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        Span<decimal> mids = stackalloc decimal[reports.Count];
        Span<decimal> halfSpreads = stackalloc decimal[reports.Count];
        var twoSided = 0;
        var newest = reports[0];
        var observedAt = newest.ObservedAt;
        for (var index = 0; index < reports.Count; index++)
        {
            var report = reports[index];
            mids[index] = report.Mid;
            if (report.SpreadKnown)
            {
                halfSpreads[twoSided++] = (report.Ask - report.Bid) / 2m;
            }

            newest = report.EffectiveAt > newest.EffectiveAt ? report : newest;
            observedAt = report.ObservedAt > observedAt ? report.ObservedAt : observedAt;
        }

        var mid = Median.Of(mids);
        var half = twoSided == 0 ? 0m : Median.Of(halfSpreads[..twoSided]);
        // Two clocks may differ by seconds: what the source dates a moment ahead is of now.
        var effectiveAt = newest.EffectiveAt > newest.ObservedAt ? newest.ObservedAt : newest.EffectiveAt;
        return new RateObservation(new TwoSidedRate(pair, mid - half, mid + half), twoSided > 0, NamesOf(reports), effectiveAt, observedAt, newest.Source.FreshFor)
        {
            Kind = newest.Source.Kind,
        };
    }

    private static string NamesOf(IReadOnlyList<ReportedRate> reports) =>
        reports.Count == 1 ? reports[0].Source.Id : string.Join(',', reports.Select(report => report.Source.Id).Order(StringComparer.Ordinal));
}
