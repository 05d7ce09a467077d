namespace Cambist.Domain.Rates.Checks;

/// <summary>The middle value, or halfway between the middle two.</summary>
internal static class Median
{
    public static decimal Of(ReadOnlySpan<decimal> values)
    {
        Span<decimal> sorted = stackalloc decimal[values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2m;
    }
}
