namespace Cambist.App.Privacy;

/// <summary>Why a key ring cannot be used.</summary>
public enum KeyRingFault
{
    /// <summary>There is none where one was configured.</summary>
    Missing,

    /// <summary>Others than its owner may read or write its file.</summary>
    ReadableByOthers,

    /// <summary>It is not of the documented form.</summary>
    Garbled,

    /// <summary>A secret has not the length that its algorithm needs.</summary>
    WrongLength,

    /// <summary>Two keys have one id.</summary>
    DuplicateId,

    /// <summary>Two keys have one secret.</summary>
    SharedSecret,

    /// <summary>It lacks a data key or the lookup key.</summary>
    NoKey,

    /// <summary>It has more than one lookup key.</summary>
    TwoLookupKeys,

    /// <summary>It has another lookup key than before.</summary>
    LookupKeyChanged,

    /// <summary>Its place can be read and not written.</summary>
    ReadOnly,

    /// <summary>Its file cannot be read or written.</summary>
    FileFailed,

    /// <summary>Another process holds it for longer than a change takes.</summary>
    Busy,

    /// <summary>Vault does not answer.</summary>
    VaultUnreachable,

    /// <summary>Vault answers with something that is not Vault's, or sends elsewhere.</summary>
    VaultNotUnderstood,

    /// <summary>Vault does not accept the token for this path.</summary>
    VaultRefused,

    /// <summary>The newest version there was deleted or destroyed.</summary>
    VaultVersionDeleted,

    /// <summary>The mount is a KV engine of version 1.</summary>
    VaultVersionOneEngine,

    /// <summary>Vault is sealed.</summary>
    VaultSealed,

    /// <summary>Vault goes on failing or has too much to do.</summary>
    VaultUnavailable,

    /// <summary>Others changed it again and again while it was to be changed.</summary>
    Conflict,
}

/// <summary>A key ring cannot be used. The message says what was expected and found, and holds no secret.</summary>
/// <param name="kind">Why.</param>
/// <param name="message">The same in a sentence.</param>
/// <param name="inner">What it follows from; never the reader of the ring, whose messages repeat what was read.</param>
public sealed class KeyRingFaultException(KeyRingFault kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public KeyRingFault Kind { get; } = kind;

    /// <summary>Stable code of the reason: <c>keys_readable_by_others</c>.</summary>
    public string Code => "keys" + string.Concat(Kind.ToString().Select(letter => char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : letter.ToString()));
}
