using System.Buffers.Text;
using System.Text.Json;
using Cambist.App.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts.Passkeys;

/// <summary>What a browser is asked with, and what it brings back with the answer.</summary>
/// <param name="Options">For <c>navigator.credentials</c>, as JSON.</param>
/// <param name="State">Opaque; comes back with the answer.</param>
internal sealed record PasskeyQuestion(JsonElement Options, string State);

/// <summary>Adds passkeys to accounts, and lets people in by them. The ceremonies of WebAuthn are Identity's.</summary>
public sealed class PasskeyBook(UserManager<Account> users, IPasskeyHandler<Account> handler, PasskeyCeremonies ceremonies, AccountMails mails, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The most passkeys of an account.</summary>
    public const int Most = 20;

    /// <summary>The most letters of a passkey's name.</summary>
    public const int LongestName = 60;

    /// <summary>Begins to add one.</summary>
    internal async Task<PasskeyQuestion> BeginAddingAsync(Account account, HttpContext context)
    {
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id, Name = account.Email, DisplayName = account.Name ?? account.Email }, context);
        return new PasskeyQuestion(JsonElement.Parse(made.CreationOptionsJson), ceremonies.Begin(PasskeyPurpose.Add, account.Id, made.AttestationState!));
    }

    /// <summary>Adds the one that a browser made.</summary>
    internal async Task<ChangeResult> AddAsync(Account account, string? name, string credential, string state, HttpContext context)
    {
        if (ceremonies.End(PasskeyPurpose.Add, account.Id, state) is not { } known)
        {
            return new ChangeResult.Refused();
        }

        if ((await users.GetPasskeysAsync(account)).Count >= Most)
        {
            return new ChangeResult.Wrong("too_many_passkeys", $"An account has at most {Most} passkeys; remove one that is not used.");
        }

        var made = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = known });
        if (!made.Succeeded || made.UserEntity.Id != account.Id)
        {
            return new ChangeResult.Refused();
        }

        // By our clock, and without what is not kept.
        var passkey = (StoredPasskey.Of(made.Passkey) with { CreatedAt = clock.GetUtcNow(), Name = NameOf(name) }).Info(made.Passkey.CredentialId);
        account.Deeds.Add(("passkey.added", account.Id));
        return Written(await users.AddOrUpdatePasskeyAsync(account, passkey), account, "a passkey was added");
    }

    /// <summary>Begins a log-in of somebody whom only the passkey will name.</summary>
    internal async Task<PasskeyQuestion> BeginLogInAsync(HttpContext context)
    {
        var made = await handler.MakeRequestOptionsAsync(user: null, context);
        return new PasskeyQuestion(JsonElement.Parse(made.RequestOptionsJson), ceremonies.Begin(PasskeyPurpose.LogIn, account: null, made.AssertionState!));
    }

    /// <summary>Lets in whom a passkey names. A lock after wrong passwords does not count: it keeps guessers out, and a signature is not guessed.</summary>
    internal async Task<LoginResult> LogInAsync(string credential, string state, HttpContext context)
    {
        if (ceremonies.End(PasskeyPurpose.LogIn, account: null, state) is not { } known)
        {
            return new LoginResult.Refused();
        }

        var shown = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = known });
        if (!shown.Succeeded)
        {
            await TellFailureAsync(credential);
            return new LoginResult.Refused();
        }

        // Its counter went on. Fails where another log-in with it came between.
        return !(await users.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey)).Succeeded ? new LoginResult.Refused()
            : mails.LetIn(shown.User) ? new LoginResult.Done(shown.User, "passkey")
            : new LoginResult.Refused();
    }

    /// <summary>Calls one otherwise; nothing where the account has none of that id.</summary>
    public async Task<ChangeResult> RenameAsync(Account account, string id, string? name)
    {
        if (await FindAsync(account, id) is not { } passkey)
        {
            return new ChangeResult.Done();
        }

        passkey.Name = NameOf(name);
        return Written(await users.AddOrUpdatePasskeyAsync(account, passkey), account, told: null);
    }

    /// <summary>Takes one out; nothing where the account has none of that id.</summary>
    public async Task<ChangeResult> RemoveAsync(Account account, string id)
    {
        if (await FindAsync(account, id) is not { } passkey)
        {
            return new ChangeResult.Done();
        }

        account.Deeds.Add(("passkey.removed", account.Id));
        return Written(await users.RemovePasskeyAsync(account, passkey.CredentialId), account, "a passkey was removed");
    }

    /// <summary>How a passkey is named in forms.</summary>
    public static string IdOf(UserPasskeyInfo passkey) => Base64Url.EncodeToString(passkey.CredentialId);

    private async Task<UserPasskeyInfo?> FindAsync(Account account, string id) => (await users.GetPasskeysAsync(account)).FirstOrDefault(passkey => IdOf(passkey) == id);

    private ChangeResult Written(IdentityResult written, Account account, string? told)
    {
        if (!written.Succeeded)
        {
            return new ChangeResult.Wrong(written.Errors.First().Code, written.Errors.First().Description);
        }

        if (told is not null)
        {
            mails.Changed(account.Id, told);
        }

        return new ChangeResult.Done();
    }

    // Somebody has a passkey of an account and fails: a copy whose counter is behind, a page of another host, a forgery. Its owner may want to know.
    private async Task TellFailureAsync(string credential)
    {
        if (CredentialId(credential) is { } id && await users.FindByPasskeyIdAsync(id) is { } account)
        {
            audit.Append(clock.GetUtcNow(), "account.login_failed", "anonymous", account.Id, new() { ["wrong"] = "passkey" });
        }
    }

    private static byte[]? CredentialId(string credential)
    {
        using var json = JsonDocument.Parse(credential);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && Base64Url.IsValid(id.GetString()!)
            ? Base64Url.DecodeFromChars(id.GetString()!)
            : null;
    }

    private static string NameOf(string? told)
    {
        var name = string.Concat((told ?? "").Where(letter => !char.IsControl(letter))).Trim();
        return name.Length == 0 ? "Passkey" : name.Length > LongestName ? name[..LongestName] : name;
    }
}
