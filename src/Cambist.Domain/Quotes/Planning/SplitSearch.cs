namespace Cambist.Domain.Quotes.Planning;

/// <summary>
/// Finds the split with the lowest cost, by branch and bound over the amounts at which prices bend.
/// </summary>
/// <remarks>
/// <para>
/// Why that is exact: between its bends the cost of a transfer is straight in its amount. If two transfers of a split both stood inside such a straight piece, a unit could be
/// moved from the one to the other without cost in one of the two directions, until one of them stands at a bend. So some best split has at most one transfer that is not at a bend:
/// it takes the rest, and all others are enumerated. Offers without an allowance do not hinder each other, so of them only the lowest envelope counts.
/// </para>
/// <para>
/// The bound: what is left costs at least its amount times the lowest cost per unit of any transfer that is not larger, less what fresh allowances can save on the
/// part that fits into them, with as many transfers as may still be made.
/// </para>
/// </remarks>
internal sealed class SplitSearch
{
    /// <summary>Costs that are equal up to here are equal: quotients differ in their last digits.</summary>
    public const int CostDecimals = 12;

    private readonly IReadOnlyList<AllowanceSlot> _slots;
    private readonly IReadOnlyList<OrderSlot> _open;
    private readonly PriceCurve _curve;
    private readonly decimal _leastSaving;

    private readonly List<SplitPart> _parts = [];
    private readonly Split?[] _best;
    private readonly decimal[] _used;
    private readonly int[] _rows;
    private readonly int[] _rowUses;
    private readonly decimal[] _gains;
    private decimal _cost;
    private int _steps;

    /// <param name="catalog">The offers and their instants.</param>
    /// <param name="question">The question of the plan.</param>
    public SplitSearch(SlotCatalog catalog, PlanQuestion question)
    {
        (_slots, _open, _curve) = (catalog.Limited, catalog.Open, catalog.Curve);
        _leastSaving = PlanSearch.LeastSaving(question);
        _best = new Split?[question.MostTransfers];
        _gains = new decimal[question.MostTransfers];
        _used = new decimal[_slots.Count == 0 ? 0 : _slots.Max(slot => slot.Batch) + 1];
        _rows = new int[_slots.Count == 0 ? 0 : _slots.Max(slot => slot.Pool) + 1];
        _rowUses = new int[_rows.Length];
        Explore(question.Price.Amount.Amount, firstSlot: 0, firstBreak: 0);
    }

    /// <summary>The best split of each number of transfers that is better than all with fewer, before fees are rounded.</summary>
    public IEnumerable<Split> Best => _best.OfType<Split>();

    /// <summary>How many partial plans were looked at.</summary>
    public int Steps => _steps;

    /// <summary>Whether the search went to its end.</summary>
    public bool IsExhaustive => _steps <= PlanSearch.MostSteps;

    private void Explore(decimal left, int firstSlot, int firstBreak)
    {
        if (++_steps > PlanSearch.MostSteps || !CanImprove(left, firstSlot))
        {
            return;
        }

        Complete(left);
        if (_parts.Count + 1 < _best.Length)
        {
            BranchOnAllowances(left, firstSlot);
            BranchOnOpen(left, firstBreak);
        }
    }

    /// <summary>Gives what is left to one transfer, wherever that costs least.</summary>
    private void Complete(decimal left)
    {
        if (_curve.At(left) is { } open)
        {
            Keep(new SplitPart(_open[open.Offer], open.Amount), open.Cost);
        }

        for (var i = 0; i < _slots.Count; i++)
        {
            if (IsOpen(i) && _slots[i].Terms.With(Left(i)).At(left) is { } last)
            {
                Keep(new SplitPart(_slots[i].Slot, last.Amount), last.Cost);
            }
        }
    }

    private void Keep(SplitPart last, decimal cost)
    {
        var number = _parts.Count;
        cost = decimal.Round(_cost + cost, CostDecimals);
        var end = last.Slot.At;
        foreach (var part in _parts)
        {
            end = part.Slot.At > end ? part.Slot.At : end;
        }

        if (cost + _leastSaving * number < Limit(number) || (_best[number] is { } best && cost == best.Cost && end < best.End))
        {
            _best[number] = new Split([.. _parts, last], cost, end);
        }
    }

    private void BranchOnAllowances(decimal left, int first)
    {
        for (var i = first; i < _slots.Count; i++)
        {
            if (!IsOpen(i))
            {
                continue;
            }

            var slot = _slots[i];
            foreach (var at in slot.Terms.With(Left(i)).Breaks)
            {
                if (at.Amount < left)
                {
                    Use(slot, at, 1);
                    Explore(left - at.Amount, FirstOfBatch(i), firstBreak: 0);
                    Use(slot, at, -1);
                }
            }
        }
    }

