using Cambist.App.Quotes.Sources;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes;

/// <summary>All that the sources have answered to one question of price. Safe to use from any thread.</summary>
internal sealed class QuoteSheet(QuoteAsk ask, int sources)
{
    // A provider's own answer stands unchanged for so long; its rate is usually locked for longer.
    private static readonly TimeSpan LiveFor = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeastKept = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Answer?[] _answers = new Answer?[sources];
    private readonly Task?[] _running = new Task?[sources];
    private readonly DateTimeOffset[] _notBefore = new DateTimeOffset[sources];
    private (decimal Mid, DateTimeOffset Until, ProviderPanel Panel)? _panel;

    public QuoteAsk Ask => ask;

    /// <summary>When it was last asked for: the sheet that nobody asked for longest is forgotten first.</summary>
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>Starts asking a source where its answer is missing, old, or of another rate; the task of its first answer while that is under way, else null.</summary>
    /// <param name="source">The source's place.</param>
    /// <param name="mid">The mid-market rate now.</param>
    /// <param name="now">The instant.</param>
    /// <param name="options">How long an answer is kept.</param>
    /// <param name="start">Asks it.</param>
    public Task? Refresh(int source, decimal mid, DateTimeOffset now, QuotesOptions options, Func<Task?> start)
    {
        lock (_lock)
        {
            if (_running[source] is null && _notBefore[source] <= now && !Holds(_answers[source], mid, now, options))
            {
                _running[source] = start();
            }

            return _answers[source] is null ? _running[source] : null;
        }
    }

    /// <summary>Notes what a source answered; null where it failed: then what it said before stays as long as it holds.</summary>
    public void Note(int source, IReadOnlyList<CollectedQuote>? quotes, decimal mid, DateTimeOffset now)
    {
        lock (_lock)
        {
            _running[source] = null;
            if (quotes is null)
            {
                _notBefore[source] = now + AfterFailure;
            }
            else
            {
                _answers[source] = new Answer(quotes, mid, now);
                _panel = null;
            }
        }
    }

    /// <summary>The providers with what was quoted in place of what they publish.</summary>
    public ProviderPanel Panel(ProviderPanel published, decimal mid, DateTimeOffset now, QuotesOptions options)
    {
        lock (_lock)
        {
            if (_panel is { } kept && kept.Mid == mid && now < kept.Until)
            {
                return kept.Panel;
            }

            var until = now + LiveFor;
            var quoted = new Dictionary<string, FeeOffer>(StringComparer.Ordinal);
            foreach (var answer in _answers)
            {
                if (answer is null || now - answer.At > options.KeepFor)
                {
                    continue;
                }

                foreach (var quote in answer.Quotes)
                {
                    var isLive = quote.Provenance == Provenance.Live && now - answer.At < LiveFor && !HasMoved(answer, mid, options);
                    var offer = quote.AsOffer(isLive ? mid : answer.Mid, isLive ? Provenance.Live : Provenance.Estimate);
                    until = answer.At + LiveFor is var end && end > now && end < until ? end : until;
                    if (!quoted.TryGetValue(quote.Provider, out var other) || IsPreferred(offer, other))
                    {
                        quoted[quote.Provider] = offer;
                    }
                }
            }

            var panel = quoted.Count == 0 ? published : Overlay(published, quoted);
            _panel = (mid, until, panel);
            return panel;
        }
    }

    private static bool Holds(Answer? answer, decimal mid, DateTimeOffset now, QuotesOptions options) =>
        answer is not null && now - answer.At < options.KeepFor && (now - answer.At < LeastKept || !HasMoved(answer, mid, options));

    private static bool HasMoved(Answer answer, decimal mid, QuotesOptions options) => Math.Abs(mid / answer.Mid - 1m) * 10_000m > options.MidMoveBps;

    // The provider's own answer goes before what somebody else collected of it, and the newer before the older.
    private static bool IsPreferred(FeeOffer one, FeeOffer other) =>
        one.Provenance != other.Provenance ? one.Provenance == Provenance.Live : one.CollectedAt > other.CollectedAt;

    // What is quoted replaces what is published of the same kind: another plan, or another way to pay, stays.
    private static ProviderPanel Overlay(ProviderPanel published, Dictionary<string, FeeOffer> quoted) => new(
    [
        .. published.Providers.Select(provider => quoted.TryGetValue(provider.Id, out var offer)
            ? provider with { Offers = [offer, .. provider.Offers.Where(other => other.Plan is not null || other.PayIn != offer.PayIn || other.PayOut != offer.PayOut)] }
            : provider),
        .. quoted.Where(entry => !published.Providers.Any(provider => provider.Id == entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new FeeSchedule(entry.Key, entry.Value.Quoted!.Name, entry.Value.Quoted.Kind, [entry.Value])),
    ]);

    private sealed record Answer(IReadOnlyList<CollectedQuote> Quotes, decimal Mid, DateTimeOffset At);
}
