using System.Globalization;
using System.Text.Json;

namespace Cambist.App.Rates.Sources;

/// <summary>What Kraken says about a failure. The HTTP status is 200 for errors too: an answer is good when its <c>error</c> list is empty.</summary>
internal static class KrakenWords
{
    /// <summary>The failure that an answer tells; null where it tells none.</summary>
    public static SourceFaultException? FaultIn(JsonElement answer, DateTimeOffset now) =>
        answer.Member("error") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0
            ? FaultOf(SourceWords.Of(string.Join(", ", errors.EnumerateArray().Select(error => error.Text())), apiKey: null), now)
            : null;

    // EService:Throttled names the instant until which nothing is answered.
    private static SourceFaultException FaultOf(string told, DateTimeOffset now)
    {
        var until = told.Split("EService:Throttled: ") is [_, var rest] && uint.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) - now
            : (TimeSpan?)null;
        var kind = told switch
        {
            _ when told.Contains("Too many requests") || told.Contains("Rate limit") || told.Contains("Throttled") => SourceFault.Throttled,
            _ when told.Contains("Unknown asset pair") || told.Contains("Invalid arguments") => SourceFault.Refused,
            _ => SourceFault.Unavailable,
        };
        return new SourceFaultException(kind, $"Kraken answered with an error: {told}.", until);
    }
}
