using System.Text.Json;

namespace Cambist.App.Streaming;

/// <summary>A message of a client.</summary>
/// <param name="Type">What it wants; null where it does not say.</param>
/// <param name="Pairs">What it is about; empty where it does not say, null inside where an element is no text.</param>
/// <param name="Token">The token that it brings; null where there is none.</param>
internal sealed record ClientMessage(string? Type, IReadOnlyList<string?> Pairs, string? Token)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>Reads it; null where it is no JSON object.</summary>
    public static ClientMessage? Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Of(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: JSON by its grammar, and no text.
            return null;
        }
    }

    private static ClientMessage Of(JsonElement message)
    {
        var type = message.TryGetProperty("type", out var told) ? Text(told) : null;
        var token = message.TryGetProperty("token", out var brought) ? Text(brought) : null;
        return message.TryGetProperty("pairs", out var pairs) && pairs.ValueKind == JsonValueKind.Array
            ? new ClientMessage(type, [.. pairs.EnumerateArray().Select(Text)], token)
            : new ClientMessage(type, [], token);
    }

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;
}
