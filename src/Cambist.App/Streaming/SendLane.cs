using System.Collections.Concurrent;

namespace Cambist.App.Streaming;

/// <summary>Sends to clients that have something waiting, one after the other. A send is nearly always done at once; one that is not goes on by itself and holds up nobody.</summary>
internal sealed class SendLane : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<StreamClient> _due = new();
    private int _isRunning;

    /// <summary>Adds a client that has something waiting.</summary>
    public void Add(StreamClient client)
    {
        _due.Enqueue(client);
        if (Interlocked.Exchange(ref _isRunning, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            while (_due.TryDequeue(out var client))
            {
                client.SendWaiting();
            }

            Interlocked.Exchange(ref _isRunning, 0);
        }
        while (!_due.IsEmpty && Interlocked.Exchange(ref _isRunning, 1) == 0);
    }
}
