namespace Cambist.App.Rates.Feeds;

/// <summary>Configuration of one feed: <c>Rates:Feeds:&lt;id&gt;</c>.</summary>
public sealed class FeedOptions
{
    /// <summary>Whether the feed is listened to. Not set: where it needs no key, or one is given.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Where it is: a websocket address (<c>ws</c> or <c>wss</c>) without the key. Not set: the service's own.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The operator's key. It appears in no log, message or answer.</summary>
    public string? ApiKey { get; set; }
}
