using System.Runtime.InteropServices;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer;

/// <summary>
/// Writes a <see cref="FeatureFile"/>, whose parts lie one after the other: the number of rows is told first, then rows come in order, and each part is written where
/// it belongs. Needs Domain alone, so that the program that makes the features can compile it in.
/// </summary>
internal sealed class FeatureFileWriter : IDisposable
{
    private const int Horizons = ReturnTargets.Horizons;
    private readonly FileStream _stream;
    private readonly FeatureFileHeader _header;
    private long _written;

    /// <summary>Starts a file, which replaces one of that name.</summary>
    public FeatureFileWriter(string path, IReadOnlyList<string> names, long rows)
    {
        _header = new FeatureFileHeader(rows, names.Count, FeatureFileHeader.Fingerprint(names));
        _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        _header.Write(_stream);
    }

    /// <summary>Adds the next rows.</summary>
    /// <param name="hours">Market hour of each.</param>
    /// <param name="features">Their features, one row after the other.</param>
    /// <param name="targets">Their 24 outcomes, one row after the other, NaN where not known.</param>
    public void Write(ReadOnlySpan<long> hours, ReadOnlySpan<float> features, ReadOnlySpan<float> targets)
    {
        if (features.Length != hours.Length * _header.FeatureCount || targets.Length != hours.Length * Horizons || _written + hours.Length > _header.Rows)
        {
            throw new ArgumentException(
                $"{hours.Length} rows of the {_header.Rows - _written} left, with {_header.FeatureCount} features and {Horizons} targets each, were expected, " +
                $"found {features.Length} features and {targets.Length} targets.", nameof(hours));
        }

        Put(FeatureFileHeader.Size + _written * sizeof(long), MemoryMarshal.AsBytes(hours));
        Put(_header.FeaturesStart + _written * _header.FeatureCount * sizeof(float), MemoryMarshal.AsBytes(features));
        Put(_header.TargetsStart + _written * Horizons * sizeof(float), MemoryMarshal.AsBytes(targets));
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
