using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer;

/// <summary>How a feature file begins, and where its parts lie. Needs Domain alone, so that the program that writes feature files, and reads its own again, can compile it in.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="FeatureCount">Numbers in a row of features.</param>
/// <param name="NamesFingerprint">SHA-256 of the feature names joined by line feeds, in hexadecimal.</param>
/// <remarks>
/// Little-endian. Header of 64 bytes: magic <c>CAMBFEAT</c>, int32 version (1), int32 feature count, int64 rows, int32 horizons (24), int32 zero, and the
/// SHA-256 of the feature names joined by line feeds. Then int64 market hour of each row, then float32 features by rows, then
/// float32 targets by rows: the return over the next 1..24 market hours in units of the baseline's volatility, NaN where it is not known.
/// </remarks>
internal sealed record FeatureFileHeader(long Rows, int FeatureCount, string NamesFingerprint)
{
    /// <summary>Bytes before the first row.</summary>
    public const int Size = 64;

    private const int Version = 1;
    private const int MostFeatures = 65536;

    /// <summary>Where the features begin.</summary>
    public long FeaturesStart => Size + Rows * sizeof(long);

    /// <summary>Where the targets begin.</summary>
    public long TargetsStart => FeaturesStart + Rows * FeatureCount * sizeof(float);

    /// <summary>Bytes of the whole file.</summary>
    public long Length => TargetsStart + Rows * ReturnTargets.Horizons * sizeof(float);

    private static ReadOnlySpan<byte> Magic => "CAMBFEAT"u8;

    /// <summary>SHA-256 of the names in order, each followed by the next after a line feed, in hexadecimal.</summary>
    public static string Fingerprint(IReadOnlyList<string> names) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', names))));

    /// <summary>Reads the header of a file, whose position is then at the first row.</summary>
    /// <exception cref="FormatException">It is not a feature file, or is cut short.</exception>
    public static FeatureFileHeader Read(FileStream file)
    {
        if (file.Length < Size)
            throw Broken(file, $"has at least {Size} bytes, found {file.Length}");

        Span<byte> bytes = stackalloc byte[Size];
        file.ReadExactly(bytes);
        if (!bytes[..8].SequenceEqual(Magic) || BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) != Version)
            throw Broken(file, $"starts with CAMBFEAT and version {Version}, found other bytes");

        var header = new FeatureFileHeader(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]), Convert.ToHexStringLower(bytes.Slice(32, 32)));
        var horizons = BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]);
        if (header.FeatureCount is <= 0 or > MostFeatures || header.Rows is < 0 or > int.MaxValue || horizons != ReturnTargets.Horizons)
            throw Broken(file, $"has features, rows and {ReturnTargets.Horizons} horizons, found {header.FeatureCount}, {header.Rows} and {horizons}");
        if (file.Length != header.Length)
            throw Broken(file, $"of {header.Rows} rows and {header.FeatureCount} features has {header.Length} bytes, found {file.Length}");

        return header;
    }

    /// <summary>Writes the header.</summary>
    public void Write(Stream file)
    {
        Span<byte> bytes = stackalloc byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], FeatureCount);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Rows);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], ReturnTargets.Horizons);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], 0);
        Convert.FromHexString(NamesFingerprint).CopyTo(bytes[32..]);
        file.Write(bytes);
    }

    private static FormatException Broken(FileStream file, string expectedAndFound) => new($"{file.Name}: a feature file {expectedAndFound}.");
}
