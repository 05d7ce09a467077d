namespace Cambist.App.Streaming;

/// <summary>A client's place among those who follow a topic, with the newest change that waits for it.</summary>
internal sealed class StreamSubscription(StreamClient client, StreamTopic topic)
{
    /// <summary>What is followed.</summary>
    public StreamTopic Topic => topic;

    /// <summary>The newest change that was not sent; an older one is not kept. Guarded by the client.</summary>
    public StreamFrame? Waiting { get; set; }

    /// <summary>Whether changes wait for the snapshot to go first. Guarded by the client.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Keeps changes back until the snapshot is on its way.</summary>
    public void Hold() => client.Hold(this);

    /// <summary>Gives the client a change to send.</summary>
    public void Offer(StreamFrame change) => client.Offer(this, change);
}
