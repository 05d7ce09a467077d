using Cambist.App.Accounts.Passwords;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Privacy;
using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace Cambist.App.Accounts;

/// <summary>What a change of how one gets in led to.</summary>
public abstract record ChangeResult
{
    /// <summary>It is done.</summary>
    public sealed record Done : ChangeResult;

    /// <summary>The password or code that allows it is wrong.</summary>
    public sealed record Refused : ChangeResult;

    /// <summary>The new value cannot be used.</summary>
    /// <param name="Code">Stable.</param>
    /// <param name="Reason">What was expected.</param>
    public sealed record Wrong(string Code, string Reason) : ChangeResult;
}

/// <summary>How one gets into an account: password, address, second factor. Each change is in the audit trail and told to the owner by mail.</summary>
public sealed class AccountSecurity(UserManager<Account> users, Login login, Sessions sessions, PasswordGate gate, PasswordRules rules, AccountLocks locks, OneTimeTokens tokens, AccountMails mails)
{
    private const int RecoveryCodes = 10;

    /// <summary>Another password, by who knows the old one. All sessions end.</summary>
    /// <exception cref="TooManyLoginsException">More passwords wait than the service takes.</exception>
    public async Task<ChangeResult> ChangePasswordAsync(Account account, string oldPassword, string newPassword, CancellationToken cancellationToken)
    {
        if (await rules.FaultAsync(newPassword, account.Email, cancellationToken) is { } fault)
        {
            return new ChangeResult.Wrong("weak_password", fault);
        }

        return await login.IsPasswordAsync(account, oldPassword, cancellationToken)
            ? await gate.RunAsync(() => SetAsync(account, newPassword, "password.changed", "the password was changed", account.Id), cancellationToken)
            : new ChangeResult.Refused();
    }

    /// <summary>Another password, by who got the mail. All sessions end.</summary>
    /// <exception cref="TooManyLoginsException">More passwords wait than the service takes.</exception>
    public async Task<ChangeResult> ResetPasswordAsync(string accountId, string token, string newPassword, CancellationToken cancellationToken)
    {
        // Before the token is used up, and the same whether there is an account.
        if (rules.Fault(newPassword, "") is { } fault)
        {
            return new ChangeResult.Wrong("weak_password", fault);
        }

        const string Purpose = UserManager<Account>.ResetPasswordTokenPurpose;
        if (await users.FindByIdAsync(accountId) is not { } account || tokens.OwnerOf(Purpose, token) != account.Id)
        {
            return new ChangeResult.Refused();
        }

        // Only who has the link learns that a password is too much like the account's address, or has others asked about it.
        if (await rules.FaultAsync(newPassword, account.Email, cancellationToken) is { } ownFault)
        {
            return new ChangeResult.Wrong("weak_password", ownFault);
        }

        // The link is used up by the new password, not by waiting for a turn to hash it.
        return await gate.RunAsync(
            async () =>
            {
                if (!tokens.Redeem(account.Id, Purpose, token))
                {
                    return new ChangeResult.Refused();
                }

                // Who reads mail there has shown it, and is not the one who guessed.
                account.IsEmailConfirmed = true;
                locks.Forgive(account.Id);
                return await SetAsync(account, newPassword, "password.reset", "a new password was set", account.Id);
            },
            cancellationToken);
    }

    /// <summary>Asks for another address; it becomes the account's when it is confirmed.</summary>
    public ChangeResult ChangeEmail(Account account, string? email)
    {
        if (!EmailAddress.TryRead(email, out var address, out var fault))
        {
            return new ChangeResult.Wrong("invalid_email", fault);
        }

        if (!mails.AreSent)
        {
            return new ChangeResult.Wrong("mail_off", "This service sends no mail, so no new address can be confirmed.");
        }

        mails.NewAddress(account.Id, address.Given);
        mails.Changed(account.Id, "somebody asked for another e-mail address");
        return new ChangeResult.Done();
    }

    /// <summary>A new key for an authenticator app. It is asked for only once a code of it was shown.</summary>
    /// <returns>The key in base32; null where the account was changed meanwhile.</returns>
    public async Task<string?> BeginSecondFactorAsync(Account account) => (await users.ResetAuthenticatorKeyAsync(account)).Succeeded ? account.TotpKey : null;

    /// <summary>The address by which an authenticator app takes a key, as a QR code shows it.</summary>
    public static string UriOf(Account account, string secret) => new OtpUri(OtpType.Totp, secret, account.Email, "Cambist").ToString();

    /// <summary>Turns the second factor on, with a code of the new key.</summary>
    /// <returns>Recovery codes, which are told once; null where the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmSecondFactorAsync(Account account, string code)
    {
        if (account.HasSecondFactor || !await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, code))
        {
            return null;
        }

        account.HasSecondFactor = true;
        return await NewCodesAsync(account, "second_factor.on", "the second factor was turned on");
    }

    /// <summary>Other recovery codes of an account that has a second factor; those before are worth nothing from then on, and the authenticator app stays.</summary>
    /// <returns>The codes, which are told once; null where the account was changed meanwhile.</returns>
    public Task<IReadOnlyList<string>?> RenewRecoveryCodesAsync(Account account) =>
        NewCodesAsync(account, "second_factor.codes_renewed", "new recovery codes were made, and the ones before are worth nothing now");

    /// <summary>Turns the second factor off.</summary>
    public async Task<ChangeResult> RemoveSecondFactorAsync(Account account, string actor)
    {
        (account.HasSecondFactor, account.TotpKey, account.RecoveryCodes) = (false, null, []);
        account.Deeds.Add(("second_factor.off", actor));
        var written = await users.UpdateSecurityStampAsync(account);
        if (!written.Succeeded)
        {
            return Failed(written);
        }

        mails.Changed(account.Id, "the second factor was turned off");
        return new ChangeResult.Done();
    }

    /// <summary>Another password, by whoever runs the service. All sessions end.</summary>
    public async Task<ChangeResult> SetPasswordByOperatorAsync(Account account, string password, CancellationToken cancellationToken) =>
        await rules.FaultAsync(password, account.Email, cancellationToken) is { } fault
            ? new ChangeResult.Wrong("weak_password", fault)
            : await gate.RunAsync(() => SetAsync(account, password, "password.set", "a new password was set by whoever runs this service", OperatorAccounts.Actor), cancellationToken);

    private async Task<IReadOnlyList<string>?> NewCodesAsync(Account account, string deed, string told)
    {
        account.Deeds.Add((deed, account.Id));
        if (await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes) is not { } codes)
        {
            return null;
        }

        mails.Changed(account.Id, told);
        return [.. codes];
    }

    // What hashes waits for its turn before.
    private async Task<ChangeResult> SetAsync(Account account, string password, string deed, string told, string actor)
    {
        account.Deeds.Add((deed, actor));
        account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
        var written = await users.UpdateSecurityStampAsync(account);
        if (!written.Succeeded)
        {
            return Failed(written);
        }

        sessions.EndAll(account.Id);

        // Whoever held such a session may have asked for another address, and must not confirm it now.
        tokens.Revoke(account.Id);
        mails.Changed(account.Id, told);
        return new ChangeResult.Done();
    }

    private static ChangeResult.Wrong Failed(IdentityResult written) => new(written.Errors.First().Code, written.Errors.First().Description);
}
