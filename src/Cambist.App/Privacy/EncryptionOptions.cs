using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Privacy;

/// <summary>Where the key ring is: section <c>Encryption</c>. The first that is configured counts: a file, the text of a setting, Vault; else <c>keys.json</c> in the folder of data.</summary>
public sealed class EncryptionOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Encryption";

    internal const string KeyFileKey = Section + ":KeyFile";
    internal const string KeysKey = Section + ":Keys";
    internal const string VaultKey = Section + ":Vault";

    private EncryptionOptions()
    {
    }

    /// <summary>The keys of the section.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["KeyFile", "Keys", "Vault"];

    /// <summary>The keys of <c>Encryption:Vault</c>.</summary>
    public static IReadOnlyList<string> VaultKeys { get; } = ["Address", "Mount", "Path", "Token", "TokenFile", "Namespace"];

    /// <summary>The ring's file; null where none is named.</summary>
    public string? KeyFile { get; private init; }

    /// <summary>Whether the ring and the token go over a wire that others can listen to.</summary>
    public bool SendsKeysInTheClear => KeyFile is null && Text is null && Vault?.IsInTheClear == true;

    /// <summary>The keys of all places that are named, the one that counts first.</summary>
    public IReadOnlyList<string> Named { get; private init; } = [];

    internal string? Text { get; private init; }

    internal VaultOptions? Vault { get; private init; }

    /// <summary>Reads the section. The text of a ring is looked at when the ring is used.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed; the message holds no secret.</exception>
    public static EncryptionOptions Read(IConfiguration configuration)
    {
        var keyFile = Given(configuration[KeyFileKey]);
        var text = Given(configuration[KeysKey]);
        var vault = configuration.GetSection(VaultKey);
        if (configuration.GetSection(KeysKey).GetChildren().Any())
        {
            throw new WrongSettingException(KeysKey, "one text expected, the JSON document of a ring as docs/privacy.md shows it; found a section");
        }

        return new EncryptionOptions
        {
            KeyFile = keyFile is null ? null : Path.GetFullPath(keyFile),
            Text = text,
            Vault = vault.GetChildren().Any() ? VaultOptions.Read(vault) : null,
            Named = [.. new[] { (KeyFileKey, keyFile is not null), (KeysKey, text is not null), (VaultKey, vault.GetChildren().Any()) }.Where(place => place.Item2).Select(place => place.Item1)],
        };
    }

    /// <summary>The place of the ring.</summary>
    /// <param name="folder">The folder of data.</param>
    public IKeyRingPlace Open(string folder) => this switch
    {
        { KeyFile: { } file } => new KeyRingFile(file, isConfigured: true),
        { Text: { } text } => new ConfiguredKeyRing(text),
        { Vault: { } vault } => new VaultKeyRing(vault),
        _ => new KeyRingFile(Path.Combine(folder, KeyRingFile.DefaultName), isConfigured: false),
    };

    /// <summary>Without the text and the token.</summary>
    public override string ToString() => Named.Count > 0 ? Named[0] : KeyRingFile.DefaultName;

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
