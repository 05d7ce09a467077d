namespace Cambist.App.Streaming;

/// <summary>Why a client is not, or no longer, told what is personal: the error that says so, and how its stream ends.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">What was expected, for people.</param>
/// <param name="CloseCode">The close code of the websocket: 4400 and the last two digits of the HTTP status that means the same.</param>
internal sealed record StreamRefusal(string Code, string Message, int CloseCode)
{
    public static readonly StreamRefusal BadToken = new("token_invalid", "The token is none of this service, or has ended: get a new one and connect again.", 4401);
    public static readonly StreamRefusal NoToken = new("token_missing", "The first message is {\"type\":\"authenticate\",\"token\":\"…\"}, and comes soon.", 4401);
    public static readonly StreamRefusal TokenExpired = new("token_expired", "The token has ended. A client that sends authenticate with a new one before stays connected.", 4401);
    public static readonly StreamRefusal SessionEnded = new("session_ended", "The session has ended: log in again.", 4401);

    /// <summary>Whether there is such an account is not told.</summary>
    public static readonly StreamRefusal OfAnother = new("stream_forbidden", "A token opens the stream of its own account only.", 4403);

    public static readonly StreamRefusal TooMany = new("too_many_streams", "As many streams of the account are open as the service allows: close one, and connect again.", 4429);

    /// <summary>The error.</summary>
    public StreamFrame Error { get; } = StreamErrors.Of(Code, Message);

    /// <summary>The end.</summary>
    public StreamClosing Closing { get; } = StreamClosing.Of(CloseCode, Code);
}
