using System.Security.Cryptography;

namespace Cambist.App.Privacy;

/// <summary>Makes keys, from the operating system's random numbers.</summary>
internal static class NewKeys
{
    private const int IdBytes = 6;

    /// <summary>A first ring: one key of each kind.</summary>
    public static KeyRing Ring(DateTimeOffset now) => KeyRing.Of([Data(now), Lookup(now), Signing(RingKey.Es256, now, now)]);

    public static RingKey Data(DateTimeOffset now) => new(Id('d'), KeyKind.Data, RingKey.A256Gcm, Secret(), now);

    /// <param name="algorithm">ES256 or HS256.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="notBefore">When it begins to sign.</param>
    public static RingKey Signing(string algorithm, DateTimeOffset now, DateTimeOffset notBefore)
    {
        return new RingKey(Id('s'), KeyKind.Signing, algorithm, algorithm == RingKey.Es256 ? PrivateKey() : Secret(), now) { NotBefore = notBefore };
    }

    private static RingKey Lookup(DateTimeOffset now) => new(Id('l'), KeyKind.Lookup, RingKey.Hs256, Secret(), now);

    private static byte[] PrivateKey()
    {
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return signer.ExportPkcs8PrivateKey();
    }

    private static byte[] Secret() => RandomNumberGenerator.GetBytes(RingKey.SecretLength);

    private static string Id(char kind) => $"{kind}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))}";
}
