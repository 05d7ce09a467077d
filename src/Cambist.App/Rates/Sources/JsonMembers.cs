using System.Globalization;
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

    /// <summary>The number that a value is, or that a string holds.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static decimal Figure(this JsonElement element) =>
        element.ValueKind is JsonValueKind.Number or JsonValueKind.String && decimal.TryParse(element.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var figure)
            ? figure
            : throw new FormatException($"A number was expected, found {element.ValueKind}.");

    /// <summary>The instant that a string holds (ISO 8601); UTC where it names no offset.</summary>
    /// <exception cref="FormatException">It holds none.</exception>
    public static DateTimeOffset Instant(this JsonElement element) =>
        DateTimeOffset.TryParse(element.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new FormatException($"An instant was expected, found {element.ValueKind}.");

    /// <summary>Reads an answer; what an answer of another shape brings about is a fault of the source.</summary>
    /// <exception cref="SourceFaultException">The answer is not of the documented shape.</exception>
    public static T Read<T>(this JsonDocument answer, Func<JsonElement, T> read)
    {
        try
        {
            return read(answer.RootElement);
        }
        catch (Exception fault) when (IsOfShape(fault))
        {
            throw new SourceFaultException(SourceFault.Unreadable, $"Its answer is not of the documented shape: {fault.Message}", inner: fault);
        }
    }

    /// <summary>Whether reading an answer of another shape brings about such an exception: members that are absent, figures that are no figures.</summary>
    public static bool IsOfShape(Exception fault) => fault
        is JsonException or InvalidDataException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or ArithmeticException or IndexOutOfRangeException;
}
