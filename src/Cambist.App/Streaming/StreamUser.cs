namespace Cambist.App.Streaming;

/// <summary>Whose stream it is, as a token says or the session of a page.</summary>
/// <param name="Id">The account.</param>
/// <param name="Session">The session that the token belongs to; with it the stream ends.</param>
/// <param name="ExpiresAt">When the token ends; of a page when its session does, unless it is used before.</param>
/// <param name="IsPage">Whether a page's session stands for the token.</param>
internal sealed record StreamUser(string Id, string Session, DateTimeOffset ExpiresAt, bool IsPage = false);

/// <summary>Reads a token of an account; null where it is none, is forged, or has ended.</summary>
/// <param name="token">What a client calls its token.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal delegate ValueTask<StreamUser?> ReadStreamToken(string token, CancellationToken cancellationToken);

/// <summary>What personal streams need to know of accounts.</summary>
/// <param name="Read">Reads a token.</param>
/// <param name="HasEnded">Whether a session has ended. Asked every second for each open stream, so it answers from memory.</param>
/// <param name="EndOf">When a session ends unless it is used before; null where it has ended. To ask is no use of it. It may ask the database.</param>
internal sealed record StreamAccounts(ReadStreamToken Read, Func<string, bool> HasEnded, Func<string, DateTimeOffset?> EndOf)
{
    /// <summary>A service without accounts: no token is good.</summary>
    public static readonly StreamAccounts None = new(static (_, _) => ValueTask.FromResult<StreamUser?>(null), static _ => false, static _ => null);
}
