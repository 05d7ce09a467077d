using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts;

/// <summary>What an account may do.</summary>
public enum AccountRole
{
    /// <summary>Use the service for oneself.</summary>
    User,

    /// <summary>Run it: promote models, see its inner state.</summary>
    Admin,
}

/// <summary>Somebody's account, as ASP.NET Core Identity changes it step by step; <see cref="AccountStore"/> reads and writes it whole.</summary>
public sealed class Account
{
    /// <summary>Random and for ever; it tells nothing of the person, so it stands in tokens, logs and the audit trail.</summary>
    public required string Id { get; init; }

    /// <summary>Where mail goes, as it was written.</summary>
    public required string Email { get; set; }

    /// <summary>Whether who holds the account has shown to read mail there.</summary>
    public bool IsEmailConfirmed { get; set; }

    /// <summary>What it may do.</summary>
    public AccountRole Role { get; set; }

    /// <summary>As <see cref="Microsoft.AspNetCore.Identity.PasswordHasher{TUser}"/> writes it; null: it has no password.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Another one whenever how one gets in is changed.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Another one with each write: who read an older one may not write.</summary>
    public string Version { get; set; } = "";

    /// <summary>No password and no code is looked at before; null: it is not locked.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Whether a code is asked for beside the password.</summary>
    public bool HasSecondFactor { get; set; }

    /// <summary>The secret of the authenticator app, in base32.</summary>
    public string? TotpKey { get; set; }

    /// <summary>Hashes of the recovery codes that are left.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; set; } = [];

    /// <summary>How the person wants to be called.</summary>
    public string? Name { get; set; }

    /// <summary>As ITU-T E.164 writes it: <c>+491701234567</c>.</summary>
    public string? Phone { get; set; }

    /// <summary>How the person converts money.</summary>
    public AccountProfile Profile { get; set; } = new();

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset LastSeenAt { get; init; }

    /// <summary>What the audit trail is told in the transaction that writes the account next, and who did it.</summary>
    internal List<(string Kind, string Actor)> Deeds { get; } = [];

    /// <summary>Passkeys that are added, changed or (null) taken out when the account is written next.</summary>
    internal List<(byte[] Id, UserPasskeyInfo? Passkey)> PasskeyChanges { get; } = [];

    /// <summary>Its id alone.</summary>
    public override string ToString() => Id;
}

/// <summary>How a person converts money: what questions take for granted where they do not say it.</summary>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="RiskTolerance"><c>conservative</c>, <c>moderate</c> or <c>aggressive</c>.</param>
/// <param name="UsualProvider">Id of a provider.</param>
public sealed record AccountProfile(string? TimeZone = null, string? Country = null, string? RiskTolerance = null, string? UsualProvider = null);
