using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes.Planning;

/// <summary>
/// The cheapest provider, time and split before a deadline at an unchanged mid-market rate: only what is certain counts, no forecast. Markup windows end, allowances begin
/// afresh, and parts may be cheaper than the whole, or fit where the whole does not.
/// </summary>
/// <remarks>
/// The best plan of at most <see cref="MostTransfers"/> transfers is found among orders at instants at which a price falls; orders that share an allowance are made together or a
/// whole rolling period apart. It is exact but for rounding: another plan may be cheaper by a minor unit or two a transfer, no more. Every figure is the calculator's own.
/// </remarks>
public static class PlanSearch
{
    /// <summary>More transfers than this nobody makes.</summary>
    public const int MostTransfers = 6;

    /// <summary>
    /// After so many partial plans the search stops, and the plan says that it is not proven best: about 20 ms. A partial plan counts once, and once more for each ten orders inside
    /// allowances that come into question. The shipped schedules need less than a hundred.
    /// </summary>
    public const int MostSteps = 10_000;

    /// <summary>The plan; null where no provider has a price for the amount, whole or in parts.</summary>
    /// <exception cref="ArgumentException">The question asks for fewer transfers than one, for more than <see cref="MostTransfers"/>, or for a saving below zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The deadline lies outside the years that the calendar knows.</exception>
    public static ConversionPlan? Find(PlanQuestion question)
    {
        if (question.MostTransfers is < 1 or > MostTransfers || question.LeastSavingPerTransfer < 0m)
        {
            throw new ArgumentException(
                $"A plan has 1 to {MostTransfers} transfers that each save 0 or more, was {question.MostTransfers} and {question.LeastSavingPerTransfer}.", nameof(question));
        }

        var latestSafe = new LatestSafeOrders(question.Deadline, question.Calendar);
        var quotes = question.Providers.Rank(question.Price).Where(quote => quote.Cost is not null).Select(quote => quote with { LatestSafe = latestSafe.Of(quote.Offer) }).ToArray();
        var bestNow = Array.Find(quotes, quote => quote.LatestSafe >= question.Price.At) ?? Array.Find(quotes, quote => quote.LatestSafe is null);

        var catalog = new SlotCatalog(question, latestSafe, unknownDelivery: bestNow?.LatestSafe is null);
        var search = new SplitSearch(catalog, question);
        var best = Best(search.Best, catalog, question);
        if (bestNow is null)
        {
            return best is not null ? PlanOf(best, null, null, question, search.IsExhaustive)
                : quotes.Length > 0 ? AtOnce(quotes[0], question, isProvenBest: true)
                : null;
        }

        var saved = best is null ? 0m : PricedSplit.CostOf(bestNow.Cost!.Paid, bestNow.Cost.Received, question.Price) - CostOf(best, question.Price);
        var saving = new Money(saved, question.Price.Pair.Base).RoundedDown();
        return saving.Amount > 0m && saved > Trouble(best!, question)
            ? PlanOf(best!, saving, bestNow, question, search.IsExhaustive)
            : AtOnce(bestNow, question, search.IsExhaustive);
    }

    /// <summary>What each transfer beyond the first must save more than, in the send currency.</summary>
    internal static decimal LeastSaving(PlanQuestion question) => Math.Max(question.LeastSavingPerTransfer, question.Price.Pair.Base.SmallestAmount);

    // All single transfers stand beside what the search found, for it knows prices before rounding. Fewer transfers before an earlier end before the provider's id.
    private static PricedSplit? Best(IEnumerable<Split> found, SlotCatalog catalog, PlanQuestion question) => found
        .Concat(catalog.Open.Concat(catalog.Limited.Select(limited => limited.Slot)).Select(slot => new Split([new SplitPart(slot, question.Price.Amount.Amount)], 0m, slot.At)))
        .Select(split => PricedSplit.Of(split, question.Price))
        .OfType<PricedSplit>()
        .OrderBy(split => CostOf(split, question.Price) + Trouble(split, question))
        .ThenBy(split => split.Parts.Count)
        .ThenBy(split => split.End)
        .ThenBy(split => split.Parts[0].Slot.Provider.Id, StringComparer.Ordinal)
        .FirstOrDefault();

    private static decimal CostOf(PricedSplit split, PriceQuestion question) => PricedSplit.CostOf(split.Paid, split.Received, question);

    private static decimal Trouble(PricedSplit split, PlanQuestion question) => LeastSaving(question) * (split.Parts.Count - 1);

    private static ConversionPlan AtOnce(ProviderQuote quote, PlanQuestion question, bool isProvenBest)
    {
        var slot = new OrderSlot(quote.Provider, quote.Offer, question.Price.At, quote.LatestSafe);
        var only = new PricedPart(slot, quote.Cost!, quote.Offer.Allowance?.Amount);
        return PlanOf(new PricedSplit([only], quote.Cost!.Paid, quote.Cost.Received), Money.Zero(question.Price.Pair.Base).Rounded(), quote, question, isProvenBest);
    }

    private static ConversionPlan PlanOf(PricedSplit split, Money? saving, ProviderQuote? bestNow, PlanQuestion question, bool isProvenBest) => new(
        [.. split.Parts.Select(part => new PlannedTransfer(
            part.Slot.At.ToUniversalTime(), part.Slot.Provider, part.Slot.Offer, part.Cost, part.Slot.LatestSafe, PlanWording.Why(part, split, question)))],
        split.Paid,
        split.Received,
        saving,
        bestNow,
        isProvenBest);
}
