using System.Data.Common;
using System.Text.Json;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts;

/// <summary>
/// The passkeys of accounts. As Identity expects of a store, a change waits at the account until that is written, and is written in the same transaction: with the event of the audit trail, and only if nobody wrote the account
/// meanwhile. Of two log-ins at once with one passkey the second fails, so its counter never goes back.
/// </summary>
internal sealed partial class AccountStore : IUserPasskeyStore<Account>
{
    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => Set(() => user.PasskeyChanges.Add((passkey.CredentialId, passkey)));

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => Set(() => user.PasskeyChanges.Add((credentialId, null)));

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(PasskeysOf(user.Id));

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(PasskeysOf(user.Id).FirstOrDefault(passkey => passkey.CredentialId.AsSpan().SequenceEqual(credentialId)));

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        using var connection = database.Connect();
        return Task.FromResult(connection.Scalar("SELECT account_id FROM passkey WHERE id = @id;", ("id", credentialId)) is string id ? Find("id", id) : null);
    }

    /// <summary>The passkeys of an account, the oldest first.</summary>
    internal IList<UserPasskeyInfo> PasskeysOf(string account)
    {
        using var connection = database.Connect();
        return [.. connection.Rows("SELECT id, data FROM passkey WHERE account_id = @account;", row => Passkey((byte[])row.GetValue(0), row.GetString(1)), ("account", account)).OrderBy(passkey => passkey.CreatedAt)];
    }

    private void WritePasskeys(DbConnection connection, Account user)
    {
        foreach (var (id, passkey) in user.PasskeyChanges)
        {
            if (passkey is null)
            {
                connection.Execute("DELETE FROM passkey WHERE id = @id AND account_id = @account;", ("id", id), ("account", user.Id));
                continue;
            }

            // A passkey of another account stays with it.
            connection.Execute(
                "INSERT INTO passkey (id, account_id, data) VALUES (@id, @account, @data) ON CONFLICT (id) DO UPDATE SET data = excluded.data WHERE passkey.account_id = excluded.account_id;",
                ("id", id), ("account", user.Id), ("data", cipher.Encrypt(JsonSerializer.Serialize(StoredPasskey.Of(passkey), AccountJson.Default.StoredPasskey), PasskeyPlace(id))));
        }

        user.PasskeyChanges.Clear();
    }

    private UserPasskeyInfo Passkey(byte[] id, string data) =>
        JsonSerializer.Deserialize(cipher.Decrypt(data, PasskeyPlace(id)), AccountJson.Default.StoredPasskey)!.Info(id);

    private static FieldPlace PasskeyPlace(byte[] id) => new("passkey.data", Convert.ToHexStringLower(id));
}

/// <summary>A passkey as it is stored. Where its authenticator comes from (the attestation) is not asked for and not kept.</summary>
internal sealed record StoredPasskey(
    byte[] PublicKey, string? Name, DateTimeOffset CreatedAt, uint SignCount, string[] Transports, bool IsUserVerified, bool IsBackupEligible, bool IsBackedUp)
{
    public static StoredPasskey Of(UserPasskeyInfo passkey) => new(
        passkey.PublicKey, passkey.Name, passkey.CreatedAt, passkey.SignCount, passkey.Transports ?? [], passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp);

    public UserPasskeyInfo Info(byte[] id) => new(id, PublicKey, CreatedAt, SignCount, Transports, IsUserVerified, IsBackupEligible, IsBackedUp, attestationObject: [], clientDataJson: []) { Name = Name };
}
