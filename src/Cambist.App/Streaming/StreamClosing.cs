using System.Net.WebSockets;

namespace Cambist.App.Streaming;

/// <summary>Why the service ends a stream: the close code, and the reason as a stable word and for people.</summary>
/// <param name="Status">The code, RFC 6455 section 7.4, or from 4000 on one of our own.</param>
/// <param name="Reason">The reason, at most 123 bytes.</param>
internal sealed record StreamClosing(WebSocketCloseStatus Status, string Reason)
{
    public static readonly StreamClosing Answered = new(WebSocketCloseStatus.NormalClosure, "");
    public static readonly StreamClosing ServiceStops = new(WebSocketCloseStatus.EndpointUnavailable, "service_stops: connect again in a moment");
    public static readonly StreamClosing NotText = new(WebSocketCloseStatus.InvalidMessageType, "binary_refused: messages are JSON texts");
    public static readonly StreamClosing TooLarge = new(WebSocketCloseStatus.MessageTooBig, "message_too_large");
    public static readonly StreamClosing Flood = new(WebSocketCloseStatus.PolicyViolation, "too_many_messages");
    public static readonly StreamClosing SlowReader = new((WebSocketCloseStatus)4008, "slow_reader: messages waited too long to be read");

    /// <summary>One of our own codes.</summary>
    public static StreamClosing Of(int code, string reason) =>
        code is >= 4000 and < 5000 ? new((WebSocketCloseStatus)code, reason) : throw new ArgumentOutOfRangeException(nameof(code), code, "Codes of our own are 4000 to 4999 (RFC 6455, section 7.4.2).");
}
