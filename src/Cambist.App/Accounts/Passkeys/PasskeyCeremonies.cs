using System.Security.Cryptography;
using System.Text.Json;
using Cambist.App.Accounts.Tokens;
using Microsoft.AspNetCore.DataProtection;

namespace Cambist.App.Accounts.Passkeys;

/// <summary>What a ceremony of WebAuthn is for. A challenge of one is worth nothing in the other.</summary>
internal enum PasskeyPurpose
{
    Add,
    LogIn,
}

/// <summary>
/// What must be known between the two requests of a ceremony of WebAuthn (the challenge, and whose it is). The page holds it meanwhile, encrypted; it works once, on whichever node, for as long as an authenticator has.
/// </summary>
public sealed class PasskeyCeremonies(IDataProtectionProvider protection, OneTimeTokens tokens)
{
    /// <summary>How long a person has.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Begins a ceremony.</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="account">Whose passkey is added; null: nobody is known yet.</param>
    /// <param name="state">What Identity has to know at the end.</param>
    internal string Begin(PasskeyPurpose purpose, string? account, string state)
    {
        var owner = account ?? Guid.NewGuid().ToString();
        var ceremony = new PasskeyCeremony(owner, tokens.Issue(owner, Name(purpose), Life), state);
        return Protector(purpose).Protect(JsonSerializer.Serialize(ceremony, AccountJson.Default.PasskeyCeremony));
    }

    /// <summary>Ends a ceremony; null where there is none of that purpose and account, it was ended before, or its time is over.</summary>
    internal string? End(PasskeyPurpose purpose, string? account, string told)
    {
        try
        {
            var ceremony = JsonSerializer.Deserialize(Protector(purpose).Unprotect(told), AccountJson.Default.PasskeyCeremony)!;
            return (account is null || ceremony.Owner == account) && tokens.Redeem(ceremony.Owner, Name(purpose), ceremony.Token) ? ceremony.State : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(PasskeyPurpose purpose) => protection.CreateProtector("Cambist.Passkeys", Name(purpose));

    private static string Name(PasskeyPurpose purpose) => purpose == PasskeyPurpose.Add ? "passkey add" : "passkey log in";
}

/// <summary>A ceremony that goes on.</summary>
/// <param name="Owner">The account, or a random name where nobody is known.</param>
/// <param name="Token">Makes it work once.</param>
/// <param name="State">Identity's.</param>
internal sealed record PasskeyCeremony(string Owner, string Token, string State);
