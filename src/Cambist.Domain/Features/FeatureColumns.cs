namespace Cambist.Domain.Features;

/// <summary>Writes a table column by column.</summary>
internal readonly struct FeatureColumns(FeatureTable table)
{
    private readonly int _width = table.Names.Count;
    private readonly Memory<float> _values = table.Writable;

    /// <summary>A column to write to, by its name.</summary>
    public Column this[string name] => new(_values, _width, FeatureSet.Column(name));

    /// <summary>One column of the table.</summary>
    internal readonly struct Column(Memory<float> values, int width, int column)
    {
        /// <summary>Sets the number of a row.</summary>
        public float this[int row]
        {
            set => values.Span[row * width + column] = value;
        }
    }
}
