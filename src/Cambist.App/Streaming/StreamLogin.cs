using System.Globalization;
using System.Text.Json;

namespace Cambist.App.Streaming;

/// <summary>Who a personal stream belongs to: the account of its address, and the user that has shown to be that account.</summary>
internal sealed class StreamLogin(string account, StreamAccounts accounts, StreamDoor door, StreamOptions options, TimeProvider clock)
{
    private readonly long _cameAt = clock.GetTimestamp();
    private volatile StreamUser? _user;

    /// <summary>The account.</summary>
    public string Account => account;

    /// <summary>Whether it has been shown whose stream it is. Before that nothing is told.</summary>
    public bool IsIn => _user is not null;

    /// <summary>The session of the page that opened the stream; null where a token did, or none yet.</summary>
    public string? PageSession => _user is { IsPage: true } user ? user.Session : null;

    /// <summary>When the stream ends unless something else happens before; null before it has been shown whose it is.</summary>
    public DateTimeOffset? EndsAt => _user?.ExpiresAt;

    /// <summary>Takes a token; null where it is good, and then it is in the place of the one before.</summary>
    public async ValueTask<StreamRefusal?> EnterAsync(string token, CancellationToken cancellationToken) =>
        await accounts.Read(token, cancellationToken) is { } user ? Enter(user) : StreamRefusal.BadToken;

    /// <summary>Takes the user of a page; null where it is the account.</summary>
    public StreamRefusal? EnterPage(string id, string session) =>
        accounts.EndOf(session) is { } end ? Enter(new StreamUser(id, session, end, IsPage: true)) : StreamRefusal.SessionEnded;

    /// <summary>The page's session goes on until then; not where a token has come into its place meanwhile.</summary>
    public void GoesOnUntil(string session, DateTimeOffset end)
    {
        if (_user is { IsPage: true } user && user.Session == session)
        {
            Interlocked.CompareExchange(ref _user, user with { ExpiresAt = end }, user);
        }
    }

    /// <summary>The client goes.</summary>
    public void Leave()
    {
        if (IsIn)
        {
            door.Leave(account);
        }
    }

    /// <summary>Why the stream has to end by now; null where it may go on.</summary>
    public StreamRefusal? Over() => _user switch
    {
        null => clock.GetElapsedTime(_cameAt) >= TimeSpan.FromSeconds(options.AuthenticateSeconds) ? StreamRefusal.NoToken : null,
        { } user when user.ExpiresAt <= clock.GetUtcNow() => user.IsPage ? StreamRefusal.SessionEnded : StreamRefusal.TokenExpired,
        { } user when accounts.HasEnded(user.Session) => StreamRefusal.SessionEnded,
        _ => null,
    };

    /// <summary>Says that the client is in, and until when.</summary>
    public StreamFrame Welcome()
    {
        var id = JsonEncodedText.Encode(account);
        return _user is { IsPage: false, ExpiresAt: var end }
            ? StreamFrame.Of(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"authenticated","user_id":"{{id}}","expires_at":"{{end.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}"""), Numbering.Last)
            : StreamFrame.Of($$"""{"type":"authenticated","user_id":"{{id}}"}""", Numbering.Last);
    }

    private StreamRefusal? Enter(StreamUser user)
    {
        if (!string.Equals(user.Id, account, StringComparison.Ordinal))
        {
            return StreamRefusal.OfAnother;
        }

        if (user.ExpiresAt <= clock.GetUtcNow())
        {
            return StreamRefusal.BadToken;
        }

        if (accounts.HasEnded(user.Session))
        {
            return StreamRefusal.SessionEnded;
        }

        if (_user is null && !door.TryEnter(account))
        {
            return StreamRefusal.TooMany;
        }

        _user = user;
        return null;
    }
}
