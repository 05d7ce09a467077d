using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Cambist.App.Privacy;
using Microsoft.IdentityModel.Tokens;

namespace Cambist.App.Accounts.Tokens;

/// <summary>The signing keys of the ring in the form that tokens need, each made once.</summary>
internal sealed class SigningKeys(LiveKeyRing ring, TimeProvider clock)
{
    private readonly ConditionalWeakTable<RingKey, SecurityKey> _made = [];

    /// <summary>What signs now.</summary>
    /// <exception cref="KeyRingFaultException">There is no ring, or no key in it signs.</exception>
    public SigningCredentials Current()
    {
        var key = ring.Current.SigningAt(clock.GetUtcNow())
            ?? throw new KeyRingFaultException(KeyRingFault.NoKey, "No key of the ring signs access tokens now: 'cambist keys rotate --kind signing' makes one.");
        return new SigningCredentials(Made(key), key.Algorithm);
    }

    /// <summary>The key of an id whose signatures hold now; none where there is no such key.</summary>
    public IEnumerable<SecurityKey> Verifying(string? id) => ring.Current.VerifyingAt(clock.GetUtcNow()).Where(key => key.Id == id).Select(Made);

    private SecurityKey Made(RingKey key) => _made.GetOrAdd(key, Make);

    private static SecurityKey Make(RingKey key)
    {
        if (key.Algorithm == RingKey.Hs256)
        {
            return new SymmetricSecurityKey(key.Secret.ToArray()) { KeyId = key.Id };
        }

        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(key.Secret, out _);
        return new ECDsaSecurityKey(pair) { KeyId = key.Id };
    }
}
