using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// Decides which pairs a source is asked for next, and when. A source that tells everything in one answer and has no quota is asked for the majors at their interval and for all pairs at theirs.
/// Any other is spent where it helps most: first on majors that fewer than two voices tell, then on pairs that nobody tells. What is left of a daily quota is spread over what is left of
/// the day, by what was really spent, so a restart changes nothing; where a major has no fresh rate at all, three quarters of it may be spent ahead of time. While the market is closed a quota is saved.
/// </summary>
internal sealed class AskPlan(KnownSource source, PanelPairs panels, RatesOptions options, RateBook book)
{
    private static readonly TimeSpan BetweenUrgent = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RefusedFor = TimeSpan.FromDays(1);

    private readonly Dictionary<CurrencyPair, DateTimeOffset> _askedAt = [];
    private readonly Dictionary<CurrencyPair, DateTimeOffset> _refusedUntil = [];
    private DateTimeOffset _lastAsked = DateTimeOffset.MinValue;
    private DateTimeOffset _lastAskedForAll = DateTimeOffset.MinValue;

    private SourceProfile Profile => source.Profile;

    private bool IsLimited => Profile.PairsPerRequest < int.MaxValue || source.QuotaPerDay is not null;

    /// <summary>The pairs to ask for now; none where it is not its turn.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="spentToday">What was spent of the day's quota.</param>
    public IReadOnlyList<CurrencyPair> Due(DateTimeOffset now, int spentToday)
    {
        if (!IsLimited)
        {
            return now - _lastAskedForAll >= AtLeastCadence(options.OtherInterval) ? panels.All
                : now - _lastAsked >= AtLeastCadence(options.MajorInterval) ? panels.Majors
                : [];
        }

        return IsTurn(now, spentToday) ? MostNeeded(now) : [];
    }

    /// <summary>Notes that the source was asked, whatever comes of it: a pair that it never tells must not stand before the others for ever.</summary>
    public void Tried(IReadOnlyList<CurrencyPair> pairs, DateTimeOffset now)
    {
        _lastAsked = now;
        foreach (var pair in pairs)
        {
            _askedAt[pair] = now;
        }
    }

    /// <summary>Notes that it answered.</summary>
    public void Answered(IReadOnlyList<CurrencyPair> pairs, DateTimeOffset now) =>
        _lastAskedForAll = pairs.Count >= panels.All.Count ? now : _lastAskedForAll;

    /// <summary>Notes that the source does not know a pair: it is not asked for it for a day.</summary>
    public void Refused(CurrencyPair pair, DateTimeOffset now) => _refusedUntil[pair] = now + RefusedFor;

    private TimeSpan AtLeastCadence(TimeSpan interval) => interval > Profile.Cadence ? interval : Profile.Cadence;

    private bool IsTurn(DateTimeOffset now, int spentToday)
    {
        if (source.QuotaPerDay is not { } quota)
        {
            return now - _lastAsked >= AtLeastCadence(Profile.PairsPerRequest == int.MaxValue ? options.MajorInterval : source.Gap);
        }

        if (!FxWeek.IsOpen(now) || now - _lastAsked < (Profile.Cadence > BetweenUrgent ? Profile.Cadence : BetweenUrgent))
        {
            return false;
        }

        var dayGone = now.UtcDateTime.TimeOfDay / TimeSpan.FromDays(1);
        if (spentToday <= dayGone * quota && now - _lastAsked >= EvenPace(dayGone, quota - spentToday))
        {
            return true;
        }

        // A pair that this source does not know makes nothing urgent for it.
        return spentToday < quota * 3 / 4 && panels.Majors.Any(pair => IsKnown(pair, now) && FreshVoices(pair, now) == 0);
    }

    // Whoever comes late to the day, after a weekend or a pause, spreads what is left and does not catch up in a burst.
    private TimeSpan EvenPace(double dayGone, int left) => TimeSpan.FromDays(1 - dayGone) / Math.Max(1, left / (Profile.PairsPerRequest == int.MaxValue ? 1 : Profile.PairsPerRequest));

    private IReadOnlyList<CurrencyPair> MostNeeded(DateTimeOffset now)
    {
        if (Profile.PairsPerRequest == int.MaxValue)
        {
            return panels.All;
        }

        return
        [
            .. panels.All
                .Select((pair, place) => (Pair: pair, IsMajor: place < panels.Majors.Count))
                .Where(one => IsKnown(one.Pair, now))
                .Select(one => (one.Pair, one.IsMajor, Voices: FreshVoices(one.Pair, now)))
                .OrderBy(one => one switch { { IsMajor: true, Voices: < 2 } => 0, { Voices: 0 } => 1, { IsMajor: true } => 2, _ => 3 })
                .ThenBy(one => _askedAt.GetValueOrDefault(one.Pair))
                .Take(Profile.PairsPerRequest)
                .Select(one => one.Pair),
        ];
    }

    private bool IsKnown(CurrencyPair pair, DateTimeOffset now) => _refusedUntil.GetValueOrDefault(pair) <= now;

    // A cross is as sure as its least sure leg.
    private int FreshVoices(CurrencyPair pair, DateTimeOffset now) =>
        book.Find(pair) is { Kind: RateKind.Live } rate && !rate.IsStale(now) ? rate.Source.Split('+').Min(leg => leg.Split(',').Length) : 0;
}
