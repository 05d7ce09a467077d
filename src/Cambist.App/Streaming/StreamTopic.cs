namespace Cambist.App.Streaming;

/// <summary>Tells the newest change of a topic: the last one where nothing has changed, null where nothing is known.</summary>
/// <param name="topic">The topic's name.</param>
/// <param name="last">The last change that was told.</param>
internal delegate StreamFrame? NewestFrame(string topic, StreamFrame? last);

/// <summary>What clients follow. Its newest value is looked up and told under one lock, so that no client sees an older value after a newer one.</summary>
internal sealed class StreamTopic(string name, NewestFrame newest)
{
    private readonly Lock _gate = new();
    private readonly List<StreamSubscription> _followers = [];
    private StreamFrame? _last;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>How many joined and have not left; counted by the hub.</summary>
    public int Followers { get; set; }

    /// <summary>Tells all who follow it, where there is something new.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            Look();
        }
    }

    /// <summary>Lets a client follow, from the value on that is returned.</summary>
    public StreamFrame? Join(StreamSubscription follower, bool isNew)
    {
        lock (_gate)
        {
            Look();
            follower.Hold();
            if (isNew)
            {
                _followers.Add(follower);
            }

            return _last;
        }
    }

    /// <summary>Ends following.</summary>
    public void Leave(StreamSubscription follower)
    {
        lock (_gate)
        {
            // The order does not matter.
            var place = _followers.IndexOf(follower);
            _followers[place] = _followers[^1];
            _followers.RemoveAt(_followers.Count - 1);
        }
    }

    private void Look()
    {
        var found = newest(name, _last);
        if (found is null || ReferenceEquals(found, _last))
        {
            return;
        }

        _last = found;
        foreach (var follower in _followers)
        {
            follower.Offer(found);
        }
    }
}
