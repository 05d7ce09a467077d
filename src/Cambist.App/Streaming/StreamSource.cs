namespace Cambist.App.Streaming;

/// <summary>What clients of a stream may follow, as the feature that knows it tells.</summary>
/// <param name="SnapshotName">What the list of a snapshot is called.</param>
/// <param name="TopicOf">The topic's one name for what a client wrote; null where there is no such topic.</param>
/// <param name="Newest">The newest change of a topic.</param>
internal sealed record StreamSource(string SnapshotName, Func<string, string?> TopicOf, NewestFrame Newest);