    private void Use(AllowanceSlot slot, PriceBreak at, int sign)
    {
        _used[slot.Batch] += sign * at.Basis;
        _cost += sign * at.Cost;
        _rowUses[slot.Pool] += sign;
        _rows[slot.Pool] = slot.Row;
        PushOrPop(new SplitPart(slot.Slot, at.Amount), sign);
    }

    private void BranchOnOpen(decimal left, int first)
    {
        for (var i = first; i < _curve.Breaks.Count; i++)
        {
            var at = _curve.Breaks[i];
            if (at.Amount < left)
            {
                _cost += at.Cost;
                PushOrPop(new SplitPart(_open[at.Offer], at.Amount), 1);
                Explore(left - at.Amount, _slots.Count, firstBreak: i);
                PushOrPop(default, -1);
                _cost -= at.Cost;
            }
        }
    }

    private void PushOrPop(SplitPart part, int sign)
    {
        if (sign > 0)
        {
            _parts.Add(part);
        }
        else
        {
            _parts.RemoveAt(_parts.Count - 1);
        }
    }

    /// <summary>Whether what is left may still be converted at a cost that beats the best known split with as many transfers or fewer.</summary>
    private bool CanImprove(decimal left, int firstSlot)
    {
        var limit = Limit(_parts.Count);
        if (limit == decimal.MaxValue)
        {
            return true;
        }

        // Only what fits into fresh allowances costs less than this a unit.
        var charged = _curve.LeastCost(left) is { } open ? open / left : decimal.MaxValue;
        var free = decimal.MaxValue;
        for (var i = 0; i < _slots.Count; i++)
        {
            if (MayOpen(i, firstSlot))
            {
                charged = Math.Min(charged, _slots[i].Terms.ChargedRatio ?? decimal.MaxValue);
                free = Math.Min(free, _slots[i].Terms.FreeRatio ?? decimal.MaxValue);
            }
        }

        if (charged == decimal.MaxValue)
        {
            return free < decimal.MaxValue;
        }

        var gain = free < charged ? Math.Min(Gain(left, firstSlot, charged), left * (charged - free)) : 0m;
        return _cost + left * charged - gain + _leastSaving * _parts.Count < limit;
    }

    /// <summary>What allowances can save: the largest gains of as many slots as there may be transfers, of which the last alone may go back to an earlier slot.</summary>
    private decimal Gain(decimal left, int firstSlot, decimal charged)
    {
        var places = _best.Length - _parts.Count;
        Array.Clear(_gains);
        var back = 0m;
        for (var i = 0; i < _slots.Count; i++)
        {
            if (MayOpen(i, firstSlot) && _slots[i].Terms is { FreeRatio: { } ratio } terms && ratio < charged)
            {
                var gain = Math.Min(left, Left(i) * terms.AmountPerBasis) * (charged - ratio);
                if (i < firstSlot)
                {
                    back = Math.Max(back, gain);
                }
                else
                {
                    Insert(gain, places);
                }
            }
        }

        Insert(back, places);
        return _gains.Sum();
    }

    // Keeps the largest in falling order.
    private void Insert(decimal gain, int places)
    {
        for (var i = 0; i < places && gain > 0m; i++)
        {
            if (gain > _gains[i])
            {
                (_gains[i], gain) = (gain, _gains[i]);
            }
        }
    }

    /// <summary>What a split with so many transfers besides the last must cost less than, with what each of them must save.</summary>
    private decimal Limit(int others)
    {
        var limit = decimal.MaxValue;
        for (var i = 0; i <= others; i++)
        {
            limit = _best[i] is { } best ? Math.Min(limit, best.Cost + _leastSaving * i) : limit;
        }

        return limit;
    }

    private decimal Left(int slot) => Math.Max(0m, _slots[slot].Terms.Whole - _used[_slots[slot].Batch]);

    // A plan keeps to one row of instants a provider, and takes the earlier of two batches at the same price first.
    private bool IsOpen(int index) => InRow(_slots[index]) && (_slots[index].Twin < 0 || IsUsed(_slots[index].Twin));

    private bool MayOpen(int index, int firstSlot) => InRow(_slots[index]) && (_slots[index].Twin < 0 || _slots[index].Twin >= firstSlot || IsUsed(_slots[index].Twin));

    private bool InRow(AllowanceSlot slot) => _rowUses[slot.Pool] == 0 || _rows[slot.Pool] == slot.Row;

    private bool IsUsed(int slot) => _used[_slots[slot].Batch] > 0m;

    private int FirstOfBatch(int index)
    {
        while (index > 0 && _slots[index - 1].Batch == _slots[index].Batch)
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
