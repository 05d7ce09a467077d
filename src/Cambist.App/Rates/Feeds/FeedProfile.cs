using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Feeds;

/// <summary>What is known of a feed before it has said anything.</summary>
/// <param name="Source">The voice that it speaks with, shared with the source of the same id.</param>
/// <param name="PublicAddress">Where the service streams, without a key.</param>
internal sealed record FeedProfile(SourceProfile Source, Uri PublicAddress)
{
    /// <summary>Stable id, also the key of its configuration: <c>Rates:Feeds:&lt;id&gt;</c>.</summary>
    public string Id => Source.Id;
}
