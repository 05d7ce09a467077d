using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cambist.App.Privacy;

/// <summary>The written form of a ring: one for the file, the configuration and Vault. What is wrong with one is told by place and member, never by what stood there.</summary>
internal static class KeyRingJson
{
    private const int Version = 1;
    private static readonly string[] Members = ["id", "kind", "algorithm", "created_at", "not_before", "retire_at", "secret"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };
    private static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.Default };

    public static KeyRing Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            // What the parser says repeats letters of the text.
            throw Garbled("a JSON document");
        }
    }

    public static KeyRing Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number)
            || !root.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw Garbled("an object with the number 'version' and the array 'keys'");
        }

        if (number != Version)
        {
            throw Garbled(string.Create(CultureInfo.InvariantCulture, $"version {Version}; a newer program may have written it, as version {number}"));
        }

        return KeyRing.Of([.. keys.EnumerateArray().Select(Key)]);
    }

    public static byte[] Write(KeyRing ring)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Written))
        {
            Write(writer, ring);
        }

        return text.WrittenSpan.ToArray();
    }

    public static void Write(Utf8JsonWriter writer, KeyRing ring)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteStartArray("keys");
        foreach (var key in ring.Keys)
        {
            writer.WriteStartObject();
            writer.WriteString("id", key.Id);
            writer.WriteString("kind", NameOf(key.Kind));
            writer.WriteString("algorithm", key.Algorithm);
            writer.WriteString("created_at", Instant(key.CreatedAt));
            if (key.NotBefore is { } notBefore)
            {
                writer.WriteString("not_before", Instant(notBefore));
            }

            if (key.RetireAt is { } retireAt)
            {
                writer.WriteString("retire_at", Instant(retireAt));
            }

            writer.WriteBase64String("secret", key.Secret);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static string NameOf(KeyKind kind) => kind switch
    {
        KeyKind.Data => "data",
        KeyKind.Lookup => "lookup",
        _ => "signing",
    };

    private static RingKey Key(JsonElement told, int place)
    {
        if (told.ValueKind != JsonValueKind.Object || told.EnumerateObject().Any(member => !Members.Contains(member.Name, StringComparer.Ordinal)))
        {
            throw Garbled($"at keys[{place}] an object of nothing but {string.Join(", ", Members)}");
        }

        KeyKind? kind = Text(told, "kind") switch { "data" => KeyKind.Data, "lookup" => KeyKind.Lookup, "signing" => KeyKind.Signing, _ => null };
        return new RingKey(
            Text(told, "id") ?? throw Garbled($"at keys[{place}] a text 'id'"),
            kind ?? throw Garbled($"at keys[{place}] as kind 'data', 'lookup' or 'signing'"),
            Text(told, "algorithm") ?? throw Garbled($"at keys[{place}] a text 'algorithm'"),
            told.TryGetProperty("secret", out var secret) && secret.ValueKind == JsonValueKind.String && secret.TryGetBytesFromBase64(out var bytes) ? bytes : throw Garbled($"at keys[{place}] a 'secret' in base64"),
            Instant(told, "created_at", place) ?? throw Garbled($"at keys[{place}] the instant 'created_at'"))
        {
            NotBefore = Instant(told, "not_before", place),
            RetireAt = Instant(told, "retire_at", place),
        };
    }

    private static string? Text(JsonElement told, string member) => told.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static DateTimeOffset? Instant(JsonElement told, string member, int place)
    {
        if (!told.TryGetProperty(member, out var text) || text.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return text.ValueKind == JsonValueKind.String && text.TryGetDateTimeOffset(out var instant) ? instant : throw Garbled($"at keys[{place}] an instant such as 2026-03-27T14:31:00Z as '{member}'");
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static KeyRingFaultException Garbled(string expected) => new(KeyRingFault.Garbled, $"The key ring cannot be read: expected {expected}.");
}
