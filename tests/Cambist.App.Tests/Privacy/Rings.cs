using System.Text;
using System.Text.Json.Nodes;
using Cambist.App.Privacy;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cambist.App.Tests.Privacy;

/// <summary>Rings of tests.</summary>
internal static class Rings
{
    public static readonly DateTimeOffset Start = new(2026, 3, 27, 14, 31, 0, TimeSpan.Zero);

    public static KeyRing New() => NewKeys.Ring(Start);

    public static string Text(KeyRing ring) => Encoding.UTF8.GetString(KeyRingJson.Write(ring));

    public static KeyRing Read(string text) => KeyRingJson.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>The written ring after a change of its document.</summary>
    public static string Changed(KeyRing ring, Action<JsonArray> change)
    {
        var document = JsonNode.Parse(Text(ring))!;
        change(document["keys"]!.AsArray());
        return document.ToJsonString();
    }

    public static IReadOnlyList<string> SecretsOf(KeyRing ring) => [.. ring.Keys.Select(key => Convert.ToBase64String(key.Secret))];

    public static KeyRing With(this KeyRing ring, RingKey key) => ring.Find(key.Id) is null ? KeyRing.Of([.. ring.Keys, key]) : ring;

    public static LiveKeyRing Live(IKeyRingPlace place, TimeProvider? time = null) => new(place, time ?? TimeProvider.System, NullLogger<LiveKeyRing>.Instance);
}
