using Cambist.Domain.Currencies;
using Cambist.Domain.Rates.Checks;

namespace Cambist.Domain.Rates;

/// <summary>What became of one report.</summary>
/// <param name="Report">The report.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Finding">Why it does not count; null where it does.</param>
public readonly record struct Judgement(ReportedRate Report, Verdict Verdict, Finding? Finding);

/// <summary>
/// The one rate of a pair that follows from what many sources report, and the guard before it. Every report is checked; the accepted ones are voices, one a
/// source, and the rate is the median of the voices that speak at the same time. A report that the checks hold back is a claim: where another source
/// confirms it the market has moved, and the new level is taken within one cycle of asking. Not safe for use from several threads.
/// </summary>
/// <param name="pair">The pair.</param>
/// <param name="cycle">How often the live sources are asked.</param>
public sealed class PairConsensus(CurrencyPair pair, TimeSpan cycle)
{
    // A source that is alone with its level for so long, and has told it so often, is believed: else one that outlives all others could never follow a jump.
    private static readonly TimeSpan BelievedAlone = TimeSpan.FromMinutes(30);
    private const int TimesAlone = 10;

    // Where the last trusted rate is so old that it allows more than this, it cannot tell which of two reports lies.
    private const double Loose = 0.01;

    // After a pause this long a pair may be anywhere, and what is told now decides.
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(30);

    private readonly Voices _voices = new(cycle);
    private readonly Claims _claims = new(cycle);
    private readonly RecentVolatility _volatility = new();
    private readonly List<Judgement> _judgements = [];
    private readonly List<ReportedRate> _doubted = [];
    private Level? _level;

    /// <summary>The pair.</summary>
    public CurrencyPair Pair => pair;

    /// <summary>The consensus; null until a report was accepted.</summary>
    public RateObservation? Latest { get; private set; }

    /// <summary>Starts from what history knows, so that the very first report is already compared with something.</summary>
    /// <param name="mid">The last rate known.</param>
    /// <param name="at">When it was true.</param>
    /// <param name="volatilityPerHour">Standard deviation of the hourly log return; null where it is not known.</param>
    public void Start(decimal mid, DateTimeOffset at, double? volatilityPerHour)
    {
        _level ??= new Level(mid, at);
        if (volatilityPerHour is { } known)
        {
            _volatility.Start(known);
        }
    }

    /// <summary>
    /// Judges reports of this pair that arrive together. At the very start, where nothing is trusted yet, those that arrive together find the level among
    /// themselves, so that the first liar to speak does not set it.
    /// </summary>
    /// <param name="reports">The reports, in the order of their arrival.</param>
    /// <param name="now">The instant of arrival.</param>
    /// <returns>What became of each, those that were held back last, and after each of them of claims that it confirmed. The list is used again at the next call.</returns>
    public IReadOnlyList<Judgement> Submit(ReadOnlySpan<ReportedRate> reports, DateTimeOffset now)
    {
        _judgements.Clear();
        if (_level is null || now - _level.At > ForgottenAfter)
        {
            FindLevel(reports, now);
        }

        if (reports.Length > 1 && _level is { } old && Tolerance.Of(_volatility, old.At, now) > Loose && FirstLevel.Nearest([.. reports], old, _volatility, now) is { } nearest)
        {
            _level = new Level(nearest.Mid, nearest.EffectiveAt);
        }

        if (reports.Length == 1)
        {
            Judge(reports[0], now);
            return _judgements;
        }

        // What agrees with the level speaks first, so that two liars among many do not confirm each other before the others have had their say.
        _doubted.Clear();
        foreach (var report in reports)
        {
            if (FindingOf(report, now) is { Verdict: Verdict.Quarantined })
            {
                _doubted.Add(report);
            }
            else
            {
                Judge(report, now);
            }
        }

        foreach (var report in _doubted)
        {
            Judge(report, now);
        }

        return _judgements;
    }

