using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cambist.App.Audit;

/// <summary>Something that somebody may have to answer for.</summary>
/// <param name="Number">Its place: 1, 2, 3 … without a gap.</param>
/// <param name="At">When, to the microsecond.</param>
/// <param name="Kind">What happened, as in <c>model.promoted</c>.</param>
/// <param name="Actor">Who did it: <c>program</c>, <c>operator</c>, <c>admin</c>, or an account's token.</param>
/// <param name="Subject">What or whom it happened to; null: nothing of its own.</param>
/// <param name="Details">A JSON object.</param>
/// <param name="Hash">SHA-256 of the hash of the event before, 32 zeros before the first, and of everything above.</param>
public sealed record AuditEvent(long Number, DateTimeOffset At, string Kind, string Actor, string? Subject, string Details, byte[] Hash)
{
    /// <summary>The hash that an event has after another.</summary>
    internal static byte[] HashOf(ReadOnlySpan<byte> before, long number, DateTimeOffset at, string kind, string actor, string? subject, string details)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Append(hash, number);
        Append(hash, (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        Append(hash, kind);
        Append(hash, actor);
        Append(hash, subject);
        Append(hash, details);
        return hash.GetHashAndReset();
    }

    // Each text with its length, so that no two rows are the same bytes; a missing one has a length of its own.
    private static void Append(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            Append(hash, -1);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}

/// <summary>Something that happened, not yet in the trail.</summary>
internal sealed record AuditEntry(DateTimeOffset At, string Kind, string Actor, string? Subject, string Details);
