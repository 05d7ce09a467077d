namespace Cambist.App.Rates.Feeds;

/// <summary>A live feed that this program knows, listened to or not.</summary>
/// <param name="Id">Stable id, also the key of its configuration: <c>Rates:Feeds:&lt;id&gt;</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="WhyOff">Why it is not listened to, with what would turn it on; null where it is.</param>
public sealed record KnownFeed(string Id, string Name, string? WhyOff)
{
    internal static KnownFeed Of(FeedProfile profile, FeedOptions options)
    {
        var section = $"Rates:Feeds:{profile.Id}";
        return new KnownFeed(profile.Id, profile.Source.Name, options.Enabled switch
        {
            false => $"turned off by {section}:Enabled",
            null when profile.Source.NeedsKey && options.ApiKey is null or "" => $"needs a key: set {section}:ApiKey",
            _ => null,
        });
    }
}
