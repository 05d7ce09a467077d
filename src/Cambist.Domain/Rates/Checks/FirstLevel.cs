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
    private static readonly IRateCheck[] AgainstALevel = [.. OfTheReportAlone, new HasNoUnitError(), new IsNoJump()];

    public static ReportedRate? Among(IEnumerable<ReportedRate> reports, CurrencyPair pair, DateTimeOffset now)
    {
        var alone = new Situation(now, null, now, null, new RecentVolatility(), default);
        var sound = reports.Where(report => OfTheReportAlone.All(check => check.Ask(report, alone) is null)).ToList();
        if (sound.Count == 0)
        {
            return null;
        }

        // Yesterday's reference rates say nothing about a few tenths of a percent, in which live ones may differ.
        var live = sound.Where(report => report.Source.Kind == RateKind.Live).ToList();
        var middle = Median.Of([.. (live.Count > 0 ? live : sound).Select(report => report.Mid)]);
        var ranked = sound
            .Select(report => (Report: report, Support: SupportOf(report, sound), Plausible: UsualLevels.AreLike(pair, report.Mid)))
            .OrderByDescending(candidate => candidate.Support.Origins)
            .ThenByDescending(candidate => candidate.Support.HasReference)
            .ThenByDescending(candidate => candidate.Plausible)
            .ThenBy(candidate => candidate.Report.Source.Kind)
            .ThenBy(candidate => Tolerance.Distance(candidate.Report.Mid, middle))
            .ThenByDescending(candidate => candidate.Report.EffectiveAt)
            .ToList();

        var best = ranked[0];
        var isContested = ranked.Any(other => other.Support == best.Support && other.Plausible == best.Plausible && !Agree(other.Report, best.Report));
        return isContested || (best.Support.Origins == 1 && !best.Plausible) ? null : best.Report;
    }

    /// <summary>
    /// Of live reports that arrive together long after the last trusted rate, when almost anything could be true: the one that most origins tell, among equals the one nearest to that
    /// rate. Null where fewer than two origins speak, for then there is nothing to choose.
    /// </summary>
    public static ReportedRate? Nearest(IEnumerable<ReportedRate> reports, Level level, RecentVolatility volatility, DateTimeOffset now)
    {
        var alone = new Situation(now, null, now, level, volatility, default);
        var sound = reports.Where(report => report.Source.Kind == RateKind.Live && AgainstALevel.All(check => check.Ask(report, alone) is null)).ToList();
        return sound.Select(report => report.Source.Origin).Distinct().Skip(1).Any()
            ? sound.OrderByDescending(Alike).ThenBy(report => Tolerance.Distance(report.Mid, level.Mid)).First()
            : null;

        int Alike(ReportedRate report) => sound
            .Where(other => Tolerance.Distance(report.Mid, other.Mid) <= Tolerance.Of(volatility, report.EffectiveAt, other.EffectiveAt))
            .Select(other => other.Source.Origin).Distinct().Count();
    }

    private static (int Origins, bool HasReference) SupportOf(ReportedRate report, List<ReportedRate> sound)
    {
        var supporters = sound.Where(other => Agree(other, report)).ToList();
        return (supporters.Select(other => other.Source.Origin).Distinct().Count(), supporters.Any(other => other.Source.Kind == RateKind.Reference && other.Source.IsOfficial));
    }

    private static bool Agree(ReportedRate one, ReportedRate other) => Tolerance.Distance(one.Mid, other.Mid)
        <= (one.Source.Kind == RateKind.Reference || other.Source.Kind == RateKind.Reference ? ReferenceApart : LiveApart);
}
