using System.Buffers.Binary;
using System.IO.Compression;

namespace Cambist.App.Rates.History;

/// <summary>
/// Reads a gzip file of one member and throws where it is not whole. GZipStream checks the checksum, but ends in silence where the file was
/// cut off, so the length in the last four bytes (RFC 1952, ISIZE) is compared with what came out.
/// </summary>
internal sealed class VerifiedGzipStream : Stream
{
    private const int SmallestFile = 18; // header 10, trailer 8

    private readonly GZipStream _inflated;
    private readonly uint _expectedLength;
    private long _length;

    /// <exception cref="InvalidDataException">The file does not begin as gzip does, or is too short to be one.</exception>
    public VerifiedGzipStream(FileStream file)
    {
        _expectedLength = ReadTrailer(file);
        _inflated = new GZipStream(file, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="InvalidDataException">The file is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = Inflate(buffer);
        _length += read;
        if (read == 0 && buffer.Length > 0 && (uint)_length != _expectedLength)
        {
            throw new InvalidDataException(
                $"expected {_expectedLength} bytes of text by the gzip trailer, found {_length}: the file was cut off, or several gzip files were joined");
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inflated.Dispose();
        base.Dispose(disposing);
    }

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return _inflated.Read(buffer);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"expected a whole gzip file, found damage after {_length} bytes of text", fault);
        }
    }

    private static uint ReadTrailer(FileStream file)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (file.Length >= SmallestFile)
        {
            file.ReadExactly(bytes);
            if (bytes[0] == 0x1F && bytes[1] == 0x8B)
            {
                file.Seek(-bytes.Length, SeekOrigin.End);
                file.ReadExactly(bytes);
                file.Seek(0, SeekOrigin.Begin);
                return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            }
        }

        throw new InvalidDataException($"expected a gzip file of at least {SmallestFile} bytes that begins with 1F 8B, found none");
    }
}
