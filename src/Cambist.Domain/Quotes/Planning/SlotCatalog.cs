using Cambist.Domain.Calendars;

namespace Cambist.Domain.Quotes.Planning;

/// <summary>All offers that may take part in a plan, each at the instants that come into question.</summary>
internal sealed class SlotCatalog
{
    private readonly PlanQuestion _question;
    private readonly LatestSafeOrders _latestSafe;
    private readonly List<OrderSlot> _open = [];
    private readonly List<AllowanceSlot> _limited = [];

    /// <param name="question">The question.</param>
    /// <param name="latestSafe">The latest safe orders before its deadline.</param>
    /// <param name="unknownDelivery">Whether offers whose delivery time is unknown may be used, now.</param>
    public SlotCatalog(PlanQuestion question, LatestSafeOrders latestSafe, bool unknownDelivery)
    {
        (_question, _latestSafe) = (question, latestSafe);
        var stretches = new List<PriceStretch>();
        var limited = new List<OrderSlot>();
        foreach (var provider in question.Providers.Providers)
        {
            foreach (var offer in provider.Offers)
            {
                if (Serves(offer) && LastOrder(offer, unknownDelivery) is { } last && last >= Now)
                {
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
            }
        }

        Curve = new PriceCurve(stretches, question.Price.Amount.Currency.SmallestAmount, mayExceed: question.Price.Side == AmountSide.Receive);
        AddLimited(limited);
    }

    /// <summary>Offers without an allowance, each at its best instant.</summary>
    public IReadOnlyList<OrderSlot> Open => _open;

    /// <summary>Their prices.</summary>
    public PriceCurve Curve { get; }

    /// <summary>The highest of the costs per unit that are the lowest of each offer with the extra charge on all; null where no offer has an allowance.</summary>
    public decimal? DearestRatio { get; private set; }

    /// <summary>Offers with an allowance, those first that can save most, in order of time among equals; the offers of a batch stand together.</summary>
    public IReadOnlyList<AllowanceSlot> Limited => _limited;

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
        PricePieces.AddTo(stretches, slot.Offer, OrderTimes.MarkupAt(slot.Offer, slot.At), _question.Price, _open.Count);
        _open.Add(slot);
    }

    private void AddLimited(List<OrderSlot> offers)
    {
        var (pool, row, batch) = (0, 0, 0);
        var terms = new Dictionary<(string Provider, string Offer, decimal Markup), AllowanceTerms>();
        foreach (var shared in offers.GroupBy(slot => slot.Provider.Id))
        {
            var period = TimeSpan.FromDays(shared.Max(slot => slot.Offer.Allowance!.Days));
            foreach (var instants in RowsOf([.. shared], period))
            {
                foreach (var at in instants)
                {
                    foreach (var slot in shared.Where(slot => at <= (slot.LatestSafe ?? Now)))
                    {
                        var key = (slot.Provider.Id, slot.Offer.Id, OrderTimes.MarkupAt(slot.Offer, at));
                        var priced = terms.TryGetValue(key, out var known) ? known : terms[key] = new AllowanceTerms(slot.Offer, key.Item3, _question.Price);
                        _limited.Add(new AllowanceSlot(slot with { At = at }, priced, pool, row, batch, Twin: -1, Worth: 0m));
                    }

                    batch++;
                }

                row++;
            }

            pool++;
        }

        DearestRatio = _limited.Max(slot => slot.Terms.ChargedRatio);
        var worth = _limited.ToLookup(slot => slot.Batch, slot => slot.Terms.Whole * slot.Terms.AmountPerBasis * (DearestRatio - slot.Terms.FreeRatio) ?? 0m);
        for (var i = 0; i < _limited.Count; i++)
        {
            _limited[i] = _limited[i] with { Worth = worth[_limited[i].Batch].Max() };
        }

        _limited.Sort(InOrder);
        for (var i = 0; i < _limited.Count; i++)
        {
            var slot = _limited[i];
            _limited[i] = slot with { Twin = _limited.FindLastIndex(Math.Max(0, i - 1), other => other.Row == slot.Row && other.Batch != slot.Batch && other.Terms == slot.Terms) };
        }
    }

    private List<IReadOnlyList<DateTimeOffset>> RowsOf(IReadOnlyList<OrderSlot> shared, TimeSpan period)
    {
        var rows = new List<IReadOnlyList<DateTimeOffset>>();
        foreach (var slot in shared)
        {
            foreach (var row in OrderTimes.Rows(slot.Offer, Now, slot.LatestSafe ?? Now, period, _question.MostTransfers))
            {
                if (!rows.Exists(row.SequenceEqual))
                {
                    rows.Add(row);
                }
            }
        }

        return rows;
    }

    private static int InOrder(AllowanceSlot one, AllowanceSlot other)
    {
        var byWorth = other.Worth.CompareTo(one.Worth);
        if (byWorth != 0)
        {
            return byWorth;
        }

        var byTime = one.Slot.At.CompareTo(other.Slot.At);
        if (byTime != 0)
        {
            return byTime;
        }

        var byProvider = string.CompareOrdinal(one.Slot.Provider.Id, other.Slot.Provider.Id);
        if (byProvider != 0)
        {
            return byProvider;
        }

        var byBatch = one.Batch.CompareTo(other.Batch);
        return byBatch != 0 ? byBatch : string.CompareOrdinal(one.Slot.Offer.Id, other.Slot.Offer.Id);
    }
}

/// <summary>The last instant at which an order of each offer still arrives before the deadline of a question.</summary>
internal sealed class LatestSafeOrders(PlanQuestion question)
{
    private readonly Dictionary<DeliveryTime, DateTimeOffset> _known = []; // Providers share a few delivery times.

    /// <summary>The instant, in UTC; null where the delivery time is unknown.</summary>
    public DateTimeOffset? Of(FeeOffer offer)
    {
        if (offer.Delivery is not { } delivery)
        {
            return null;
        }

        if (!_known.TryGetValue(delivery, out var latest))
        {
            latest = _known[delivery] = LatestSafeOrder.Before(question.Deadline, delivery, question.Calendar);
        }

        return latest;
    }
}
