using System.Data.Common;
using System.Text.Json.Nodes;
using Cambist.App.Audit;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts;

/// <summary>What whoever runs the service does with accounts, beside a service that runs. Each act is in the audit trail as the <c>operator</c>'s; of mails, none is sent.</summary>
public sealed class OperatorAccounts(
    UserManager<Account> users, IUserStore<Account> store, Registration registration, AccountSecurity security, Sessions sessions, PersonalData data, Database database, TimeProvider clock)
{
    /// <summary>The name by which the trail knows whoever runs the service.</summary>
    public const string Actor = "operator";

    /// <summary>Every account, in the order in which they were made.</summary>
    public IReadOnlyList<Account> All() => ((AccountStore)store).All();

    /// <summary>The id of every account, for which no key is needed.</summary>
    public IReadOnlyList<string> Ids()
    {
        using var connection = database.Connect();
        return connection.Rows("SELECT id FROM account ORDER BY id;", row => row.GetString(0));
    }

    /// <summary>An account by its e-mail or its id; null where there is none.</summary>
    public Task<Account?> FindAsync(string emailOrId) => emailOrId.Contains('@', StringComparison.Ordinal) ? users.FindByEmailAsync(emailOrId) : users.FindByIdAsync(emailOrId);

    /// <summary>Makes an account, whose address counts as confirmed.</summary>
    public Task<(Account? Account, IdentityError? Fault)> AddAsync(string email, string password, AccountRole role) => registration.AddAsync(email, password, role);

    /// <summary>Another password. All sessions end.</summary>
    public Task<ChangeResult> SetPasswordAsync(Account account, string password, CancellationToken cancellationToken) => security.SetPasswordByOperatorAsync(account, password, cancellationToken);

    /// <summary>Another role. All sessions end, because tokens tell the role.</summary>
    public async Task<IdentityResult> SetRoleAsync(Account account, AccountRole role)
    {
        if (account.Role == role)
        {
            return IdentityResult.Success;
        }

        account.Role = role;
        account.Deeds.Add((role == AccountRole.Admin ? "role.admin" : "role.user", Actor));
        // Another stamp, so that no log-in that is on its way brings the old role.
        var written = await users.UpdateSecurityStampAsync(account);
        if (written.Succeeded)
        {
            sessions.EndAll(account.Id);
        }

        return written;
    }

    /// <summary>Lets a locked account try again at once.</summary>
    public void Unlock(Account account) => Do("account.unlocked", account, AccountLocks.Forgive);

    /// <summary>Ends all sessions, those of log-ins that are on their way too; a service that runs knows within seconds.</summary>
    public void SignOut(Account account) => Do("account.signed_out", account, (connection, id) =>
    {
        connection.Execute("UPDATE account SET security_stamp = @stamp WHERE id = @id;", ("stamp", Guid.NewGuid().ToString("N")), ("id", id));
        sessions.EndAll(connection, id);
    });

    /// <summary>Turns the second factor off, for somebody who lost it.</summary>
    public Task<ChangeResult> RemoveSecondFactorAsync(Account account) => security.RemoveSecondFactorAsync(account, Actor);

    /// <summary>Everything that is stored of an account.</summary>
    public JsonObject Export(Account account) => data.Export(account, Actor);

    /// <summary>Erases an account and all that is stored of it.</summary>
    public Task EraseAsync(Account account) => data.EraseAsync(account, Actor);

    // The act and its event are one transaction.
    private void Do(string kind, Account account, Action<DbConnection, string> act)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        act(connection, account.Id);
        AuditTrail.Append(database, connection, clock.GetUtcNow(), kind, Actor, account.Id, details: null);
        transaction.Commit();
    }
}
