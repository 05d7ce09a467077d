using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Cambist.Trainer;

/// <summary>
/// Writes a <see cref="FeatureFile"/>, whose parts lie one after the other: the number of rows is told first, then rows come in order, and each part is written where
/// it belongs. Needs the base class library alone, so that the program that makes the features can compile it in.
/// </summary>
internal sealed class FeatureFileWriter : IDisposable
{
    private const int Horizons = 24;
    private const int HeaderSize = 64;
    private readonly FileStream _stream;
    private readonly long _rows;
    private readonly int _featureCount;
    private long _written;

    /// <summary>Starts a file, which replaces one of that name.</summary>
    public FeatureFileWriter(string path, IReadOnlyList<string> names, long rows)
    {
        (_rows, _featureCount) = (rows, names.Count);
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        Span<byte> header = stackalloc byte[HeaderSize];
        "CAMBFEAT"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], _featureCount);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], rows);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], Horizons);
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names))).CopyTo(header[32..]);
        _stream.Write(header);
    }

    /// <summary>Adds the next rows.</summary>
    /// <param name="hours">Market hour of each.</param>
    /// <param name="features">Their features, one row after the other.</param>
    /// <param name="targets">Their 24 outcomes, one row after the other, NaN where not known.</param>
    public void Write(ReadOnlySpan<long> hours, ReadOnlySpan<float> features, ReadOnlySpan<float> targets)
    {
        if (features.Length != hours.Length * _featureCount || targets.Length != hours.Length * Horizons || _written + hours.Length > _rows)
        {
            throw new ArgumentException(
                $"{hours.Length} rows of the {_rows - _written} left, with {_featureCount} features and {Horizons} targets each, were expected, " +
                $"found {features.Length} features and {targets.Length} targets.", nameof(hours));
        }

        var featuresStart = HeaderSize + _rows * sizeof(long);
        var targetsStart = featuresStart + _rows * _featureCount * sizeof(float);
        Put(HeaderSize + _written * sizeof(long), MemoryMarshal.AsBytes(hours));
        Put(featuresStart + _written * _featureCount * sizeof(float), MemoryMarshal.AsBytes(features));
        Put(targetsStart + _written * Horizons * sizeof(float), MemoryMarshal.AsBytes(targets));
        _written += hours.Length;
    }

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();

    private void Put(long position, ReadOnlySpan<byte> bytes)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Feature files are written on little-endian machines.");

        RandomAccess.Write(_stream.SafeFileHandle, bytes, position);
    }
}
