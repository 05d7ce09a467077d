using System.Text.RegularExpressions;

namespace Cambist.App.Privacy;

/// <summary>What a key is for. A key of one kind is never used as another.</summary>
public enum KeyKind
{
    /// <summary>Encrypts fields (AES-256-GCM). The newest encrypts, all decrypt.</summary>
    Data,

    /// <summary>Makes the keyed hash by which a person is found (HMAC-SHA256). There is one, and no rotation touches it: with another, nobody would be found.</summary>
    Lookup,

    /// <summary>Signs access tokens (ES256 or HS256), between its two instants.</summary>
    Signing,
}

/// <summary>A key with its secret. Nothing that it is written to shows the secret.</summary>
public sealed partial class RingKey
{
    /// <summary>AES with a key of 256 bits in Galois/counter mode; name of RFC 7518.</summary>
    public const string A256Gcm = "A256GCM";

    /// <summary>HMAC with SHA-256; name of RFC 7518.</summary>
    public const string Hs256 = "HS256";

    /// <summary>ECDSA on P-256 with SHA-256; name of RFC 7518. The secret is PKCS #8.</summary>
    public const string Es256 = "ES256";

    /// <summary>Bytes of every secret but that of ES256.</summary>
    public const int SecretLength = 32;

    private readonly byte[] _secret;

    internal RingKey(string id, KeyKind kind, string algorithm, byte[] secret, DateTimeOffset createdAt)
    {
        (Id, Kind, Algorithm, _secret, CreatedAt) = (id, kind, algorithm, secret, createdAt);
    }

    /// <summary>1 to 32 small letters, digits, '-' and '_'. It stands beside whatever the key encrypted or signed.</summary>
    public string Id { get; }

    /// <summary>What it is for.</summary>
    public KeyKind Kind { get; }

    /// <summary>With what: a name of RFC 7518.</summary>
    public string Algorithm { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>A signing key signs from then on; before, it is only published, so that every node knows it when the first token comes. Null: at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>A signing key vouches for nothing from then on. Null: no such time is set.</summary>
    public DateTimeOffset? RetireAt { get; init; }

    /// <summary>The secret. It goes into no log, message or answer.</summary>
    public ReadOnlySpan<byte> Secret => _secret;

    /// <summary>The same key with a time at which it retires.</summary>
    internal RingKey RetiredAt(DateTimeOffset instant) => new(Id, Kind, Algorithm, _secret, CreatedAt) { NotBefore = NotBefore, RetireAt = instant };

    /// <summary>The same key with an instant at which it begins to sign.</summary>
    internal RingKey BeginsAt(DateTimeOffset instant) => new(Id, Kind, Algorithm, _secret, CreatedAt) { NotBefore = instant, RetireAt = RetireAt };

    /// <summary>The same key, made at another instant.</summary>
    internal RingKey MadeAt(DateTimeOffset instant) => new(Id, Kind, Algorithm, _secret, instant) { NotBefore = NotBefore, RetireAt = RetireAt };

    internal static bool IsId(string text) => IdShape.IsMatch(text);

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Id} ({Kind})";

    // Neither '.' nor ':' : the envelope of a field and the header of a token carry it.
    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{0,31}\z")]
    private static partial Regex IdShape { get; }
}
