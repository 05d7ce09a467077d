namespace Cambist.Domain.Quotes.Planning;

/// <summary>What the rest of a split costs at least.</summary>
/// <remarks>
/// Of the transfers that are still to be made one has the lowest cost per unit of what is not free. What is left costs at least its amount times that, less what its own
/// allowance and the best ones of as many others as there may be can save. Offers without an allowance have the lowest cost per unit of all amounts up to what is left.
/// </remarks>
/// <param name="catalog">The offers and their instants.</param>
/// <param name="state">The transfers so far.</param>
/// <param name="leastSaving">What each transfer beyond the first must save.</param>
/// <param name="most">The largest number of transfers.</param>
internal sealed class SplitBound(SlotCatalog catalog, SplitState state, decimal leastSaving, int most)
{
    private readonly (AllowanceTerms Terms, int[] Slots)[] _terms =
    [
        .. Enumerable.Range(0, catalog.Limited.Count)
            .GroupBy(slot => catalog.Limited[slot].Terms)
            .Select(same => (same.Key, same.ToArray()))
            .OrderBy(same => same.Key.ChargedRatio),
    ];

    private readonly decimal _freest = catalog.Limited.Min(slot => slot.Terms.FreeRatio) ?? 0m;
    private readonly decimal _dearest = catalog.DearestRatio ?? decimal.MaxValue;
    private readonly decimal _largest = catalog.Limited.Select(slot => slot.Terms.With(0m).Largest).Append(catalog.Curve.Largest).Max();
    private readonly decimal[] _gains = new decimal[most];

    /// <summary>Whether the whole, with what is left converted in whatever way, may cost less than this; each transfer beyond the first is counted with what it must save.</summary>
    public bool MayCostLess(decimal left, int firstSlot, decimal than)
    {
        if (left > _largest * (most - state.Parts.Count))
        {
            return false; // So many transfers cannot take it.
        }

        if (than == decimal.MaxValue)
        {
            return true;
        }

        var room = than - state.Cost - leastSaving * state.Parts.Count;
        if (catalog.Curve.LeastCost(left) / left is { } open && LeastCost(left, firstSlot, Math.Min(open, _dearest), first: 0m) < room)
        {
            return true;
        }

        foreach (var (terms, slots) in _terms)
        {
            if (terms is { ChargedRatio: { } charged, FreeRatio: { } free } && Array.Exists(slots, slot => state.MayOpen(slot, firstSlot))
                && LeastCost(left, firstSlot, charged, first: Math.Min(left, terms.Whole * terms.AmountPerBasis) * Math.Max(0m, charged - free)) < room)
            {
                return true;
            }
        }

        return false;
    }

    private decimal LeastCost(decimal left, int firstSlot, decimal charged, decimal first)
    {
        var others = most - state.Parts.Count - 1;
        FindLargestGains(left, firstSlot, charged, others);
        var all = left * Math.Max(0m, charged - _freest);
        var (sum, saved) = (first, Math.Min(first, all));
        for (var i = 0; i < others; i++)
        {
            sum += _gains[i];
            saved = Math.Max(saved, Math.Min(sum, all) - leastSaving * (i + 1));
        }

        return left * charged - saved;
    }

    /// <summary>The largest savings of so many slots, of which the last transfer alone may go back to one before the first.</summary>
    private void FindLargestGains(decimal left, int firstSlot, decimal charged, int number)
    {
        Array.Clear(_gains);
        var back = 0m;
        for (var i = 0; i < catalog.Limited.Count && number > 0 && catalog.Limited[i].Worth > _gains[number - 1]; i++)
        {
            if (!state.MayOpen(i, firstSlot) || catalog.Limited[i].Terms is not { FreeRatio: { } free } terms)
            {
                continue;
            }

            var gain = Math.Min(left, state.Free(i) * terms.AmountPerBasis) * Math.Max(0m, charged - free);
            if (i < firstSlot)
            {
                back = Math.Max(back, gain);
            }
            else
            {
                Insert(gain, number);
            }
        }

        Insert(back, number);
    }

    // In falling order.
    private void Insert(decimal gain, int number)
    {
        for (var i = 0; i < number && gain > 0m; i++)
        {
            if (gain > _gains[i])
            {
                (_gains[i], gain) = (gain, _gains[i]);
            }
        }
    }
}