    private void FindLevel(ReadOnlySpan<ReportedRate> reports, DateTimeOffset now)
    {
        ReportedRate[] waiting = [.. _claims.All.Select(claim => claim.Report)];
        if (FirstLevel.Among([.. waiting, .. reports], pair, now) is { } found)
        {
            _level = new Level(found.Mid, found.EffectiveAt);
            foreach (var report in waiting.Where(report => AreAlike(report, found)))
            {
                Accept(report);
            }
        }
    }

    private void Judge(ReportedRate report, DateTimeOffset now)
    {
        switch (FindingOf(report, now))
        {
            case null:
                Accept(report);
                Agree(now);
                break;
            case { Verdict: Verdict.Quarantined } finding:
                _claims.Add(report, _voices.Of(report.Source)?.Last, now, AreAlike);
                _voices.Heard(report, counts: false);
                if (IsConfirmed(report, now) is { } confirmed)
                {
                    Move(report, confirmed, now);
                }
                else
                {
                    _judgements.Add(new Judgement(report, Verdict.Quarantined, finding));
                }

                break;
            case { } finding:
                _judgements.Add(new Judgement(report, finding.Verdict, finding));
                break;
        }
    }

    private Finding? FindingOf(ReportedRate report, DateTimeOffset now)
    {
        var before = _voices.Of(report.Source);
        var unchangedSince = before is not null && before.Last.Bid == report.Bid && before.Last.Ask == report.Ask ? before.UnchangedSince : report.EffectiveAt;
        var situation = new Situation(now, before?.Last, unchangedSince, _level, _volatility, _voices.OthersAtTheTimeOf(report));
        foreach (var check in RateChecks.InOrder)
        {
            if (check.Ask(report, situation) is { } finding)
            {
                return finding;
            }
        }

        return _level is null ? Finding.Quarantine("unconfirmed", $"Nothing is known of {pair} yet, and what was told ({report.Mid}) needs a second source.") : null;
    }

    // The claims that make a report true: two sources against fewer, at once where all others have spoken since, else at the end of the cycle in which they could have. One that came in a small
    // step while all others stood still needs no second.
    private IReadOnlyList<Claim>? IsConfirmed(ReportedRate report, DateTimeOffset now)
    {
        var claims = _claims.Supporting(report, now, AreAlike);
        var since = claims.Min(claim => claim.Since);
        var (against, undecided) = _voices.Contradict(claims, other => !AreAlike(other, report), since, now);
        var isConfirmed = claims.Count >= 2
            && _level is not null
            && (claims.Count > against + undecided || (now - since >= cycle && claims.Count > against));
        var isAlone = claims.Count == 1 && against + undecided == 0 && claims[0].Times >= TimesAlone && now - since >= BelievedAlone;
        var isFollowing = claims.All(claim => claim.IsGradual && claim.Report.Source.Kind == RateKind.Live) && against + undecided == 0 && _level is not null;
        return isConfirmed || isAlone || isFollowing ? claims : null;
    }

    private void Move(ReportedRate report, IReadOnlyList<Claim> confirmed, DateTimeOffset now)
    {
        _level = new Level(report.Mid, report.EffectiveAt);
        _voices.Drop(other => !AreAlike(other, report));
        foreach (var claim in confirmed)
        {
            Accept(claim.Report);
        }

        Agree(now);
    }

    private void Accept(ReportedRate report)
    {
        _voices.Heard(report, counts: true);
        _claims.Withdraw(report.Source);
        _judgements.Add(new Judgement(report, Verdict.Accepted, null));
    }

    private void Agree(DateTimeOffset now)
    {
        var speaking = _voices.Speaking(now);
        if (speaking.Count == 0)
        {
            return;
        }

        Latest = Consensus.Of(pair, speaking);
        if (_level is null || Latest.EffectiveAt >= _level.At)
        {
            _level = new Level(Latest.Rate.Mid, Latest.EffectiveAt);
        }

        if (Latest.Kind == RateKind.Live)
        {
            _volatility.Follow(Latest.Rate.Mid, Latest.EffectiveAt);
        }
    }

    private bool AreAlike(ReportedRate one, ReportedRate other) =>
        Tolerance.Distance(one.Mid, other.Mid) <= Tolerance.Of(_volatility, one.EffectiveAt, other.EffectiveAt);
}
