namespace Cambist.App.Edge.Limits;

/// <summary>What is counted together.</summary>
internal enum LimitKind
{
    /// <summary>Requests of one user, wherever they come from.</summary>
    User,

    /// <summary>Requests of one address whose user is not known.</summary>
    Anonymous,

    /// <summary>Requests of one address to routes that check passwords and tokens, whoever sends them.</summary>
    Auth,
}

/// <summary>In any span of this length at most so many requests are answered, wherever the span begins. Refused ones do not count.</summary>
/// <param name="Kind">What is counted together.</param>
/// <param name="Limit">How many; 0 is no limit.</param>
/// <param name="Window">The span.</param>
internal sealed record LimitRule(LimitKind Kind, int Limit, TimeSpan Window);

/// <summary>How a client stands after a request.</summary>
/// <param name="IsAllowed">Whether the request may be answered; it is counted only then.</param>
/// <param name="Remaining">How many more may be answered now.</param>
/// <param name="Reset">When the oldest counted request leaves the window, and one more may be answered.</param>
internal readonly record struct Standing(bool IsAllowed, int Remaining, TimeSpan Reset)
{
    /// <summary>In whole seconds, rounded up: whoever waits so long is answered.</summary>
    public int ResetSeconds => (int)Math.Ceiling(Reset.TotalSeconds);
}
