using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>Tells where rates come from, and how each source and feed fares; every face that shows them reads them here. The methods block.</summary>
public sealed class SourcesWire(
    SourceRoster roster, IEnumerable<KnownFeed> known, SourceHealth health, FeedHealth feeds, QuotaStore quotas, TickStore ticks, RateIntake intake, MarketFacts market, TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly IReadOnlyList<KnownFeed> _feeds = [.. known.OrderBy(feed => feed.Id, StringComparer.Ordinal)];

    /// <summary>All sources and feeds.</summary>
    /// <param name="withLastDay">Whether the verdicts of the last 24 hours are counted; else their lists are empty.</param>
    public RateSources All(bool withLastDay = true)
    {
        var now = clock.GetUtcNow();
        var isOpen = FxWeek.IsOpen(now);
        var lastDay = !withLastDay || roster.Sources.Count == 0 ? [] : ticks.Counts(now - Day);
        return new RateSources(
            market.Word,
            isOpen ? "open" : "closed",
            isOpen ? null : FxWeek.NextOpen(now),
            [.. roster.Sources.Select(source => Source(source, lastDay, now))],
            [.. _feeds.Select(feed => Feed(feed, isOpen))],
            now);
    }

    private RateSource Source(KnownSource source, IReadOnlyList<VerdictCount> lastDay, DateTimeOffset now)
    {
        var state = health.Of(source.Profile.Id);
        var tally = intake.TallyOf(source.Profile.Id);
        var quota = source.QuotaPerDay;
        int? spent = quota is null ? null : quotas.SpentOn(source.Profile.Id, DateOnly.FromDateTime(now.UtcDateTime));
        var left = quota - spent is > 0 and var rest ? rest : quota is null ? null : (int?)0;
        return new RateSource
        {
            Id = source.Profile.Id,
            Name = source.Profile.Name,
            Kind = RatesWire.Word(source.Profile.Kind),
            Official = source.Profile.IsOfficial,
            Enabled = source.IsOn,
            WhyOff = source.WhyOff,
            Status = StatusOf(source, state, left == 0, now),
            CadenceSeconds = source.Profile.Cadence.TotalSeconds,
            LastSuccessAt = state.LastSuccessAt,
            LastPublishedAt = tally.LastPublishedAt,
            LastFault = state.LastFault,
            NotBefore = state.NotBefore > now ? state.NotBefore : null,
            QuotaPerDay = quota,
            QuotaSpent = spent,
            QuotaLeft = left,
            QuotaResetsAt = quota is null ? null : new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + Day,
            SinceStart = new RateVerdicts(tally.Accepted, tally.Quarantined, tally.Rejected),
            LastDay =
            [
                .. lastDay.Where(count => count.Source == source.Profile.Id)
                    .Select(count => new RateVerdictCount(count.Verdict, count.Code.Length > 0 ? count.Code : null, count.Count)),
            ],
        };
    }

    // A pause that the service asks for is a rest; one after a failure is a part of the failure, for somebody may have to mend it.
    private static string StatusOf(KnownSource source, SourceState state, bool isSpent, DateTimeOffset now)
    {
        var isClosed = !FxWeek.IsOpen(now);
        return state switch
        {
            _ when !source.IsOn => "off",
            { LastFaultKind: SourceFault.Throttled or SourceFault.QuotaSpent or null } when state.NotBefore > now => "resting",
            { LastFaultKind: SourceFault.QuotaSpent or null } when isSpent => "resting",
            { LastFaultKind: SourceFault.Implausible } when isClosed => "closed",
            { LastFault: not null } => "failing",
            _ when isClosed && source.QuotaPerDay is not null => "closed",
            { LastSuccessAt: not null } => "ok",
            _ => "waiting",
        };
    }

    private RateFeed Feed(KnownFeed feed, bool isOpen)
    {
        var state = feeds.States.FirstOrDefault(state => state.Feed == feed.Id);
        return new RateFeed
        {
            Id = feed.Id,
            Name = feed.Name,
            Enabled = feed.WhyOff is null,
            WhyOff = feed.WhyOff,
            Status = feed.WhyOff is not null ? "off" : StatusOf(state, isOpen),
            Since = state?.Since,
            LastEventAt = state?.LastEventAt,
            LastRateAt = state?.LastRateAt,
            LastFault = state?.LastFault,
            Maintenance = state?.Maintenance,
            Reconnects = state?.Reconnects ?? 0,
            Gaps = state?.Gaps ?? 0,
            Unreadable = state?.Unreadable ?? 0,
            RefusedPairs = state?.RefusedPairs ?? [],
        };
    }

    // A feed that has spoken and falls silent at the weekend is not out of order.
    private static string StatusOf(FeedState? state, bool isOpen) => state switch
    {
        null => "waiting",
        { Maintenance: not null } => "resting",
        { IsConnected: true, LastRateAt: null } when !isOpen => "closed",
        { IsConnected: true } => "ok",
        { LastEventAt: not null } when !isOpen => "closed",
        { LastFault: not null } => "failing",
        _ => "waiting",
    };
}
