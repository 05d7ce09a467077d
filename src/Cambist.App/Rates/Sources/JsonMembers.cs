using System.Text.Json;

namespace Cambist.App.Rates.Sources;

/// <summary>Reads members that may be absent, of elements that may be anything, for answers that are not what was asked for.</summary>
internal static class JsonMembers
{
    /// <summary>The member of an object; undefined where the element is no object or has no such member.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <summary>What a value says: a string's text, a number or truth value as written; null where there is none.</summary>
    public static string? Text(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => element.GetString(),
        _ => element.GetRawText(),
    };
}
