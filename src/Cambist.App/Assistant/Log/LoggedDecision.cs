using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cambist.App.Assistant.Log;

/// <summary>An entry of the decision log.</summary>
/// <param name="Number">Its place: 1, 2, 3 … without a gap.</param>
/// <param name="At">When the advice was given, to the microsecond.</param>
/// <param name="Document">SHA-256 of the document with its facts.</param>
/// <param name="Answer">SHA-256 of the answer as it went out.</param>
/// <param name="Hash">SHA-256 of the hash of the entry before, 32 zeros before the first, and of everything above.</param>
internal sealed record LoggedDecision(long Number, DateTimeOffset At, byte[] Document, byte[] Answer, byte[] Hash)
{
    /// <summary>The hash that an entry has after another.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> before, long number, DateTimeOffset at, ReadOnlySpan<byte> document, ReadOnlySpan<byte> answer)
    {
        Span<byte> numbers = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(numbers, number);
        BinaryPrimitives.WriteInt64BigEndian(numbers[sizeof(long)..], (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(numbers);
        hash.AppendData(document);
        hash.AppendData(answer);
        return hash.GetHashAndReset();
    }
}
