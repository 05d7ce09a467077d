namespace Cambist.Domain.Features;

/// <summary>What is known of a pair at the end of each hour of the market, as numbers for a model: one row an hour, on the market clock, without a gap.</summary>
public sealed class FeatureTable
{
    private readonly float[] _values;

    /// <summary>A table.</summary>
    /// <param name="names">Names of the columns, in order.</param>
    /// <param name="values">The rows one after the other, each with a number per name.</param>
    /// <exception cref="ArgumentException">The numbers are not whole rows.</exception>
    public FeatureTable(IReadOnlyList<string> names, float[] values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        if (names.Count == 0 || values.Length % names.Count != 0)
        {
            throw new ArgumentException($"Rows of {names.Count} features each, found {values.Length} numbers.", nameof(values));
        }

        Names = names;
        _values = values;
    }

    /// <summary>Names of the columns, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => _values.Length / Names.Count;

    /// <summary>The rows [from, to), one after the other.</summary>
    public ReadOnlySpan<float> Values(int from, int to) => _values.AsSpan(from * Names.Count, (to - from) * Names.Count);
}
