using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts.Passwords;

/// <summary>What a password is compared with where there is no account: it takes as long, and is nobody's.</summary>
public sealed class NobodysPassword(IPasswordHasher<Account> hasher)
{
    private readonly Lazy<string> _hash = new(() => hasher.HashPassword(Nobody, Sessions.NewToken()));

    /// <summary>Whose it is.</summary>
    public static Account Nobody { get; } = new() { Id = "nobody", Email = "nobody@example.org" };

    /// <summary>A hash as that of accounts.</summary>
    public string Hash => _hash.Value;
}
