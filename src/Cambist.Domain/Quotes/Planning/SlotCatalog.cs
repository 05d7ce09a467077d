namespace Cambist.Domain.Quotes.Planning;

/// <summary>All offers that may take part in a plan, each at the instants that come into question.</summary>
internal sealed class SlotCatalog
{
    private readonly PlanQuestion _question;
    private readonly LatestSafeOrders _latestSafe;
    private readonly List<OrderSlot> _open = [];
    private readonly List<AllowanceSlot> _limited = [];
    private readonly Dictionary<(string Provider, string Offer, decimal Markup), AllowanceTerms> _terms = [];

    /// <param name="question">The question.</param>
    /// <param name="latestSafe">The latest safe orders before its deadline.</param>
    /// <param name="unknownDelivery">Whether offers whose delivery time is unknown may be used, now.</param>
    public SlotCatalog(PlanQuestion question, LatestSafeOrders latestSafe, bool unknownDelivery)
    {
        (_question, _latestSafe) = (question, latestSafe);
        var stretches = new List<PriceStretch>();
        var limited = new List<OrderSlot>();
        foreach (var (provider, offer) in question.Providers.Providers.SelectMany(provider => provider.Offers, (provider, offer) => (provider, offer)))
        {
            if (!Serves(offer) || LastOrder(offer, unknownDelivery) is not { } last || last < Now)
            {
                continue;
            }

            var slot = new OrderSlot(provider, offer, Now, _latestSafe.Of(offer));
            if (offer.Allowance is null)
            {
                AddOpen(slot with { At = OrderTimes.Falls(offer, Now, last)[^1] }, stretches);
            }
            else
            {
                limited.Add(slot);
            }
        }

        Curve = new PriceCurve(stretches, question.Price.Amount.Currency.SmallestAmount, mayExceed: question.Price.Side == AmountSide.Receive);
        AddBatches(limited);
        Limited = InOrderOfWorth();
    }

    /// <summary>Offers without an allowance, each at its best instant.</summary>
    public IReadOnlyList<OrderSlot> Open => _open;

    /// <summary>Their prices.</summary>
    public PriceCurve Curve { get; }

    /// <summary>The highest of the costs per unit that are the lowest of each offer with the extra charge on all; null where no offer has an allowance.</summary>
    public decimal? DearestRatio { get; private set; }

    /// <summary>Offers with an allowance, those first that can save most, in order of time among equals; the offers of a batch stand together.</summary>
    public IReadOnlyList<AllowanceSlot> Limited { get; }

    private DateTimeOffset Now => _question.Price.At;

    // Where the delivery time is unknown the only instant to speak for is now.
    private DateTimeOffset? LastOrder(FeeOffer offer, bool unknownDelivery) => _latestSafe.Of(offer) ?? (unknownDelivery ? Now : null);

    // Another amount may serve where this one does not; nothing else can.
    private bool Serves(FeeOffer offer) => CostCalculator.Price(offer, _question.Price) switch
    {
        OfferPrice.Priced => true,
        OfferPrice.Unavailable { Refusal: Refusal.BelowMinimum or Refusal.AboveMaximum or Refusal.FeeAboveAmount } => true,
        _ => false,
    };

    private void AddOpen(OrderSlot slot, List<PriceStretch> stretches)
    {
        PricePieces.AddTo(stretches, slot.Offer, CostCalculator.MarkupAt(slot.Offer, slot.At), _question.Price, _open.Count);
        _open.Add(slot);
    }

    private void AddBatches(List<OrderSlot> offers)
    {
        var (pool, row, batch) = (0, 0, 0);
        foreach (var shared in offers.GroupBy(slot => slot.Provider.Id).Select(same => same.ToArray()))
        {
            foreach (var instants in RowsOf(shared))
            {
                foreach (var at in instants)
                {
                    AddBatch(shared, at, (pool, row, batch++));
                }

                row++;
            }

            pool++;
        }
    }

    private void AddBatch(OrderSlot[] shared, DateTimeOffset at, (int Pool, int Row, int Batch) place)
    {
        foreach (var slot in shared.Where(slot => at <= (slot.LatestSafe ?? Now)))
        {
            var markup = CostCalculator.MarkupAt(slot.Offer, at);
            var key = (slot.Provider.Id, slot.Offer.Id, markup);
            var terms = _terms.TryGetValue(key, out var known) ? known : _terms[key] = new AllowanceTerms(slot.Offer, markup, _question.Price);
            _limited.Add(new AllowanceSlot(slot with { At = at }, terms, place.Pool, place.Row, place.Batch, Twin: -1, Worth: 0m));
        }
    }

    private List<AllowanceSlot> InOrderOfWorth()
    {
        DearestRatio = _limited.Max(slot => slot.Terms.ChargedRatio);
        var worth = _limited.ToLookup(slot => slot.Batch, slot => slot.Terms.Whole * slot.Terms.AmountPerBasis * (DearestRatio - slot.Terms.FreeRatio) ?? 0m);
        List<AllowanceSlot> ordered =
        [
            .. _limited.Select(slot => slot with { Worth = worth[slot.Batch].Max() })
                .OrderByDescending(slot => slot.Worth)
                .ThenBy(slot => slot.Slot.At)
                .ThenBy(slot => slot.Slot.Provider.Id, StringComparer.Ordinal)
                .ThenBy(slot => slot.Batch)
                .ThenBy(slot => slot.Slot.Offer.Id, StringComparer.Ordinal),
        ];
        for (var i = 1; i < ordered.Count; i++)
        {
            var slot = ordered[i];
            ordered[i] = slot with { Twin = ordered.FindLastIndex(i - 1, other => other.Row == slot.Row && other.Batch != slot.Batch && other.Terms == slot.Terms) };
        }

        return ordered;
    }

    private List<IReadOnlyList<DateTimeOffset>> RowsOf(OrderSlot[] shared)
    {
        var period = TimeSpan.FromDays(shared.Max(slot => slot.Offer.Allowance!.Days));
        var rows = new List<IReadOnlyList<DateTimeOffset>>();
        foreach (var row in shared.SelectMany(slot => OrderTimes.Rows(slot.Offer, Now, slot.LatestSafe ?? Now, period, _question.MostTransfers)))
        {
            if (!rows.Exists(row.SequenceEqual))
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
