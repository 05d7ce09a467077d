using Cambist.App.Accounts.Passwords;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Accounts;

/// <summary>What trying to log in led to.</summary>
public abstract record LoginResult
{
    /// <summary>It is who it says.</summary>
    /// <param name="Account">The account.</param>
    /// <param name="By">How it was shown: <c>password</c>, <c>code</c>, <c>recovery_code</c> or <c>passkey</c>.</param>
    public sealed record Done(Account Account, string By) : LoginResult;

    /// <summary>The e-mail, the password or the code is wrong, there is no such account, it is locked, or its e-mail is not confirmed: nobody is told which.</summary>
    public sealed record Refused : LoginResult;

    /// <summary>The password is right; a code is needed too.</summary>
    /// <param name="Continuation">Stands for the password in <see cref="Login.ContinueAsync"/>, for five minutes.</param>
    public sealed record CodeNeeded(string Continuation) : LoginResult;
}

/// <summary>Finds out whether somebody is who they say. What it answers, and when, does not tell whether there is an account.</summary>
public sealed class Login(UserManager<Account> users, PasswordGate gate, AccountLocks locks, OneTimeTokens tokens, AccountMails mails, NobodysPassword nobody, AuditTrail audit, TimeProvider clock, ILogger<Login> log)
{
    private const string SecondStep = "second step";
    private static readonly TimeSpan SecondStepLife = TimeSpan.FromMinutes(5);

    /// <summary>Tries an e-mail and a password, and a code of the authenticator or a recovery code where they are given.</summary>
    /// <exception cref="TooManyLoginsException">More people log in than the service takes.</exception>
    public Task<LoginResult> TryAsync(string email, string password, string? code, string? recoveryCode, CancellationToken cancellationToken) => gate.RunAsync(
        async () =>
        {
            var account = await users.FindByEmailAsync(email);
            var isOpen = account?.PasswordHash is not null && locks.TryBegin(account.Id);

            // A hash is made in any case, so that the time tells nothing.
            var verdict = users.PasswordHasher.VerifyHashedPassword(account ?? NobodysPassword.Nobody, isOpen ? account!.PasswordHash! : nobody.Hash, Cut(password));
            if (!isOpen || verdict == PasswordVerificationResult.Failed)
            {
                return isOpen ? Fail(account!, "password") : Closed(account);
            }

            if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            {
                account!.PasswordHash = users.PasswordHasher.HashPassword(account, password);
                await users.UpdateAsync(account);
            }

            return await AfterPasswordAsync(account!, code, recoveryCode);
        },
        cancellationToken);

    /// <summary>The second step: a code, after a right password.</summary>
    public async Task<LoginResult> ContinueAsync(string continuation, string? code, string? recoveryCode)
    {
        if (tokens.OwnerOf(SecondStep, continuation) is not { } id || await users.FindByIdAsync(id) is not { } account || !locks.TryBegin(id))
        {
            return new LoginResult.Refused();
        }

        // Used up by what it let in, and worth nothing where a change of who gets in took it away meanwhile.
        var result = await CodeAsync(account, code, recoveryCode);
        return result is not LoginResult.Done || tokens.Redeem(id, SecondStep, continuation) ? result : new LoginResult.Refused();
    }

    /// <summary>Whether a password is an account's, for a change that asks for it again. A wrong one counts as everywhere.</summary>
    /// <exception cref="TooManyLoginsException">More people log in than the service takes.</exception>
    public Task<bool> IsPasswordAsync(Account account, string password, CancellationToken cancellationToken) => gate.RunAsync(
        () =>
        {
            if (account.PasswordHash is null || !locks.TryBegin(account.Id))
            {
                return Task.FromResult(false);
            }

            if (users.PasswordHasher.VerifyHashedPassword(account, account.PasswordHash, Cut(password)) == PasswordVerificationResult.Failed)
            {
                Fail(account, "password");
                return Task.FromResult(false);
            }

            locks.Forgive(account.Id);
            return Task.FromResult(true);
        },
        cancellationToken);

    private async Task<LoginResult> AfterPasswordAsync(Account account, string? code, string? recoveryCode)
    {
        if (account.HasSecondFactor && code is null && recoveryCode is null)
        {
            // Not forgiven: who knows the password alone would get as many codes as it likes.
            locks.TakeBack(account.Id);
            return new LoginResult.CodeNeeded(tokens.Issue(account.Id, SecondStep, SecondStepLife));
        }

        return account.HasSecondFactor ? await CodeAsync(account, code, recoveryCode) : Done(account, "password");
    }

    private async Task<LoginResult> CodeAsync(Account account, string? code, string? recoveryCode)
    {
        var isRight = code is not null
            ? await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, code)
            : recoveryCode is not null && (await users.RedeemTwoFactorRecoveryCodeAsync(account, recoveryCode.Trim())).Succeeded;
        return isRight ? Done(account, code is not null ? "code" : "recovery_code") : Fail(account, "code");
    }

    private LoginResult Done(Account account, string by)
    {
        locks.Forgive(account.Id);
        if (mails.LetIn(account))
        {
            return new LoginResult.Done(account, by);
        }

        // Who registers somebody else's address and logs in must not learn that it had no account before. Its owner gets another mail.
        mails.Confirm(account.Email);
        return new LoginResult.Refused();
    }

    private LoginResult.Refused Fail(Account account, string what)
    {
        var isLocked = locks.IsLocked(account.Id);
        audit.Append(clock.GetUtcNow(), isLocked ? "account.locked" : "account.login_failed", "anonymous", account.Id, new() { ["wrong"] = what });
        if (isLocked)
        {
            mails.Locked(account.Id);
        }

        return new LoginResult.Refused();
    }

    // Told to the log alone. An account that is open has its event in the audit trail; strangers must not be able to make that grow.
    private LoginResult.Refused Closed(Account? account)
    {
        if (account is null)
        {
            log.LogInformation("A log-in was refused: there is no such account.");
        }
        else
        {
            log.LogInformation("A log-in to account {Account} was refused: it is locked for a while, or has no password.", account.Id);
        }

        return new LoginResult.Refused();
    }

    // Nobody's password is longer, and what is longer is not to cost more.
    private static string Cut(string password) => password.Length <= 2 * PasswordRules.Longest ? password : "";
}
