using System.Text.Json;

namespace Cambist.App.Rates.Feeds;

/// <summary>Reads instants as feeds write them, with up to nine fractional digits, of which .NET keeps seven.</summary>
internal static class Rfc3339
{
    /// <summary>Reads an instant that names its offset from UTC; false where it is anything else.</summary>
    public static bool TryRead(JsonElement text, out DateTimeOffset instant)
    {
        instant = default;
        return text.ValueKind == JsonValueKind.String && NamesItsOffset(text.GetString()!) && text.TryGetDateTimeOffset(out instant);
    }

    // A time without an offset would be read as one of this machine's zone.
    private static bool NamesItsOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
}
