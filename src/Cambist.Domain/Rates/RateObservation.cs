using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;

namespace Cambist.Domain.Rates;

/// <summary>A rate with its two times and its source.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="SpreadKnown">False where only a mid price was told, so that bid and ask say nothing.</param>
/// <param name="Source">The source, or those of a consensus separated by commas; of a cross rate the sources of its legs joined by <c>+</c>.</param>
/// <param name="EffectiveAt">When it was true in the market; of a cross rate the older leg's time.</param>
/// <param name="ObservedAt">When it became known to us; of a cross rate the later leg's time.</param>
/// <param name="FreshFor">How much open market time it may age before it is stale, by the cadence of its source.</param>
public sealed record RateObservation(
    TwoSidedRate Rate, bool SpreadKnown, string Source, DateTimeOffset EffectiveAt, DateTimeOffset ObservedAt, TimeSpan FreshFor)
    : ICrossable<RateObservation>
{
    /// <summary>What the rate rests on; of a cross rate a reference rate where one leg is.</summary>
    public RateKind Kind { get; init; } = RateKind.Live;

    /// <inheritdoc />
    public CurrencyPair Pair => Rate.Pair;

    /// <inheritdoc />
    public double PathCost => (double)Rate.SpreadBps;

    /// <summary>
    /// Whether it is too old for advice. Age is counted in open market time: the price of Friday's close is as good on Sunday morning as it was on
    /// Friday, for no newer one exists.
    /// </summary>
    public bool IsStale(DateTimeOffset now) => FxWeek.OpenTimeBetween(EffectiveAt, now) > FreshFor;

    /// <inheritdoc />
    public RateObservation Inverse() => this with { Rate = Rate.Inverse() };

    /// <inheritdoc />
    public RateObservation Times(RateObservation next) => new(
        Rate.Times(next.Rate),
        SpreadKnown && next.SpreadKnown,
        Source == next.Source ? Source : $"{Source}+{next.Source}",
        EffectiveAt < next.EffectiveAt ? EffectiveAt : next.EffectiveAt,
        ObservedAt > next.ObservedAt ? ObservedAt : next.ObservedAt,
        FreshFor < next.FreshFor ? FreshFor : next.FreshFor)
    {
        Kind = Kind > next.Kind ? Kind : next.Kind,
    };
}
