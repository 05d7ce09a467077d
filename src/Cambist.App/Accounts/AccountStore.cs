using System.Data.Common;
using System.Text.Json;
using Cambist.App.Audit;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Microsoft.Data.Sqlite;

namespace Cambist.App.Accounts;

/// <summary>
/// The accounts of the database, for ASP.NET Core Identity. E-mail, name, phone and authenticator key are encrypted for their row; an account is found by the keyed hash of its e-mail.
/// What two requests may change at once (failures, time steps, recovery codes) is changed by <see cref="AccountLocks"/> and by the version of the row.
/// </summary>
internal sealed partial class AccountStore(Database database, FieldCipher cipher, PersonalDataHash hash, TimeProvider clock) :
    IUserEmailStore<Account>, IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserTwoFactorStore<Account>, IUserAuthenticatorKeyStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>
{
    private const string Columns = "id, email, email_confirmed, role, password_hash, security_stamp, version, locked_until, second_factor, totp_key, recovery_codes, name, phone, profile, created_at, last_seen_at";
    private const char Between = ';';

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(Write(
                user,
                """
                INSERT INTO account (id, email_hash, email, email_confirmed, role, password_hash, security_stamp, version, second_factor, totp_key, recovery_codes, name, phone, profile, created_at, last_seen_at)
                VALUES (@id, @email_hash, @email, @email_confirmed, @role, @password_hash, @security_stamp, @version, @second_factor, @totp_key, @recovery_codes, @name, @phone, @profile, @created_at, @created_at);
                """,
                ("created_at", database.Stored(user.CreatedAt))));

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(Write(
                user,
                """
                UPDATE account SET email_hash = @email_hash, email = @email, email_confirmed = @email_confirmed, role = @role, password_hash = @password_hash, security_stamp = @security_stamp, version = @version,
                    second_factor = @second_factor, totp_key = @totp_key, recovery_codes = @recovery_codes, name = @name, phone = @phone, profile = @profile
                WHERE id = @id AND version = @read;
                """,
                ("read", user.Version)));

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        foreach (var table in (ReadOnlySpan<string>)["one_time_token", "passkey"])
        {
            connection.Execute($"DELETE FROM {table} WHERE account_id = @id;", ("id", user.Id));
        }

        connection.Execute("DELETE FROM account WHERE id = @id;", ("id", user.Id));
        Tell(connection, user);
        transaction.Commit();
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(Guid.TryParseExact(userId, "D", out _) ? Find("id", userId) : null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByIdAsync(normalizedUserName, cancellationToken);

    public Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        Task.FromResult(EmailAddress.TryRead(normalizedEmail, out var address, out _) ? Find("email_hash", hash.OfEmail(address)) : null);

    /// <summary>Every account, in the order in which they were made.</summary>
    public IReadOnlyList<Account> All()
    {
        using var connection = database.Connect();
        return connection.Rows($"SELECT {Columns} FROM account ORDER BY created_at, id;", Read);
    }

    /// <summary>Ids of accounts of which something is encrypted under an older key than the newest.</summary>
    public IReadOnlyList<string> UnderOldKeys()
    {
        using var connection = database.Connect();
        var accounts = connection.Rows("SELECT id, email, totp_key, name, phone FROM account ORDER BY id;", row => (Id: row.GetString(0), IsDue: IsDue(row, 4)));
        var passkeys = connection.Rows("SELECT account_id, data FROM passkey ORDER BY account_id;", row => (Id: row.GetString(0), IsDue: IsDue(row, 1)));
        return [.. accounts.Concat(passkeys).Where(row => row.IsDue).Select(row => row.Id).Distinct()];

        bool IsDue(DbDataReader row, int envelopes) => Enumerable.Range(1, envelopes).Any(column => TextAt(row, column) is { } envelope && !cipher.IsUnderNewestKey(envelope));
    }

    /// <summary>Writes an account and its passkeys again, and so under the newest key; false where there is none, or somebody wrote it meanwhile.</summary>
    public async Task<bool> RenewAsync(string id, CancellationToken cancellationToken)
    {
        if (Find("id", id) is not { } account)
        {
            return false;
        }

        // Read after the account: whoever changes a passkey later changes the account's version, and this is not written.
        account.PasskeyChanges.AddRange(PasskeysOf(id).Select(passkey => (passkey.CredentialId, (UserPasskeyInfo?)passkey)));
        return (await UpdateAsync(account, cancellationToken)).Succeeded;
    }

    /// <summary>Writes down when accounts were last used by sessions that were only continued: sessions go, accounts stay.</summary>
    public void SeenBySessions()
    {
        const string Used = "(SELECT max(used_at) FROM account_session WHERE account_id = account.id)";
        using var connection = database.Connect();
        connection.Execute($"UPDATE account SET last_seen_at = {Used} WHERE last_seen_at < {Used};");
    }

    /// <summary>How many accounts there are of a role.</summary>
    public long Count(AccountRole role)
    {
        using var connection = database.Connect();
        return Convert.ToInt64(connection.Scalar("SELECT count(*) FROM account WHERE role = @role;", ("role", NameOf(role))), System.Globalization.CultureInfo.InvariantCulture);
    }

    // An account is known to Identity by its id; nobody chooses a name to log in with.
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Id);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Id);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetEmailAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetEmailAsync(Account user, string? email, CancellationToken cancellationToken) => Set(() => user.Email = email!);

    public Task<bool> GetEmailConfirmedAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.IsEmailConfirmed);

    public Task SetEmailConfirmedAsync(Account user, bool confirmed, CancellationToken cancellationToken) => Set(() => user.IsEmailConfirmed = confirmed);

    public Task<string?> GetNormalizedEmailAsync(Account user, CancellationToken cancellationToken) => GetEmailAsync(user, cancellationToken);

    public Task SetNormalizedEmailAsync(Account user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public Task<bool> GetTwoFactorEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.HasSecondFactor);

    public Task SetTwoFactorEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Set(() => user.HasSecondFactor = enabled);

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.TotpKey);

    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) => Set(() => user.TotpKey = key);

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.RecoveryCodes.Count);

    public Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Set(() => user.RecoveryCodes = [.. recoveryCodes.Select(code => hash.Of(RecoveryPurpose, code))]);

    // That a code works once is held by the version of the row: of two requests with one code the second cannot write.
    public Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        var hashed = hash.Of(RecoveryPurpose, code);
        var isThere = user.RecoveryCodes.Contains(hashed);
        user.RecoveryCodes = [.. user.RecoveryCodes.Where(one => one != hashed)];
        return Task.FromResult(isThere);
    }

    public void Dispose()
    {
        // Nothing is held open.
    }

    internal static string NameOf(AccountRole role) => role == AccountRole.Admin ? "admin" : "user";

    private const string RecoveryPurpose = "recovery";

    private Account? Find(string column, string value)
    {
        using var connection = database.Connect();
        var found = connection.Rows($"SELECT {Columns} FROM account WHERE {column} = @value;", Read, ("value", value));
        return found.Count == 1 ? found[0] : null;
    }

    private IdentityResult Write(Account user, string sql, (string, object?) more)
    {
        user.Version = NewVersion();
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        try
        {
            if (connection.Execute(sql, [.. Values(user), more]) == 0)
            {
                return IdentityResult.Failed(AccountErrors.ChangedMeanwhile);
            }

            WritePasskeys(connection, user);
            Tell(connection, user);
            transaction.Commit();
            return IdentityResult.Success;
        }
        catch (DbException fault) when (IsTaken(fault))
        {
            return IdentityResult.Failed(AccountErrors.EmailTaken);
        }
    }

    private void Tell(DbConnection connection, Account user)
    {
        foreach (var (kind, actor) in user.Deeds)
        {
            AuditTrail.Append(database, connection, clock.GetUtcNow(), kind, actor, user.Id, details: null);
        }

        user.Deeds.Clear();
    }

    private (string, object?)[] Values(Account user) =>
    [
        ("id", user.Id), ("email_hash", hash.OfEmail(Address(user.Email))), ("email", Sealed(user, "email", user.Email)), ("email_confirmed", user.IsEmailConfirmed ? 1 : 0),
        ("role", NameOf(user.Role)), ("password_hash", user.PasswordHash), ("security_stamp", user.SecurityStamp), ("version", user.Version),
        ("second_factor", user.HasSecondFactor ? 1 : 0), ("totp_key", Sealed(user, "totp_key", user.TotpKey)), ("recovery_codes", user.RecoveryCodes.Count == 0 ? null : string.Join(Between, user.RecoveryCodes)),
        ("name", Sealed(user, "name", user.Name)), ("phone", Sealed(user, "phone", user.Phone)), ("profile", JsonSerializer.Serialize(user.Profile, AccountJson.Default.AccountProfile)),
    ];

    private Account Read(DbDataReader row)
    {
        var id = row.GetString(0);
        return new Account
        {
            Id = id,
            Email = cipher.Decrypt(row.GetString(1), Place("email", id)),
            IsEmailConfirmed = row.GetInt32(2) != 0,
            Role = row.GetString(3) == "admin" ? AccountRole.Admin : AccountRole.User,
            PasswordHash = TextAt(row, 4),
            SecurityStamp = row.GetString(5),
            Version = row.GetString(6),
            LockedUntil = row.IsDBNull(7) ? null : database.InstantAt(row, 7),
            HasSecondFactor = row.GetInt32(8) != 0,
            TotpKey = Opened(row, 9, "totp_key", id),
            RecoveryCodes = TextAt(row, 10)?.Split(Between) ?? [],
            Name = Opened(row, 11, "name", id),
            Phone = Opened(row, 12, "phone", id),
            Profile = JsonSerializer.Deserialize(row.GetString(13), AccountJson.Default.AccountProfile)!,
            CreatedAt = database.InstantAt(row, 14),
            LastSeenAt = database.InstantAt(row, 15),
        };
    }

    private string? Opened(DbDataReader row, int column, string field, string id) => TextAt(row, column) is { } envelope ? cipher.Decrypt(envelope, Place(field, id)) : null;

    private string? Sealed(Account user, string field, string? value) => value is null ? null : cipher.Encrypt(value, Place(field, user.Id));

    private static FieldPlace Place(string field, string id) => new($"account.{field}", id);

    private static string? TextAt(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static EmailAddress Address(string email) => EmailAddress.TryRead(email, out var address, out var fault) ? address : throw new ArgumentException(fault, nameof(email));

    private static string NewVersion() => Guid.NewGuid().ToString("N");

    private static bool IsTaken(DbException fault) => fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteErrorCode: 19 };

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}
