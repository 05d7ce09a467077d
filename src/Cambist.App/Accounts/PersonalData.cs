using System.Text.Json.Nodes;
using Cambist.App.Audit;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts;

/// <summary>All that is stored of a person: told to them, or erased. The audit trail keeps what was done to an account by its random id, which after the erasure leads to nobody.</summary>
public sealed class PersonalData(UserManager<Account> users, Sessions sessions, IEnumerable<IPersonalRecords> records, AccountMails mails, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Everything that is stored of an account. Secrets (hashes, keys, codes) are named, not told. Where the account itself asks, its owner is told by mail.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="actor">Who asks: the account itself, or <c>operator</c>.</param>
    public JsonObject Export(Account account, string actor)
    {
        audit.Append(clock.GetUtcNow(), "account.exported", actor, account.Id);
        if (actor == account.Id)
        {
            mails.Exported(account.Email);
        }

        var export = new JsonObject
        {
            ["exported_at"] = Zulu(clock.GetUtcNow()),
            ["account"] = new JsonObject
            {
                ["id"] = account.Id,
                ["email"] = account.Email,
                ["email_confirmed"] = account.IsEmailConfirmed,
                ["role"] = AccountStore.NameOf(account.Role),
                ["name"] = account.Name,
                ["phone"] = account.Phone,
                ["time_zone"] = account.Profile.TimeZone,
                ["country"] = account.Profile.Country,
                ["risk_tolerance"] = account.Profile.RiskTolerance,
                ["usual_provider"] = account.Profile.UsualProvider,
                ["has_password"] = account.PasswordHash is not null,
                ["second_factor"] = account.HasSecondFactor,
                ["recovery_codes_left"] = account.RecoveryCodes.Count,
                ["created_at"] = Zulu(account.CreatedAt),
                ["last_seen_at"] = Zulu(account.LastSeenAt),
            },
        };
        foreach (var records in records)
        {
            export[records.Name] = records.Export(account.Id);
        }

        return export;
    }

    /// <summary>Erases an account and all that is stored of it, and ends its sessions. Where the account itself does, its owner is told by mail.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="actor">Who does: the account itself, <c>operator</c>, or <c>retention</c>.</param>
    public async Task EraseAsync(Account account, string actor)
    {
        sessions.EndAll(account.Id);
        foreach (var records in records)
        {
            records.Erase(account.Id);
        }

        account.Deeds.Add(("account.erased", actor));
        await users.DeleteAsync(account);
        if (actor == account.Id)
        {
            mails.Erased(account.Email);
        }
    }

    internal static string Zulu(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Where somebody is and was logged in.</summary>
internal sealed class SessionRecords(Database database) : IPersonalRecords
{
    public string Name => "sessions";

    public JsonNode Export(string accountId)
    {
        using var connection = database.Connect();
        return new JsonArray([.. connection.Rows(
            "SELECT kind, created_at, used_at, ended_at FROM account_session WHERE account_id = @id ORDER BY created_at;",
            row => new JsonObject
            {
                ["kind"] = row.GetString(0),
                ["created_at"] = PersonalData.Zulu(database.InstantAt(row, 1)),
                ["used_at"] = PersonalData.Zulu(database.InstantAt(row, 2)),
                ["ended_at"] = row.IsDBNull(3) ? null : PersonalData.Zulu(database.InstantAt(row, 3)),
            },
            ("id", accountId))]);
    }

    // The rows of ended sessions stay for a day, so that no access token outlives them; they hold no more than random ids.
    public void Erase(string accountId)
    {
        using var connection = database.Connect();
        connection.Execute("DELETE FROM refresh_token WHERE session_id IN (SELECT id FROM account_session WHERE account_id = @id);", ("id", accountId));
    }
}

/// <summary>With which passkeys somebody logs in.</summary>
internal sealed class PasskeyRecords(AccountStore store) : IPersonalRecords
{
    public string Name => "passkeys";

    public JsonNode Export(string accountId) =>
        new JsonArray([.. store.PasskeysOf(accountId).Select(passkey => new JsonObject { ["name"] = passkey.Name, ["created_at"] = PersonalData.Zulu(passkey.CreatedAt) })]);

    public void Erase(string accountId)
    {
        // They go with the account, in one transaction.
    }
}

/// <summary>What was done to an account and by it. It is told and never erased: the trail is one chain, and names nobody.</summary>
internal sealed class AuditRecords(Database database) : IPersonalRecords
{
    // A look into an index each, whatever the planner of an engine makes of an OR.
    internal const string Query = """
        SELECT at, kind, actor, details FROM (
            SELECT number, at, kind, actor, details FROM audit_event WHERE subject = @id
            UNION
            SELECT number, at, kind, actor, details FROM audit_event WHERE actor = @id) AS own
        ORDER BY number;
        """;

    public string Name => "audit";

    public JsonNode Export(string accountId)
    {
        using var connection = database.Connect();
        return new JsonArray([.. connection.Rows(
            Query,
            row => new JsonObject { ["at"] = PersonalData.Zulu(database.InstantAt(row, 0)), ["kind"] = row.GetString(1), ["by"] = row.GetString(2), ["details"] = JsonNode.Parse(row.GetString(3)) },
            ("id", accountId))]);
    }

    public void Erase(string accountId)
    {
        // See above.
    }
}
