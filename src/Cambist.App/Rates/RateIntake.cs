using Cambist.App.Rates.Sources;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>Where every reported rate comes in, from whichever source or feed.</summary>
public sealed class RateIntake(RateBook book)
{
    /// <summary>Takes what a source told in one answer.</summary>
    public void Take(RateSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        book.Publish(
        [
            .. sheet.Rates
                .Where(rate => rate.Bid > 0m && rate.Ask >= rate.Bid && rate.EffectiveAt <= sheet.ObservedAt)
                .Select(rate => new RateObservation(new TwoSidedRate(rate.Pair, rate.Bid, rate.Ask), rate.SpreadKnown, rate.Source.Id, rate.EffectiveAt, rate.ObservedAt, rate.Source.FreshFor)),
        ]);
    }
}
