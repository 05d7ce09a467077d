using Cambist.Domain.Currencies;

namespace Cambist.Domain.Rates;

/// <summary>A rate as a source told it, before anyone checked it: it may be crossed, negative, old, of tomorrow, or wrong by a factor.</summary>
/// <param name="Source">Who told it.</param>
/// <param name="Pair">The pair.</param>
/// <param name="Bid">What one unit of the base currency sells for.</param>
/// <param name="Ask">What one unit of the base currency costs; equal to the bid where only a mid price was told.</param>
/// <param name="SpreadKnown">False where only a mid price was told.</param>
/// <param name="EffectiveAt">When it was true in the market, by the source's word; where the source gives no time, when it was received.</param>
/// <param name="ObservedAt">When it became known to us.</param>
public sealed record ReportedRate(
    SourceProfile Source, CurrencyPair Pair, decimal Bid, decimal Ask, bool SpreadKnown, DateTimeOffset EffectiveAt, DateTimeOffset ObservedAt)
    : ICrossable<ReportedRate>
{
    /// <summary>Halfway between bid and ask.</summary>
    public decimal Mid => SpreadKnown ? (Bid + Ask) / 2m : Bid;

    /// <inheritdoc />
    public double PathCost => Mid > 0m ? (double)((Ask - Bid) / Mid) : double.MaxValue;

    /// <inheritdoc />
    public ReportedRate Inverse() => this with { Pair = Pair.Inverse, Bid = Inverse(Ask), Ask = Inverse(Bid) };

    /// <inheritdoc />
    public ReportedRate Times(ReportedRate next)
    {
        if (next.Pair.Base != Pair.Quote)
        {
            throw new ArgumentException($"A cross of {Pair} goes on with a pair of base {Pair.Quote}, was {next.Pair}.", nameof(next));
        }

        return new ReportedRate(
            Source,
            new CurrencyPair(Pair.Base, next.Pair.Quote),
            RateDigits.Exact(Bid * next.Bid),
            RateDigits.Exact(Ask * next.Ask),
            SpreadKnown && next.SpreadKnown,
            EffectiveAt < next.EffectiveAt ? EffectiveAt : next.EffectiveAt,
            ObservedAt > next.ObservedAt ? ObservedAt : next.ObservedAt);
    }

    // What is no rate stays none, so that the checks find it.
    private static decimal Inverse(decimal price) => price == 0m ? 0m : RateDigits.Exact(1m / price);
}
