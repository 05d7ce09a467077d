using System.IO.Compression;
using System.Security.Cryptography;

namespace Cambist.App.Assistant.Log;

/// <summary>A document of the decision log: stored once, under the hash of its content, compressed.</summary>
/// <param name="Digest">SHA-256 of the content.</param>
/// <param name="Content">The content as it is stored.</param>
internal sealed record LogDocument(byte[] Digest, byte[] Content)
{
    // 64 KB: documents are smaller, and a larger window costs its memory for each of them.
    private const int Window = 16;

    /// <summary>A document of this content.</summary>
    public static LogDocument Of(ReadOnlySpan<byte> content)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, packed, out var length, quality: 1, window: Window)
            ? new LogDocument(SHA256.HashData(content), packed[..length])
            : throw new InvalidOperationException($"{content.Length} bytes cannot be compressed into {packed.Length}.");
    }

    /// <summary>The content; null where what is stored is not what was written, be it that it cannot be unpacked or that it unpacks to something else.</summary>
    public byte[]? Read()
    {
        try
        {
            using var packed = new BrotliStream(new MemoryStream(Content), CompressionMode.Decompress);
            using var content = new MemoryStream();
            packed.CopyTo(content);
            var read = content.ToArray();
            return CryptographicOperations.FixedTimeEquals(SHA256.HashData(read), Digest) ? read : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }
}
