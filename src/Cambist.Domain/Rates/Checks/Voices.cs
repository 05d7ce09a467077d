using Cambist.Domain.Calendars;

namespace Cambist.Domain.Rates.Checks;

/// <summary>What each source last said of a pair, and which of it counts.</summary>
internal sealed class Voices(TimeSpan cycle)
{
    private static readonly TimeSpan Still = TimeSpan.FromMinutes(5);

    private readonly List<Voice> _all = [];
    private readonly List<ReportedRate> _speaking = [];
    private decimal[] _mids = new decimal[8];

    /// <summary>What the source last said; null where it never spoke.</summary>
    public Voice? Of(SourceProfile source)
    {
        foreach (var voice in _all)
        {
            if (voice.Source.Id == source.Id)
            {
                return voice;
            }
        }

        return null;
    }

    /// <summary>Notes what a source said. Where it was held back nothing of the source counts: what it said before it says no more.</summary>
    public void Heard(ReportedRate report, bool counts)
    {
        if (Of(report.Source) is not { } voice)
        {
            _all.Add(voice = new Voice(report));
        }

        if (report.Bid != voice.Last.Bid || report.Ask != voice.Last.Ask)
        {
            voice.UnchangedSince = report.EffectiveAt;
        }

        voice.Last = report;
        voice.Counting = counts ? report : null;
    }

    /// <summary>The market has moved: what lies elsewhere counts no more.</summary>
    public void Drop(Func<ReportedRate, bool> isElsewhere)
    {
        foreach (var voice in _all)
        {
            if (voice.Counting is { } report && isElsewhere(report))
            {
                voice.Counting = null;
            }
        }
    }

    /// <summary>The mid prices of other origins that were true at about the same time as a live report. The memory is used again at the next call.</summary>
    public ReadOnlyMemory<decimal> OthersAtTheTimeOf(ReportedRate report)
    {
        if (report.Source.Kind != RateKind.Live)
        {
            return default;
        }

        _speaking.Clear();
        foreach (var voice in _all)
        {
            if (voice.Counting is { Source.Kind: RateKind.Live } other
                && other.Source.Origin != report.Source.Origin
                && (other.EffectiveAt - report.EffectiveAt).Duration() <= cycle * 2)
            {
                AddNewestOfOrigin(other);
            }
        }

        if (_mids.Length < _speaking.Count)
        {
            _mids = new decimal[_speaking.Count * 2];
        }

        for (var index = 0; index < _speaking.Count; index++)
        {
            _mids[index] = _speaking[index].Mid;
        }

        return _mids.AsMemory(0, _speaking.Count);
    }

    /// <summary>
    /// The reports that make the rate: one of each origin, live and of the same time as the newest; where nothing live is fresh, the newest reference rates. The list is
    /// used again at the next call.
    /// </summary>
    public IReadOnlyList<ReportedRate> Speaking(DateTimeOffset now)
    {
        var newest = NewestOf(RateKind.Live, now) ?? NewestOf(RateKind.Reference, now);
        _speaking.Clear();
        foreach (var voice in _all)
        {
            if (voice.Counting is { } report && newest is { } leader && report.Source.Kind == leader.Source.Kind
                && leader.EffectiveAt - report.EffectiveAt <= (leader.Source.Kind == RateKind.Live ? cycle * 2 : TimeSpan.Zero))
            {
                AddNewestOfOrigin(report);
            }
        }

        return _speaking;
    }

    /// <summary>
    /// How many live origins beside these contradict a claim: those that have spoken since it was first made, and those that are yet to speak in this cycle. Against a claim that came in a small
    /// step nobody counts who has told the same price to the last digit all the while: it may have stopped following the market.
    /// </summary>
    public (int Against, int Undecided) Contradict(IReadOnlyList<Claim> claims, Func<ReportedRate, bool> isElsewhere, DateTimeOffset since, DateTimeOffset now)
    {
        var (against, undecided) = (0, 0);
        var isGradual = claims.All(claim => claim.IsGradual);
        foreach (var voice in _all)
        {
            if (voice.Counting is not { Source.Kind: RateKind.Live } report || !isElsewhere(report) || (isGradual && now - voice.UnchangedSince > Still) || claims.Any(claim => claim.Report.Source.Origin == report.Source.Origin))
            {
                continue;
            }

            if (report.ObservedAt >= since)
            {
                against++;
            }
            else if (report.Source.Cadence <= cycle && now - report.ObservedAt <= cycle * 2)
            {
                undecided++;
            }
        }

        return (against, undecided);
    }

    // Of live rates only a fresh one speaks; of reference rates the last one there is, and its age is seen.
    private ReportedRate? NewestOf(RateKind kind, DateTimeOffset now)
    {
        ReportedRate? newest = null;
        foreach (var voice in _all)
        {
            if (voice.Counting is { } report && report.Source.Kind == kind && (newest is null || report.EffectiveAt > newest.EffectiveAt)
                && (kind == RateKind.Reference || FxWeek.OpenTimeBetween(report.EffectiveAt, now) <= report.Source.FreshFor))
            {
                newest = report;
            }
        }

        return newest;
    }

    private void AddNewestOfOrigin(ReportedRate report)
    {
        for (var index = 0; index < _speaking.Count; index++)
        {
            if (_speaking[index].Source.Origin == report.Source.Origin)
            {
                _speaking[index] = report.EffectiveAt > _speaking[index].EffectiveAt ? report : _speaking[index];
                return;
            }
        }

        _speaking.Add(report);
    }
}

/// <summary>What one source last said.</summary>
internal sealed class Voice(ReportedRate first)
{
    public SourceProfile Source => Last.Source;

    /// <summary>Its last report that was in itself sound, believed or not.</summary>
    public ReportedRate Last { get; set; } = first;

    /// <summary>Its last report that was believed.</summary>
    public ReportedRate? Counting { get; set; }

    /// <summary>Since when it says the same price.</summary>
    public DateTimeOffset UnchangedSince { get; set; } = first.EffectiveAt;
}
