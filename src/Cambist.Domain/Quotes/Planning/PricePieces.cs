using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes.Planning;

/// <summary>
/// Takes the price of an offer to pieces. It bends or jumps at the bounds of tiers, where the variable fee meets its minimum or maximum, at the edge of an allowance, and at
/// the limits of the offer; between them it is straight. Just above a bound from which on a fee on top is higher there may be totals that cannot be spent: no piece covers those.
/// </summary>
internal sealed class PricePieces
{
    private readonly FeeOffer _offer;
    private readonly PriceQuestion _question;
    private readonly decimal _rate;
    private readonly decimal _onTheWay;
    private readonly bool _begins;
    private readonly decimal _leastConverted;
    private readonly decimal _end;

    /// <param name="offer">An offer that serves the route, with what is left of its allowance.</param>
    /// <param name="markupPercent">Its markup at the instant in question, all windows counted.</param>
    /// <param name="question">The question; its instant does not matter here.</param>
    private PricePieces(FeeOffer offer, decimal markupPercent, PriceQuestion question)
    {
        (_offer, _question) = (offer, question);
        _rate = CostCalculator.RateAt(question.Mid, markupPercent);
        _onTheWay = CostCalculator.TakenForCertain(offer, question.Pair.Base);
        var somethingArrives = _onTheWay + question.Pair.Quote.SmallestAmount / _rate;
        _begins = !(offer.Limits.Minimum > somethingArrives);
        _leastConverted = Sent(Math.Max(offer.Limits.Minimum ?? 0m, somethingArrives)).RoundedUp().Amount;
        _end = IsSend ? question.Amount.Amount : EndOfReceiving();
    }

    private bool IsSend => _question.Side == AmountSide.Send;

    private bool IsOnTop => _offer.FeeMode == FeeMode.OnTop;

    private Currency Send => _question.Pair.Base;

    /// <summary>The pieces up to the question's amount; for receive also those that begin above it, where a little more costs less.</summary>
    public static void AddTo(List<PriceStretch> stretches, FeeOffer offer, decimal markupPercent, PriceQuestion question, int index)
    {
        var pieces = new PricePieces(offer, markupPercent, question);
        for (var tier = 0; tier < offer.FeeTiers.Count; tier++)
        {
            pieces.AddTier(stretches, tier, index);
        }
    }

    private void AddTier(List<PriceStretch> stretches, int tier, int index)
    {
        var (lowest, highest) = BoundsOf(tier);
        if (lowest > highest)
        {
            return;
        }

        var start = At(tier, lowest);
        foreach (var bend in BendsOf(tier, lowest, highest))
        {
            var to = At(tier, bend);
            var (first, last) = (InMinorUnits(start.Amount).RoundedUp().Amount, InMinorUnits(to.Amount).RoundedDown().Amount);
            if (first <= last)
            {
                var slope = start.Amount == to.Amount ? 0m : (to.Cost - start.Cost) / (to.Amount - start.Amount);
                var begins = _begins && tier == 0 && start.Basis == lowest;
                stretches.Add(new PriceStretch(first, last, start.Cost + (first - start.Amount) * slope, slope, start.Basis, to.Basis, begins, index));
            }

            start = to;
        }
    }

    /// <summary>The smallest and the largest basis of the fee within a tier that the offer takes and the question asks for.</summary>
    private (decimal Lowest, decimal Highest) BoundsOf(int index)
    {
        var tier = _offer.FeeTiers[index];
        var lowest = Math.Max(Fees.LowestOf(_offer.FeeTiers, index, Send).Amount, BasisThatConverts(tier, _leastConverted));
        var highest = index == _offer.FeeTiers.Count - 1 ? _end : Math.Min(_end, Fees.HighestOf(tier, Send));
        if (_offer.Limits.Maximum is { } maximum)
        {
            highest = Math.Min(highest, BasisThatConverts(tier, Sent(maximum).RoundedDown().Amount + Send.SmallestAmount) - Send.SmallestAmount);
        }

        // A total on top for which a higher tier's least amount can be had buys that one, whether the offer takes it or not.
        for (var next = index + 1; next < _offer.FeeTiers.Count && IsOnTop && lowest <= highest; next++)
        {
            var total = At(next, Fees.LowestOf(_offer.FeeTiers, next, Send).Amount).Paid - Send.SmallestAmount;
            highest = Math.Min(highest, AmountSearch.LargestWithFee(_offer, tier, Sent(total)));
        }

        return (lowest, highest);
    }

    /// <summary>Where the fee bends inside a tier, and the tier's end.</summary>
    private IEnumerable<decimal> BendsOf(int index, decimal lowest, decimal highest)
    {
        var tier = _offer.FeeTiers[index];
        decimal?[] bends =
        [
            tier.Percent > 0m ? tier.Minimum / tier.Percent * 100m : null,
            tier.Percent > 0m ? tier.Maximum / tier.Percent * 100m : null,
            _offer.Allowance?.Amount,
        ];
        return bends.OfType<decimal>()
            .Where(bend => bend < highest)
            .Select(bend => Sent(bend).RoundedDown().Amount)
            .Where(bend => bend > lowest)
            .Distinct()
            .Order()
            .Append(highest);
    }

    private Point At(int tier, decimal basis)
    {
        var (_, variable, fee) = Fees.In(_offer, _offer.FeeTiers[tier], Sent(basis));
        var (converted, paid) = IsOnTop ? (basis, basis + fee.Amount) : (basis - fee.Amount, basis);
        var arrives = (converted - _onTheWay) * _rate;

        // Of a few minor units the rounded fee is nothing or all, which would make them look like the cheapest of all amounts: the cost is told without rounding.
        var rounding = Fees.VariableIn(_offer, _offer.FeeTiers[tier], basis) - variable.Amount;
        return IsSend ? new Point(basis, paid, paid, paid - arrives / _question.Mid + rounding) : new Point(basis, paid, arrives, paid + rounding);
    }

    // Above what is asked nothing is of interest but the least that the offer takes, and where a tier begins whose fee may be lower.
    private decimal EndOfReceiving()
    {
        var converted = Math.Max(_leastConverted, Sent(_question.Amount.Amount / _rate + _onTheWay).RoundedUp().Amount + Send.SmallestAmount);
        var end = IsOnTop ? converted : AmountSearch.SmallestNetOfFee(_offer, Sent(converted)).Amount;
        return Math.Max(end, Fees.LowestOf(_offer.FeeTiers, _offer.FeeTiers.Count - 1, Send).Amount);
    }

    private decimal BasisThatConverts(FeeTier tier, decimal converted) =>
        IsOnTop ? converted : AmountSearch.SmallestNetOfFee(_offer, tier, Sent(converted));

    private Money Sent(decimal amount) => new(amount, Send);

    private Money InMinorUnits(decimal amount) => new(amount, _question.Amount.Currency);

    private readonly record struct Point(decimal Basis, decimal Paid, decimal Amount, decimal Cost);
}
