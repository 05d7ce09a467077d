using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using System.Text;

namespace Cambist.Trainer;

/// <summary>
/// The examples of a pair as a file: one row for each market hour, without a gap, with the raw features that are known at its close and the outcomes over the next
/// hours. It is mapped into memory, so that the system keeps in memory what is being read and no more.
/// </summary>
/// <remarks>
/// Little-endian. Header of 64 bytes: magic <c>CAMBFEAT</c>, int32 version (1), int32 feature count, int64 rows, int32 horizons (24), int32 zero, and the
/// SHA-256 of the feature names joined by line feeds. Then int64 market hour of each row, then float32 features by rows, then
/// float32 targets by rows: the return over the next 1..24 market hours in units of the baseline's volatility, NaN where it is not known.
/// </remarks>
internal sealed unsafe class FeatureFile : IDisposable
{
    /// <summary>Outcomes per row: the next 1..24 market hours.</summary>
    public const int Horizons = 24;

    /// <summary>Bytes before the first row.</summary>
    public const int HeaderSize = 64;

    /// <summary>Version of the layout.</summary>
    public const int Version = 1;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly long _features;
    private readonly long _targets;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FormatException">It is not a feature file, or is cut short, or its hours have a gap.</exception>
    public FeatureFile(string path)
    {
        Path = path;
        var length = new FileInfo(path).Length;
        if (length < HeaderSize)
            throw new FormatException($"{path}: a feature file has at least {HeaderSize} bytes, found {length}.");

        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        var header = new ReadOnlySpan<byte>(_start, HeaderSize);
        if (!header[..8].SequenceEqual(Magic) || BinaryPrimitives.ReadInt32LittleEndian(header[8..]) != Version)
            throw Broken($"starts with CAMBFEAT and version {Version}, found other bytes");

        FeatureCount = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        var rows = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        var horizons = BinaryPrimitives.ReadInt32LittleEndian(header[24..]);
        if (FeatureCount <= 0 || rows is < 0 or > int.MaxValue || horizons != Horizons)
            throw Broken($"has features, rows and {Horizons} horizons, found {FeatureCount}, {rows} and {horizons}");

        Rows = (int)rows;
        NamesFingerprint = Convert.ToHexStringLower(header.Slice(32, 32));
        _features = HeaderSize + rows * sizeof(long);
        _targets = _features + rows * FeatureCount * sizeof(float);
        var expected = _targets + rows * Horizons * sizeof(float);
        if (length != expected)
            throw Broken($"of {rows} rows and {FeatureCount} features has {expected} bytes, found {length}");

        var hours = Hours;
        for (var row = 1; row < hours.Length; row++)
        {
            if (hours[row] != hours[row - 1] + 1)
                throw Broken($"has a row for each market hour, found {hours[row]} after {hours[row - 1]}");
        }
    }

    /// <summary>The first eight bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "CAMBFEAT"u8;

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Numbers in a row of features.</summary>
    public int FeatureCount { get; }

    /// <summary>SHA-256 of the feature names, in hexadecimal.</summary>
    public string NamesFingerprint { get; }

    /// <summary>The market hour at whose end each row is known.</summary>
    public ReadOnlySpan<long> Hours => new(_start + HeaderSize, Rows);

    /// <summary>The features of the rows [from, to), one row after the other.</summary>
    public ReadOnlySpan<float> Features(int from, int to) => Slice(_features, FeatureCount, from, to);

    /// <summary>The outcomes of the rows [from, to), one row after the other.</summary>
    public ReadOnlySpan<float> Targets(int from, int to) => Slice(_targets, Horizons, from, to);

    /// <summary>SHA-256 of the names in order, each followed by the next after a line feed.</summary>
    public static byte[] Fingerprint(IReadOnlyList<string> names) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names)));

    /// <inheritdoc />
    public void Dispose()
    {
        if (_start is not null)
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }

    private ReadOnlySpan<float> Slice(long part, int width, int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Rows);
        return new ReadOnlySpan<float>(_start + part + (long)from * width * sizeof(float), (to - from) * width);
    }

    private FormatException Broken(string expectedAndFound)
    {
        Dispose();
        return new FormatException($"{Path}: a feature file {expectedAndFound}.");
    }
}
