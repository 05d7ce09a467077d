using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Cambist.App.Privacy;

/// <summary>
/// Keyed hashes of personal data (HMAC-SHA256, RFC 2104, under the lookup key). By one an account is found whose e-mail is only stored encrypted; by another a person is spoken of in logs and analytics.
/// Without the key neither can be made from a list of addresses. Those of one purpose say nothing about those of another.
/// </summary>
public sealed class PersonalDataHash(LiveKeyRing ring)
{
    private const string EmailPurpose = "email";

    /// <summary>The hash by which the account of an address is found: 43 letters of base64url.</summary>
    /// <exception cref="KeyRingFaultException">There is no ring.</exception>
    public string OfEmail(EmailAddress address) => Of(EmailPurpose, address.Canonical);

    /// <summary>A token in the place of a value, the same each time.</summary>
    /// <param name="purpose">What for, as a word: <c>log</c>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="KeyRingFaultException">There is no ring.</exception>
    public string Of(string purpose, string value)
    {
        if (purpose.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A purpose is a word.", nameof(purpose));
        }

        // The purpose has no zero byte, so that no other purpose and value are the same bytes.
        return Base64Url.EncodeToString(HMACSHA256.HashData(ring.Current.Lookup.Secret, Encoding.UTF8.GetBytes($"{purpose}\0{value}")));
    }
}
