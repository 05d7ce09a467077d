using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cambist.App.Privacy;

/// <summary>Where an encrypted value stands. It decrypts in no other place, so a row that someone copies over another's is found out.</summary>
/// <param name="Field">The table and column: <c>account.email</c>.</param>
/// <param name="Row">What the row is known by for ever: the account's id, not its e-mail.</param>
public readonly record struct FieldPlace(string Field, string Row)
{
    /// <summary>The table and column.</summary>
    public string Field { get; } = Given(Field, "the table and column of a field");

    /// <summary>What the row is known by.</summary>
    public string Row { get; } = Given(Row, "the row of a field");

    private static string Given(string part, string what) => part.Length > 0 ? part : throw new ArgumentException($"Expected {what}, found nothing.");
}

/// <summary>
/// Encrypts single fields with AES-256-GCM (NIST SP 800-38D) under the newest data key, and decrypts what any data key encrypted. A nonce is 96 random bits, so a key is good for
/// 2^32 fields (section 8.3); rotate long before. The length of a value shows in that of its envelope.
/// </summary>
/// <remarks>An envelope is <c>c1.KEY.BYTES</c>: version, id of the key, and in base64url nonce, ciphertext and tag. The version, the key's id and the place are authenticated with it.</remarks>
public sealed class FieldCipher(LiveKeyRing ring)
{
    private const string Version = "c1";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // A lone surrogate would become another letter without a word.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Encrypts a value for a place.</summary>
    /// <exception cref="KeyRingFaultException">There is no ring.</exception>
    /// <exception cref="ArgumentException">The value is no text of Unicode, or the place is not filled in.</exception>
    public string Encrypt(string value, FieldPlace place)
    {
        var key = ring.Current.NewestData;
        var plain = Strict.GetBytes(value);
        var sealedBytes = new byte[NonceLength + plain.Length + TagLength];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Secret, TagLength);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength, plain.Length), sealedBytes.AsSpan(NonceLength + plain.Length), Authenticated(key.Id, place));
        CryptographicOperations.ZeroMemory(plain);
        return $"{Version}.{key.Id}.{Base64Url.EncodeToString(sealedBytes)}";
    }

    /// <summary>The value of an envelope.</summary>
    /// <exception cref="FieldCipherFaultException">It cannot be decrypted, or not here.</exception>
    /// <exception cref="KeyRingFaultException">There is no ring.</exception>
    public string Decrypt(string envelope, FieldPlace place)
    {
        var (id, sealedBytes) = Parts(envelope, place);
        if (ring.Find(id) is not { Kind: KeyKind.Data } key)
        {
            throw new FieldCipherFaultException(FieldCipherFault.UnknownKey, place, "the ring has no data key of the id that it names");
        }

        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(key.Secret, TagLength);
            aes.Decrypt(sealedBytes.AsSpan(0, NonceLength), sealedBytes.AsSpan(NonceLength, plain.Length), sealedBytes.AsSpan(NonceLength + plain.Length), plain, Authenticated(id, place));
            return Strict.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new FieldCipherFaultException(FieldCipherFault.Tampered, place, "it was changed, or encrypted for another place");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Whether an envelope is of the newest data key; where it is not, writing the value again is due.</summary>
    public bool IsUnderNewestKey(string envelope) => envelope.StartsWith($"{Version}.{ring.Current.NewestData.Id}.", StringComparison.Ordinal);

    private static (string Id, byte[] Sealed) Parts(string envelope, FieldPlace place)
    {
        var parts = envelope.Split('.');
        if (parts is not [_, _, _] || !RingKey.IsId(parts[1]))
        {
            throw new FieldCipherFaultException(FieldCipherFault.Garbled, place, "it is no envelope of three parts");
        }

        if (parts[0] != Version)
        {
            throw new FieldCipherFaultException(FieldCipherFault.UnknownVersion, place, $"its version is not {Version}; a newer program may have written it");
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(parts[2].Length)];
        // Spaces, padding and bits beyond the last byte would let one value have many envelopes.
        if (Base64Url.DecodeFromChars(parts[2], bytes, out _, out var length) != OperationStatus.Done || length < NonceLength + TagLength || Base64Url.EncodeToString(bytes.AsSpan(0, length)) != parts[2])
        {
            throw new FieldCipherFaultException(FieldCipherFault.Garbled, place, "its last part is not base64url of a nonce, a value and a tag");
        }

        return (parts[1], bytes[..length]);
    }

    // Each part with its length before it, so that no two places are the same bytes.
    private static byte[] Authenticated(string id, FieldPlace place)
    {
        string[] parts = [Version, id, place.Field, place.Row];
        var bytes = new byte[parts.Sum(part => sizeof(int) + Strict.GetByteCount(part))];
        var rest = bytes.AsSpan();
        foreach (var part in parts)
        {
            var length = Strict.GetBytes(part, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, length);
            rest = rest[(sizeof(int) + length)..];
        }

        return bytes;
    }
}
