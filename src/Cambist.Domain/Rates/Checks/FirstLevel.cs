using Cambist.Domain.Currencies;

namespace Cambist.Domain.Rates.Checks;

/// <summary>
/// Finds the first report of a pair that can be trusted, from reports alone: the level that most origins tell; among equals the one that a central bank's reference rate
/// supports, then the one of the pair's usual order of magnitude. Where that decides nothing there is no level yet.
/// </summary>
internal static class FirstLevel
{
    private const double LiveApart = 0.01;
    private const double ReferenceApart = 0.05;

    private static readonly IRateCheck[] OfTheReportAlone = [new IsPositive(), new IsNotCrossed(), new IsNotOfTheFuture(), new IsNotStale()];

    public static ReportedRate? Among(IEnumerable<ReportedRate> reports, CurrencyPair pair, DateTimeOffset now)
    {
        var alone = new Situation(now, null, now, null, new RecentVolatility(), default);
        var sound = reports.Where(report => OfTheReportAlone.All(check => check.Ask(report, alone) is null)).ToList();
        var ranked = sound
            .Select(report => (Report: report, Support: SupportOf(report, sound), Plausible: UsualLevels.AreLike(pair, report.Mid)))
            .OrderByDescending(candidate => candidate.Support.Origins)
            .ThenByDescending(candidate => candidate.Support.HasReference)
            .ThenByDescending(candidate => candidate.Plausible)
            .ThenBy(candidate => candidate.Report.Source.Kind)
            .ThenByDescending(candidate => candidate.Report.EffectiveAt)
            .ToList();
        if (ranked.Count == 0)
        {
            return null;
        }

        var best = ranked[0];
        var isContested = ranked.Any(other => other.Support == best.Support && other.Plausible == best.Plausible && !Agree(other.Report, best.Report));
        return isContested || (best.Support.Origins == 1 && !best.Plausible) ? null : best.Report;
    }

    private static (int Origins, bool HasReference) SupportOf(ReportedRate report, List<ReportedRate> sound)
    {
        var supporters = sound.Where(other => Agree(other, report)).ToList();
        return (supporters.Select(other => other.Source.Origin).Distinct().Count(), supporters.Any(other => other.Source.Kind == RateKind.Reference && other.Source.IsOfficial));
    }

    private static bool Agree(ReportedRate one, ReportedRate other) => Math.Abs(Math.Log((double)(one.Mid / other.Mid)))
        <= (one.Source.Kind == RateKind.Reference || other.Source.Kind == RateKind.Reference ? ReferenceApart : LiveApart);
}
