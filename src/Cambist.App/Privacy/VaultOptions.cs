using System.Text.RegularExpressions;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Privacy;

/// <summary>A secret of HashiCorp Vault or OpenBao, KV version 2: section <c>Encryption:Vault</c>.</summary>
internal sealed partial class VaultOptions
{
    /// <summary>The server: what stands before <c>/v1/</c>, with a slash at the end.</summary>
    public required Uri Address { get; init; }

    public required string Mount { get; init; }

    public required string Path { get; init; }

    public string? Namespace { get; init; }

    private string? Token { get; init; }

    private string? TokenFile { get; init; }

    /// <summary>Whether the token and the keys go over a wire that others can listen to.</summary>
    public bool IsInTheClear => Address.Scheme == Uri.UriSchemeHttp && !Address.IsLoopback;

    public string Place => $"{Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')}, mount {Mount}, path {Path}";

    public static VaultOptions Read(IConfigurationSection section)
    {
        var address = Uri.TryCreate(section["Address"], UriKind.Absolute, out var told) && told is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" } ? told : null;
        Require(section, address is not null, "Address", "an address such as https://vault.example:8200, without user or query");
        var (mount, path, tenant) = (Given(section["Mount"]) ?? "secret", Given(section["Path"]) ?? "cambist/keys", Given(section["Namespace"]));
        Require(section, Segments.IsMatch(mount), "Mount", "the name of a KV engine of version 2 such as secret: letters, digits, '.', '_', '-', parts joined by '/'");
        Require(section, Segments.IsMatch(path), "Path", "a path such as cambist/keys, without the mount and without data/: letters, digits, '.', '_', '-', parts joined by '/'");
        Require(section, tenant is null || Segments.IsMatch(tenant.TrimEnd('/')), "Namespace", "a namespace such as team/fx");
        var (token, file) = (Given(section["Token"])?.Trim(), Given(section["TokenFile"]));
        Require(section, token is null != file is null, "Token", $"a token, or in {section.Path}:TokenFile the file that holds it, and not both,");
        Require(section, token is null || IsHeader(token), "Token", "visible letters of ASCII without spaces");
        return new VaultOptions
        {
            Address = new Uri(address!.AbsoluteUri.TrimEnd('/') + "/"),
            Mount = mount,
            Path = path,
            Namespace = tenant,
            Token = token,
            TokenFile = file is null ? null : System.IO.Path.GetFullPath(file),
        };
    }

    /// <summary>The token of now: whoever renews it writes a new one to the file.</summary>
    public string CurrentToken()
    {
        if (Token is not null)
        {
            return Token;
        }

        try
        {
            // A file that holds a token often ends with a line break, which no header may hold.
            var token = File.ReadAllText(TokenFile!).Trim();
            return token.Length > 0 && IsHeader(token) ? token : throw new KeyRingFaultException(KeyRingFault.VaultRefused, $"Vault cannot be asked: {TokenFile} holds no token of visible letters of ASCII.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KeyRingFaultException(KeyRingFault.VaultRefused, $"Vault cannot be asked: the token's file {TokenFile} cannot be read ({fault.GetType().Name}).", fault);
        }
    }

    /// <summary>Without the token.</summary>
    public override string ToString() => Place;

    private static void Require(IConfigurationSection section, bool isAllowed, string key, string expected)
    {
        if (!isAllowed)
        {
            throw new WrongSettingException($"{section.Path}:{key}", $"{expected} expected, found {(string.IsNullOrWhiteSpace(section[key]) ? "nothing" : "something else")}");
        }
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static bool IsHeader(string token) => token.All(letter => letter is > ' ' and <= '~');

    // No part is '.' or '..': an address would be shortened by them.
    [GeneratedRegex(@"^(?!\.{1,2}(/|\z))[A-Za-z0-9._-]+(/(?!\.{1,2}(/|\z))[A-Za-z0-9._-]+)*\z")]
    private static partial Regex Segments { get; }
}
