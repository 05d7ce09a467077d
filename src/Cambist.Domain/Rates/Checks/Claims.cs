namespace Cambist.Domain.Rates.Checks;

/// <summary>A report that was held back, by a source that stands by it.</summary>
/// <param name="Report">The newest report of the source at this level.</param>
/// <param name="Since">When the source first told this level.</param>
/// <param name="Times">How often it has told it.</param>
/// <param name="IsGradual">Whether the source came to it in a small step from what it said before, as a market does and a fault seldom.</param>
internal sealed record Claim(ReportedRate Report, DateTimeOffset Since, int Times, bool IsGradual);

/// <summary>The reports that were held back and wait for another source to confirm them, one a source.</summary>
internal sealed class Claims(TimeSpan cycle)
{
    private readonly Dictionary<string, Claim> _bySource = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IEnumerable<Claim> All => _bySource.Values;

    /// <summary>Notes a report that was held back.</summary>
    /// <param name="report">The report.</param>
    /// <param name="before">What the source said before it; null where it never spoke.</param>
    /// <param name="now">The instant of its arrival.</param>
    /// <param name="agree">Whether two reports tell the same level.</param>
    public void Add(ReportedRate report, ReportedRate? before, DateTimeOffset now, Func<ReportedRate, ReportedRate, bool> agree)
    {
        var known = _bySource.GetValueOrDefault(report.Source.Id);
        _bySource[report.Source.Id] = known is not null && !IsOver(known, now) && agree(known.Report, report)
            ? known with { Report = report, Times = known.Times + 1 }
            : new Claim(report, now, 1, IsGradual: before is not null && before.Mid != report.Mid && agree(before, report));
    }

    /// <summary>The source says something else now.</summary>
    public void Withdraw(SourceProfile source)
    {
        if (_bySource.Count > 0)
        {
            _bySource.Remove(source.Id);
        }
    }

    /// <summary>The claims that agree with a report, its own included, one an origin.</summary>
    public IReadOnlyList<Claim> Supporting(ReportedRate report, DateTimeOffset now, Func<ReportedRate, ReportedRate, bool> agree) =>
    [
        .. _bySource.Values
            .Where(claim => !IsOver(claim, now) && agree(claim.Report, report))
            .GroupBy(claim => claim.Report.Source.Origin)
            .Select(origin => origin.MaxBy(claim => claim.Report.EffectiveAt)!),
    ];

    // A source that fell silent does not go on claiming.
    private bool IsOver(Claim claim, DateTimeOffset now) =>
        now - claim.Report.ObservedAt > TimeSpan.FromTicks(Math.Max(cycle.Ticks * 4, claim.Report.Source.Cadence.Ticks * 2));
}
