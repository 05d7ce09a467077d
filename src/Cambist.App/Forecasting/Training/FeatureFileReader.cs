using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Training;

/// <summary>Reads a feature file that this program wrote back into memory.</summary>
internal static class FeatureFileReader
{
    private const int HeaderSize = 64;

    /// <summary>The examples of a file.</summary>
    public static TrainingRows Read(string path, IReadOnlyList<string> names)
    {
        using var file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[HeaderSize];
        file.ReadExactly(header);
        var rows = (int)BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        file.Seek(rows * sizeof(long), SeekOrigin.Current);
        var features = new float[rows * names.Count];
        var targets = new float[rows * ReturnTargets.Horizons];
        file.ReadExactly(MemoryMarshal.AsBytes(features.AsSpan()));
        file.ReadExactly(MemoryMarshal.AsBytes(targets.AsSpan()));
        return new TrainingRows(new FeatureTable(names, features), targets);
    }
}
