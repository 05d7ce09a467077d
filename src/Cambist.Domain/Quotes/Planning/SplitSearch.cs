namespace Cambist.Domain.Quotes.Planning;

/// <summary>
/// Finds the split with the lowest cost, by branch and bound over the amounts at which prices bend.
/// </summary>
/// <remarks>
/// Why that is exact: between its bends the cost of a transfer is straight in its amount. If two transfers of a split both stood inside such a straight piece, a unit could be
/// moved from the one to the other without cost in one of the two directions, until one of them stands at a bend. So some best split has at most one transfer that is not at a bend:
/// it takes the rest, and all others are enumerated. Offers without an allowance do not hinder each other, so of them only the lowest envelope counts.
/// </remarks>
internal sealed class SplitSearch
{
    /// <summary>Costs that are equal up to here are equal: quotients differ in their last digits.</summary>
    public const int CostDecimals = 12;

    // A partial plan costs the more to weigh the more orders inside allowances there are.
    private const int SlotsPerStep = 10;

    private readonly SlotCatalog _catalog;
    private readonly SplitState _state;
    private readonly SplitBound _bound;
    private readonly decimal _leastSaving;
    private readonly Split?[] _best;

    /// <param name="catalog">The offers and their instants.</param>
    /// <param name="question">The question of the plan.</param>
    public SplitSearch(SlotCatalog catalog, PlanQuestion question)
    {
        _catalog = catalog;
        _leastSaving = PlanSearch.LeastSaving(question);
        _best = new Split?[question.MostTransfers];
        _state = new SplitState(catalog);
        _bound = new SplitBound(catalog, _state, _leastSaving, question.MostTransfers);
        TakeTheBestOneByOne(question.Price.Amount.Amount);
        Explore(question.Price.Amount.Amount, firstSlot: 0, firstBreak: 0);
    }

    /// <summary>The best split before fees are rounded, and on the way to it the best that were found with fewer transfers.</summary>
    public IEnumerable<Split> Best => _best.OfType<Split>();

    /// <summary>How many partial plans were looked at, as <see cref="PlanSearch.MostSteps"/> counts them.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether the search went to its end.</summary>
    public bool IsExhaustive => Steps <= PlanSearch.MostSteps;

    private bool HasRoom => _state.Parts.Count + 1 < _best.Length;

    /// <summary>A good split to begin with: the bound cuts the more off the better the best known split is.</summary>
    private void TakeTheBestOneByOne(decimal left)
    {
        var taken = new Stack<(AllowanceSlot? Slot, PriceBreak At)>();
        var lowest = Complete(left);
        for (var gained = true; gained && HasRoom;)
        {
            (AllowanceSlot? Slot, PriceBreak At)? best = null;
            foreach (var (slot, at, _) in Next(left, firstSlot: 0, firstBreak: 0))
            {
                _state.Add(slot, at);
                if (Complete(left - at.Amount) is var cost && cost < lowest)
                {
                    (best, lowest) = ((slot, at), cost);
                }

                _state.Remove(slot, at);
            }

            gained = best is not null;
            if (best is { } next)
            {
                _state.Add(next.Slot, next.At);
                taken.Push(next);
                left -= next.At.Amount;
            }
        }

        while (taken.TryPop(out var last))
        {
            _state.Remove(last.Slot, last.At);
        }
    }

    private void Explore(decimal left, int firstSlot, int firstBreak)
    {
        Steps += 1 + _catalog.Limited.Count / SlotsPerStep;
        if (!IsExhaustive || !_bound.MayCostLess(left, firstSlot, than: Limit(_best.Length - 1)))
        {
            return;
        }

        Complete(left);
        if (!HasRoom)
        {
            return;
        }

        foreach (var (slot, at, index) in Next(left, firstSlot, firstBreak))
        {
            _state.Add(slot, at);
            Explore(left - at.Amount, slot is null ? _catalog.Limited.Count : FirstOfBatch(index), slot is null ? index : 0);
            _state.Remove(slot, at);
        }
    }

    /// <summary>The transfers that may come next, which are not the last: those within allowances, then those without.</summary>
    private IEnumerable<(AllowanceSlot? Slot, PriceBreak At, int Index)> Next(decimal left, int firstSlot, int firstBreak)
    {
        for (var i = firstSlot; i < _catalog.Limited.Count; i++)
        {
            if (_state.IsOpen(i))
            {
                foreach (var at in _catalog.Limited[i].Terms.With(_state.Free(i)).Breaks)
                {
                    if (at.Amount < left)
                    {
                        yield return (_catalog.Limited[i], at, i);
                    }
                }
            }
        }

        for (var i = firstBreak; i < _catalog.Curve.Breaks.Count; i++)
        {
            if (_catalog.Curve.Breaks[i].Amount < left)
            {
                yield return (null, _catalog.Curve.Breaks[i], i);
            }
        }
    }

    /// <summary>Gives what is left to one transfer, wherever that costs least; the lowest cost of the whole, with what each transfer must save.</summary>
    private decimal Complete(decimal left)
    {
        var lowest = decimal.MaxValue;
        if (_catalog.Curve.At(left) is { } open)
        {
            lowest = Keep(new SplitPart(_catalog.Open[open.Offer], open.Amount), open.Cost);
        }

        for (var i = 0; i < _catalog.Limited.Count; i++)
        {
            if (_state.IsOpen(i) && _catalog.Limited[i].Terms.With(_state.Free(i)).At(left) is { } last)
            {
                lowest = Math.Min(lowest, Keep(new SplitPart(_catalog.Limited[i].Slot, last.Amount), last.Cost));
            }
        }

        return lowest;
    }

    private decimal Keep(SplitPart last, decimal lastCost)
    {
        var others = _state.Parts.Count;
        var cost = decimal.Round(_state.Cost + lastCost, CostDecimals);
        if (cost + _leastSaving * others < Limit(others) || (_best[others] is { } best && cost == best.Cost && EndWith(last) < best.End))
        {
            _best[others] = new Split([.. _state.Parts, last], cost, EndWith(last));
        }

        return cost + _leastSaving * others;
    }

    private DateTimeOffset EndWith(SplitPart last)
    {
        var end = last.Slot.At;
        foreach (var part in _state.Parts)
        {
            end = part.Slot.At > end ? part.Slot.At : end;
        }

        return end;
    }

    /// <summary>The lowest cost of a split with at most so many transfers besides the last, with what each of these must save.</summary>
    private decimal Limit(int others)
    {
        var limit = decimal.MaxValue;
        for (var i = 0; i <= others; i++)
        {
            limit = _best[i] is { } best ? Math.Min(limit, best.Cost + _leastSaving * i) : limit;
        }

        return limit;
    }

    private int FirstOfBatch(int index)
    {
        while (index > 0 && _catalog.Limited[index - 1].Batch == _catalog.Limited[index].Batch)
        {
            index--;
        }

        return index;
    }
}

/// <summary>One transfer of a split.</summary>
/// <param name="Slot">Through which offer, and when.</param>
/// <param name="Amount">What of the question's amount it takes.</param>
internal readonly record struct SplitPart(OrderSlot Slot, decimal Amount);

/// <summary>An amount in parts, the last of which takes the rest.</summary>
/// <param name="Parts">The parts, in no order but for the last.</param>
/// <param name="Cost">Cost before rounding, in the send currency.</param>
/// <param name="End">When the last of them is ordered.</param>
internal sealed record Split(IReadOnlyList<SplitPart> Parts, decimal Cost, DateTimeOffset End);
