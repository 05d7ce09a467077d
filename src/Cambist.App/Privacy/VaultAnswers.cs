using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Cambist.App.Privacy;

/// <summary>What the answers of Vault's KV engine mean. Nothing that they hold is repeated but versions and times.</summary>
internal static class VaultAnswers
{
    private const string Mend = "'vault kv undelete' brings the version back, 'vault kv rollback' an older one";

    /// <summary>The ring and its version; no ring and version 0 where there is no secret.</summary>
    public static (KeyRing? Ring, int Version) Read(HttpResponseMessage answer)
    {
        using var body = Json(answer);
        var data = Member(body?.RootElement, "data");
        var metadata = Member(data, "metadata");
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            var secret = Member(data, "data");
            var version = Member(metadata, "version");
            if (data is null)
            {
                throw NotUnderstood("200 without 'data'");
            }

            if (metadata is null || secret is null)
            {
                throw VersionOne();
            }

            return version is { ValueKind: JsonValueKind.Number } && version.Value.TryGetInt32(out var number)
                ? (KeyRingJson.Read(secret.Value), number)
                : throw NotUnderstood("200 without the number 'version'");
        }

        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            throw Failed(answer, body);
        }

        if (metadata is not null)
        {
            var isDestroyed = Member(metadata, "destroyed")?.ValueKind == JsonValueKind.True;
            throw new KeyRingFaultException(
                KeyRingFault.VaultVersionDeleted,
                $"The newest version of the key ring in Vault was {(isDestroyed ? "destroyed: 'vault kv rollback' brings an older one back" : $"deleted: {Mend}")}. No new ring is made over it: it would read nothing.");
        }

        return Member(body?.RootElement, "errors")?.ValueKind == JsonValueKind.Array ? (null, 0) : throw NotUnderstood("404 without 'errors'; is this address Vault's?");
    }

    /// <summary>Whether a change was written; false where another one came before it.</summary>
    public static bool IsWritten(HttpResponseMessage answer)
    {
        using var body = Json(answer);
        if (answer.IsSuccessStatusCode)
        {
            // An engine of version 1 takes any body at any path, and says nothing.
            return Member(Member(body?.RootElement, "data"), "version") is { ValueKind: JsonValueKind.Number } ? true : throw VersionOne();
        }

        return answer.StatusCode == HttpStatusCode.BadRequest && Says(body, "check-and-set") ? false : throw Failed(answer, body);
    }

    /// <summary>Whether a fault may be gone a little later.</summary>
    public static bool MayPass(KeyRingFault fault) => fault is KeyRingFault.VaultUnreachable or KeyRingFault.VaultUnavailable;

    private static KeyRingFaultException Failed(HttpResponseMessage answer, JsonDocument? body)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            403 => new(KeyRingFault.VaultRefused, "Vault refuses (403): the token is not valid, its policy does not allow this path (read, and for a rotation create and update, on MOUNT/data/PATH), or there is no such mount."),
            503 when Says(body, "sealed") => new(KeyRingFault.VaultSealed, "Vault is sealed (503): somebody must unseal it."),
            // 412: this node has not yet seen what another one wrote. 472, 473: standby nodes.
            412 or 429 or 472 or 473 or >= 500 => new(KeyRingFault.VaultUnavailable, string.Create(CultureInfo.InvariantCulture, $"Vault cannot answer now ({status}).")),
            _ => NotUnderstood(status is >= 300 and < 400
                ? string.Create(CultureInfo.InvariantCulture, $"{status}, which sends elsewhere and is not followed: give the address of the active node")
                : status.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static KeyRingFaultException NotUnderstood(string what) => new(KeyRingFault.VaultNotUnderstood, $"Vault's answer is not understood: {what}.");

    private static KeyRingFaultException VersionOne() => new(
        KeyRingFault.VaultVersionOneEngine, "The mount is a KV engine of version 1, which keeps no versions: 'vault kv enable-versioning MOUNT' makes it version 2. If a ring was just written, it lies there below data/: delete it.");

    private static bool Says(JsonDocument? body, string word) => Member(body?.RootElement, "errors") is { ValueKind: JsonValueKind.Array } errors
        && errors.EnumerateArray().Any(error => error.ValueKind == JsonValueKind.String && error.GetString()!.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static JsonElement? Member(JsonElement? of, string name) => of is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static JsonDocument? Json(HttpResponseMessage answer)
    {
        try
        {
            return JsonDocument.Parse(answer.Content.ReadAsStream());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
