using Cambist.App.Accounts.Passwords;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Privacy;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts;

/// <summary>What registering led to.</summary>
public abstract record RegisterResult
{
    /// <summary>There is an account now, or there was one before: nobody is told which, but the owner of the address by mail.</summary>
    public sealed record Accepted : RegisterResult;

    /// <summary>A field cannot be used.</summary>
    /// <param name="Field"><c>email</c> or <c>password</c>.</param>
    /// <param name="Code">Stable.</param>
    /// <param name="Reason">What was expected.</param>
    public sealed record Wrong(string Field, string Code, string Reason) : RegisterResult;

    /// <summary>Strangers may not register here.</summary>
    public sealed record Closed : RegisterResult;
}

/// <summary>New accounts, and the confirmation of their addresses.</summary>
public sealed class Registration(UserManager<Account> users, PasswordRules rules, PasswordGate gate, OneTimeTokens tokens, AccountMails mails, AuthOptions options, TimeProvider clock)
{
    /// <summary>Registers a stranger.</summary>
    /// <exception cref="TooManyLoginsException">More passwords wait than the service takes.</exception>
    public async Task<RegisterResult> RegisterAsync(string? email, string? password, CancellationToken cancellationToken)
    {
        if (!options.Registration)
        {
            return new RegisterResult.Closed();
        }

        if (!EmailAddress.TryRead(email, out var address, out var fault))
        {
            return new RegisterResult.Wrong("email", "invalid_email", fault);
        }

        // Before its turn to be hashed, for others may be asked about it; and whether or not there is such an account.
        if (await rules.FaultAsync(password ?? "", address.Given, cancellationToken) is { } weak)
        {
            return new RegisterResult.Wrong("password", "weak_password", weak);
        }

        var account = New(address);
        account.Deeds.Add(("account.registered", account.Id));
        var made = await gate.RunAsync(() => users.CreateAsync(account, password ?? ""), cancellationToken);
        if (made.Succeeded)
        {
            mails.Confirm(account.Email);
        }
        else if (made.Is(AccountErrors.EmailTaken))
        {
            mails.AlreadyRegistered(account.Email);
        }
        else
        {
            return new RegisterResult.Wrong("password", made.Errors.First().Code, made.Errors.First().Description);
        }

        return new RegisterResult.Accepted();
    }

    /// <summary>Makes an account for somebody, by whoever runs the service; its address counts as confirmed.</summary>
    /// <param name="email">The address.</param>
    /// <param name="password">The first password.</param>
    /// <param name="role">What it may do.</param>
    public async Task<(Account? Account, IdentityError? Fault)> AddAsync(string email, string password, AccountRole role)
    {
        if (!EmailAddress.TryRead(email, out var address, out var fault))
        {
            return (null, new IdentityError { Code = "invalid_email", Description = fault });
        }

        if (await rules.FaultAsync(password, address.Given, CancellationToken.None) is { } weak)
        {
            return (null, new IdentityError { Code = "weak_password", Description = weak });
        }

        var account = New(address);
        (account.Role, account.IsEmailConfirmed) = (role, true);
        account.Deeds.Add((role == AccountRole.Admin ? "admin.added" : "account.added", "operator"));
        var made = await users.CreateAsync(account, password);
        return made.Succeeded ? (account, null) : (null, made.Errors.First());
    }

    /// <summary>Confirms an address, of a new account or a new one of an old account; false where the token is none, was used or has run out.</summary>
    public async Task<bool> ConfirmAsync(string accountId, string token, string? newEmail)
    {
        if (await users.FindByIdAsync(accountId) is not { } account)
        {
            return false;
        }

        account.Deeds.Add((newEmail is null ? "email.confirmed" : "email.changed", account.Id));
        if (newEmail is null)
        {
            return (await users.ConfirmEmailAsync(account, token)).Succeeded;
        }

        var oldEmail = account.Email;
        if (!(await users.ChangeEmailAsync(account, newEmail, token)).Succeeded)
        {
            return false;
        }

        // A link that went to the old address sets no password any more.
        tokens.Revoke(account.Id);
        mails.Moved(account.Id, oldEmail);
        return true;
    }

    private Account New(EmailAddress address) => new() { Id = Guid.NewGuid().ToString(), Email = address.Given, CreatedAt = clock.GetUtcNow() };
}
