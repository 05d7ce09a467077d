using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts.Passwords;

/// <summary>What a password is compared with where there is no account: it takes as long, and is nobody's.</summary>
public sealed class NobodysPassword(IPasswordHasher<Account> hasher)
{
    private readonly Lazy<string> _hash = new(() => hasher.HashPassword(new Account { Id = "nobody", Email = "" }, Sessions.NewToken()));

    /// <summary>A hash as that of accounts.</summary>
    public string Hash => _hash.Value;
}
