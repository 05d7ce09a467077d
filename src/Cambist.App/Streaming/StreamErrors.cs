using System.Text.Json;
using Cambist.Client;

namespace Cambist.App.Streaming;

/// <summary>What a client is told that did something wrong. The code is stable, the message is for people.</summary>
internal static class StreamErrors
{
    public static readonly StreamFrame BadJson = Of("bad_json", "A message is one JSON object such as {\"type\":\"subscribe\",\"pairs\":[\"EUR/USD\"]}.");
    public static readonly StreamFrame UnknownType = Of("unknown_type", "'type' is one of subscribe, unsubscribe and ping; of a personal stream authenticate too.");
    public static readonly StreamFrame NoTokenToTake = Of("missing_field", "'token' is the text of a token. Nothing was changed.");
    public static readonly StreamFrame NoPairs = Of("missing_field", "'pairs' is a list of at least one pair such as [\"EUR/USD\"].");
    public static readonly StreamFrame Binary = Of("binary_refused", "Messages are texts; the connection ends.");
    public static readonly StreamFrame TooManyTopics = Of("too_many_topics", "More different pairs are followed by all clients together than the service allows; try again later.");

    public static StreamFrame UnknownPair(string? found) => Of("unknown_pair", $"'pairs' has two different active ISO 4217 codes as in EUR/USD, was '{Cut(found)}'. Nothing was changed.");

    public static StreamFrame TooManySubscriptions(int most) => Of("too_many_subscriptions", $"A client follows at most {most} pairs. Nothing was changed.");

    public static StreamFrame TooLarge(int most) => Of("message_too_large", $"A message has at most {most} bytes; the connection ends.");

    public static StreamFrame Flood(int most) => Of("too_many_messages", $"A client sends at most {most} messages a second; the connection ends.");

    public static StreamFrame Of(string code, string message) => StreamFrame.Of(JsonSerializer.Serialize(new StreamError("error", code, message), CambistJson.Wire.StreamError));

    private static string Cut(string? text) => text is { Length: > 20 } ? text[..20] + "…" : text ?? "";
}
