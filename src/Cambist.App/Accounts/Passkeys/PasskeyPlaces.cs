using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts.Passkeys;

/// <summary>Where passkeys work: they belong to the host of <c>Auth:PublicUrl</c>, or to <c>localhost</c>. Browsers give none to a bare address or without TLS (WebAuthn 3, 5.1.3).</summary>
public sealed class PasskeyPlaces(AuthOptions options)
{
    private const string ThisMachine = "localhost";

    /// <summary>Whether passkeys work on the page of a request.</summary>
    public bool AreOffered(HttpRequest request) => options.PublicUrl is { } url
        ? request.Host.Host.Equals(url.Host, StringComparison.OrdinalIgnoreCase) && !IPAddress.TryParse(url.Host.Trim('[', ']'), out _) && (url.Scheme == Uri.UriSchemeHttps || url.Host == ThisMachine)
        : request.Host.Host == ThisMachine;

    /// <summary>
    /// User verification (a finger, a face, the device's code) is required, so a passkey is two factors; it is found without an e-mail; where the authenticator comes from is not asked.
    /// </summary>
    internal void Configure(IdentityPasskeyOptions passkeys)
    {
        passkeys.ServerDomain = options.PublicUrl?.Host ?? ThisMachine;
        passkeys.UserVerificationRequirement = "required";
        passkeys.ResidentKeyRequirement = "required";
        passkeys.AttestationConveyancePreference = "none";
        passkeys.AuthenticatorTimeout = PasskeyCeremonies.Life;
        passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == OwnOrigin(context.HttpContext.Request));
    }

    private string OwnOrigin(HttpRequest request) => options.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}";
}
