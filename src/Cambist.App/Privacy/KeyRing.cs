using System.Security.Cryptography;

namespace Cambist.App.Privacy;

/// <summary>All keys, as they were at one moment. A ring that exists is whole: it has a data key and exactly one lookup key.</summary>
public sealed class KeyRing
{
    private readonly Dictionary<string, RingKey> _byId;

    private KeyRing(IReadOnlyList<RingKey> keys)
    {
        Keys = keys;
        _byId = keys.ToDictionary(key => key.Id, StringComparer.Ordinal);
        // Of two of one instant the later in the ring.
        NewestData = keys.Where(key => key.Kind == KeyKind.Data).OrderBy(key => key.CreatedAt).Last();
        Lookup = keys.Single(key => key.Kind == KeyKind.Lookup);
    }

    /// <summary>Every key, in the order of the ring.</summary>
    public IReadOnlyList<RingKey> Keys { get; }

    /// <summary>The data key that encrypts.</summary>
    public RingKey NewestData { get; }

    /// <summary>The key of keyed hashes.</summary>
    public RingKey Lookup { get; }

    /// <summary>A key by its id; null where there is none.</summary>
    public RingKey? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The key that signs at an instant: the newest of those whose time has begun and not ended; null where there is none.</summary>
    public RingKey? SigningAt(DateTimeOffset now) => Keys
        .Where(key => key.Kind == KeyKind.Signing && (key.NotBefore ?? key.CreatedAt) <= now && !(key.RetireAt <= now))
        .OrderBy(key => key.NotBefore ?? key.CreatedAt).ThenBy(key => key.CreatedAt).LastOrDefault();

    /// <summary>The keys whose signatures hold at an instant. One whose time has not begun is among them: the clock of the node that signed may be ahead.</summary>
    public IReadOnlyList<RingKey> VerifyingAt(DateTimeOffset now) => [.. Keys.Where(key => key.Kind == KeyKind.Signing && !(key.RetireAt <= now))];

    /// <summary>A ring of keys.</summary>
    /// <exception cref="KeyRingFaultException">It would not be whole, or a key cannot be one.</exception>
    internal static KeyRing Of(IReadOnlyList<RingKey> keys)
    {
        foreach (var key in keys)
        {
            Require(RingKey.IsId(key.Id), KeyRingFault.Garbled, "the id of a key is 1 to 32 small letters, digits, '-' and '_'; one is not");
            Require(IsOfItsKind(key), KeyRingFault.Garbled, $"key '{key.Id}' has an algorithm that its kind does not have: data A256GCM, lookup HS256, signing ES256 or HS256");
            Require(HasLength(key), KeyRingFault.WrongLength, key.Algorithm == RingKey.Es256
                ? $"the secret of key '{key.Id}' is a private key of P-256 in PKCS #8, base64; it is not"
                : $"the secret of key '{key.Id}' has {RingKey.SecretLength} bytes, base64; this one has {key.Secret.Length}");
            Require(!(key.RetireAt < key.NotBefore), KeyRingFault.Garbled, $"key '{key.Id}' retires before it begins");
            Require(key.Kind == KeyKind.Signing || key is { NotBefore: null, RetireAt: null }, KeyRingFault.Garbled, $"key '{key.Id}' has not_before or retire_at, which only signing keys have");
        }

        var twice = keys.GroupBy(key => key.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        Require(twice is null, KeyRingFault.DuplicateId, $"the id '{twice?.Key}' is there twice");
        var shared = keys.GroupBy(key => Convert.ToHexString(key.Secret), StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        Require(shared is null, KeyRingFault.SharedSecret, $"the keys {string.Join(" and ", shared?.Select(key => $"'{key.Id}'") ?? [])} have the same secret");
        Require(keys.Any(key => key.Kind == KeyKind.Data), KeyRingFault.NoKey, "it has no data key");
        Require(keys.Any(key => key.Kind == KeyKind.Lookup), KeyRingFault.NoKey, "it has no lookup key");
        Require(keys.Count(key => key.Kind == KeyKind.Lookup) == 1, KeyRingFault.TwoLookupKeys, "it has more than one lookup key; only one can find people");
        return new KeyRing(keys);
    }

    private static bool IsOfItsKind(RingKey key) => (key.Kind, key.Algorithm) is
        (KeyKind.Data, RingKey.A256Gcm) or (KeyKind.Lookup, RingKey.Hs256) or (KeyKind.Signing, RingKey.Es256 or RingKey.Hs256);

    private static bool HasLength(RingKey key)
    {
        if (key.Algorithm != RingKey.Es256)
        {
            return key.Secret.Length == RingKey.SecretLength;
        }

        try
        {
            using var signer = ECDsa.Create();
            signer.ImportPkcs8PrivateKey(key.Secret, out var read);
            return read == key.Secret.Length && signer.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static void Require(bool holds, KeyRingFault fault, string what)
    {
        if (!holds)
        {
            throw new KeyRingFaultException(fault, $"The key ring cannot be used: {what}.");
        }
    }
}
