namespace Cambist.Domain.Quotes.Planning;

/// <summary>An offer at an instant at which it may be ordered.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Offer">The offer.</param>
/// <param name="At">The instant.</param>
/// <param name="LatestSafe">The last instant at which an order still arrives in time; null where the delivery time is unknown.</param>
internal sealed record OrderSlot(FeeSchedule Provider, FeeOffer Offer, DateTimeOffset At, DateTimeOffset? LatestSafe);

/// <summary>A slot whose offer has an allowance, which the provider's offers share.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Terms">The prices by what is left of the allowance.</param>
/// <param name="Pool">Index of the provider among those with an allowance.</param>
/// <param name="Row">Index of the row of instants: a plan keeps to one row a provider.</param>
/// <param name="Batch">Index of the row's instant among all: orders of one batch share what is free; another batch of the row begins afresh.</param>
/// <param name="Twin">Index of the slot with the same prices in the batch before, which is to be used first; −1 where there is none.</param>
/// <param name="Worth">No allowance of the batch saves more than this, in the send currency.</param>
internal sealed record AllowanceSlot(OrderSlot Slot, AllowanceTerms Terms, int Pool, int Row, int Batch, int Twin, decimal Worth);

/// <summary>The prices of an offer at one markup, by what is left of its allowance.</summary>
internal sealed class AllowanceTerms
{
    private readonly Dictionary<decimal, PriceCurve> _curves = [];
    private readonly FeeOffer _offer;
    private readonly decimal _markupPercent;
    private readonly PriceQuestion _question;

    public AllowanceTerms(FeeOffer offer, decimal markupPercent, PriceQuestion question)
    {
        (_offer, _markupPercent, _question) = (offer, markupPercent, question);
        var free = new List<PriceStretch>();
        PricePieces.AddTo(free, offer with { Allowance = null }, markupPercent, question, index: 0);
        var amount = question.Amount.Amount;
        FreeRatio = Ratio(Curve(free), amount);
        ChargedRatio = Ratio(With(0m), amount);
        AmountPerBasis = free.Count == 0 ? 0m : free.Max(stretch => Math.Max(PerBasis(stretch.From, stretch.BasisFrom), PerBasis(stretch.To, stretch.BasisTo)));

        decimal PerBasis(decimal at, decimal basis) => basis >= Math.Min(Whole, free[^1].BasisTo) ? at / basis : 0m;
    }

    /// <summary>The whole allowance, in the send currency.</summary>
    public decimal Whole => _offer.Allowance!.Amount;

    /// <summary>No unit costs less than this while it is free of the extra charge; null where the offer takes no such amount.</summary>
    public decimal? FreeRatio { get; }

    /// <summary>No unit costs less than this with the extra charge on all of it.</summary>
    public decimal? ChargedRatio { get; }

    /// <summary>How much of the question's amount one unit of the allowance is worth at most.</summary>
    public decimal AmountPerBasis { get; }

    /// <summary>The offer where so much of its allowance is left.</summary>
    public static FeeOffer With(FeeOffer offer, decimal left) => offer with { Allowance = offer.Allowance! with { Amount = left } };

    /// <summary>The prices where so much of the allowance is left.</summary>
    public PriceCurve With(decimal left)
    {
        if (!_curves.TryGetValue(left, out var curve))
        {
            var stretches = new List<PriceStretch>();
            PricePieces.AddTo(stretches, With(_offer, left), _markupPercent, _question, index: 0);
            curve = _curves[left] = Curve(stretches);
        }

        return curve;
    }

    private PriceCurve Curve(List<PriceStretch> stretches) =>
        new(stretches, _question.Amount.Currency.SmallestAmount, mayExceed: _question.Side == AmountSide.Receive);

    private static decimal? Ratio(PriceCurve curve, decimal amount) => curve.LeastCost(amount) / amount;
}
