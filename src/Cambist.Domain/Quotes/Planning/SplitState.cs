namespace Cambist.Domain.Quotes.Planning;

/// <summary>The transfers of a split so far, and what they leave of each allowance.</summary>
internal sealed class SplitState(SlotCatalog catalog)
{
    private readonly List<SplitPart> _parts = [];
    private readonly decimal[] _used = new decimal[catalog.Limited.Select(slot => slot.Batch + 1).DefaultIfEmpty().Max()];
    private readonly int[] _row = new int[catalog.Limited.Select(slot => slot.Pool + 1).DefaultIfEmpty().Max()];
    private readonly int[] _usesOfRow = new int[catalog.Limited.Select(slot => slot.Pool + 1).DefaultIfEmpty().Max()];

    /// <summary>The transfers.</summary>
    public IReadOnlyList<SplitPart> Parts => _parts;

    /// <summary>What they cost before rounding, in the send currency.</summary>
    public decimal Cost { get; private set; }

    /// <summary>Adds a transfer, within an allowance or on the curve of the offers that have none.</summary>
    public void Add(AllowanceSlot? slot, PriceBreak at)
    {
        _parts.Add(new SplitPart(slot?.Slot ?? catalog.Open[at.Offer], at.Amount));
        Cost += at.Cost;
        if (slot is not null)
        {
            _used[slot.Batch] += at.Basis;
            _row[slot.Pool] = slot.Row;
            _usesOfRow[slot.Pool]++;
        }
    }

    /// <summary>Takes the transfer that was added last away.</summary>
    public void Remove(AllowanceSlot? slot, PriceBreak at)
    {
        _parts.RemoveAt(_parts.Count - 1);
        Cost -= at.Cost;
        if (slot is not null)
        {
            _used[slot.Batch] -= at.Basis;
            _usesOfRow[slot.Pool]--;
        }
    }

    /// <summary>What is left of the allowance of a slot.</summary>
    public decimal Free(int slot) => Math.Max(0m, catalog.Limited[slot].Terms.Whole - _used[catalog.Limited[slot].Batch]);

    /// <summary>Whether a slot may be used next: a plan keeps to one row of instants a provider, and takes the earlier of two batches at the same price first.</summary>
    public bool IsOpen(int slot) => catalog.Limited[slot] is var at && IsInRow(at) && (at.Twin < 0 || IsUsed(at.Twin));

    /// <summary>Whether a slot may be used at all by a split that goes on with slots from <paramref name="firstSlot"/> on.</summary>
    public bool MayOpen(int slot, int firstSlot) => catalog.Limited[slot] is var at && IsInRow(at) && (at.Twin < 0 || at.Twin >= firstSlot || IsUsed(at.Twin));

    private bool IsInRow(AllowanceSlot slot) => _usesOfRow[slot.Pool] == 0 || _row[slot.Pool] == slot.Row;

    private bool IsUsed(int slot) => _used[catalog.Limited[slot].Batch] > 0m;
}
