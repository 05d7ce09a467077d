using System.Buffers;
using System.Net.WebSockets;

namespace Cambist.App.Streaming;

/// <summary>
/// What is sent to one client: its queue holds at most one change of each pair that it follows, the newest, and a bounded number of answers and of personal messages. One send at a
/// time; there is no task of its own for it.
/// </summary>
internal sealed class StreamClient(WebSocket socket, SendLane lane, StreamOptions options, TimeProvider clock, StreamMeter meter, StreamLogin? login = null)
{
    // More answers than this wait only for a client that asks and does not read.
    private const int MostAnswers = 64;
    private const long NotSending = long.MinValue;
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    // In the queue it stands for the personal messages, which wait in their own.
    private static readonly object Personal = new();

    private readonly Lock _gate = new();
    private readonly Queue<object> _waiting = new(2);
    private readonly Dictionary<string, StreamSubscription> _subscriptions = new(1, StringComparer.Ordinal);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Queue<StreamFrame>? _personal;
    private StreamClosing? _closing;
    private bool _isClosed;
    private bool _isDue;
    private int _answers;
    private long _sequence;
    private long _sentAt = clock.GetTimestamp();
    private long _sendingSince = NotSending;
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource? _closed;
    private long _closingSince;

    /// <summary>Whose stream it is; null where it is everyone's.</summary>
    public StreamLogin? Login => login;

    /// <summary>What it follows, by name. Of the one who reads its messages alone.</summary>
    public IReadOnlyDictionary<string, StreamSubscription> Subscriptions => _subscriptions;

    /// <summary>Ends when the service stops and has said so: the client's own close is not waited for.</summary>
    public Task LeftAsync() => _left.Task;

    /// <summary>Follows topics: a snapshot of them goes first, then what changes.</summary>
    /// <param name="name">What the snapshot's list is called.</param>
    /// <param name="topics">The topics; each is new or already followed.</param>
    public void Follow(string name, IReadOnlyList<StreamTopic> topics)
    {
        var known = new List<StreamFrame>(topics.Count);
        var joined = new StreamSubscription[topics.Count];
        for (var place = 0; place < joined.Length; place++)
        {
            var topic = topics[place];
            var isNew = !_subscriptions.TryGetValue(topic.Name, out var subscription);
            joined[place] = subscription ??= _subscriptions[topic.Name] = new StreamSubscription(this, topic);
            if (topic.Join(subscription, isNew) is { } last)
            {
                known.Add(last);
            }
        }

        var snapshot = StreamFrame.Snapshot(name, known);
        lock (_gate)
        {
            Enqueue(snapshot);
            foreach (var subscription in joined)
            {
                subscription.IsHeld = false;
                if (subscription.Waiting is not null)
                {
                    Enqueue(subscription);
                }
            }
        }
    }

    /// <summary>Takes a subscription out; null where there is none.</summary>
    public StreamSubscription? Take(string name) => _subscriptions.Remove(name, out var subscription) ? subscription : null;

    /// <summary>Takes all subscriptions out.</summary>
    public IReadOnlyList<StreamSubscription> TakeAll()
    {
        StreamSubscription[] all = [.. _subscriptions.Values];
        _subscriptions.Clear();
        return all;
    }

    /// <summary>Keeps the changes of a subscription back.</summary>
    public void Hold(StreamSubscription subscription)
    {
        lock (_gate)
        {
            (subscription.IsHeld, subscription.Waiting) = (true, null);
        }
    }

    /// <summary>Sends a change, in the place of an older one of the same topic that still waits.</summary>
    public void Offer(StreamSubscription subscription, StreamFrame change)
    {
        lock (_gate)
        {
            var waits = subscription.Waiting is not null;
            subscription.Waiting = change;
            if (!waits && !subscription.IsHeld)
            {
                Enqueue(subscription);
            }
        }
    }

    /// <summary>Sends a personal message, in order with the others. Where as many wait as may, the oldest is lost and its number with it, so that the client sees the gap.</summary>
    public void Tell(StreamFrame message)
    {
        lock (_gate)
        {
            _personal ??= new Queue<StreamFrame>(1);
            if (_personal.Count >= options.MostPersonalWaiting)
            {
                _personal.Dequeue();
                _sequence++;
            }

            _personal.Enqueue(message);
            if (_personal.Count == 1)
            {
                Enqueue(Personal);
            }
        }
    }

    /// <summary>Leaves a number out: a message of unknown content never came.</summary>
    public void Miss()
    {
        lock (_gate)
        {
            _sequence++;
        }
    }

    /// <summary>Sends an answer.</summary>
    public void Answer(StreamFrame answer)
    {
        lock (_gate)
        {
            Enqueue(answer);
        }
    }

    /// <summary>Sends what waits, then closes.</summary>
    public void Close(StreamClosing closing)
    {
        lock (_gate)
        {
            Begin(closing);
        }
    }

    /// <summary>Sends a sign of life where nothing was sent for long; ends the connection of a client that does not read, or does not answer to a close.</summary>
    public void Look(long now, StreamFrame heartbeat)
    {
        if (IsOver(now, heartbeat))
        {
            // Not under the lock: who waits for the socket goes on at once, and takes other locks.
            socket.Abort();
        }
    }

    private bool IsOver(long now, StreamFrame heartbeat)
    {
        lock (_gate)
        {
            var sendingSince = Volatile.Read(ref _sendingSince);
            if (_closing is not null)
            {
                return clock.GetElapsedTime(_closingSince, now) >= Goodbye;
            }

            if (sendingSince != NotSending && clock.GetElapsedTime(sendingSince, now) >= TimeSpan.FromSeconds(options.SlowReaderSeconds))
            {
                _waiting.Clear();
                Begin(StreamClosing.SlowReader);
            }
            else if (login?.Over() is { } refusal)
            {
                _waiting.Clear();
                _waiting.Enqueue(refusal.Error);
                Begin(refusal.Closing);
            }
            else if (!_isDue && login is not { IsIn: false } && clock.GetElapsedTime(Volatile.Read(ref _sentAt), now) >= TimeSpan.FromSeconds(options.HeartbeatSeconds))
            {
                Enqueue(heartbeat);
            }

            return false;
        }
    }

    /// <summary>Sends until nothing waits. Of the lane alone, which calls it once for each time that the client was added.</summary>
    public void SendWaiting() => _sending = SendOrAbortAsync();

    /// <summary>Waits until the close that was asked for has gone out, or never will.</summary>
    public Task ClosedAsync() => _closed?.Task ?? Task.CompletedTask;

    /// <summary>Waits for the send that is under way.</summary>
    public Task SentAsync() => _sending;

    private async Task SendOrAbortAsync()
    {
        try
        {
            await SendAllAsync();
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The connection is gone; whoever reads from it finds out by the same.
            socket.Abort();
            lock (_gate)
            {
                Begin(StreamClosing.Answered);
                _closed!.TrySetResult();
            }
        }
    }

    private async ValueTask SendAllAsync()
    {
        StreamClosing? closing;
        while (Next(out closing) is { } next)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(next.Frame.Longest);
            var length = next.Frame.Write(buffer, next.Sequence);
            var sent = socket.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            if (!sent.IsCompleted)
            {
                Volatile.Write(ref _sendingSince, clock.GetTimestamp());
            }

            await sent;
            Volatile.Write(ref _sendingSince, NotSending);
            Volatile.Write(ref _sentAt, clock.GetTimestamp());
            ArrayPool<byte>.Shared.Return(buffer);
            meter.Sent(next.Frame);
        }

        if (closing is not null)
        {
            await socket.CloseOutputAsync(closing.Status, closing.Reason, CancellationToken.None);
            _closed!.TrySetResult();
            if (closing == StreamClosing.ServiceStops)
            {
                _left.TrySetResult();
            }
        }
    }

    private (StreamFrame Frame, long Sequence)? Next(out StreamClosing? closing)
    {
        closing = null;
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var next))
            {
                if (Taken(next) is { } frame)
                {
                    return (frame, frame.Numbering == Numbering.Next ? ++_sequence : _sequence);
                }
            }

            // Once, after all else, and by the lane that is at work: found under one lock with the empty queue, so that no other lane sends beside it.
            closing = _isClosed ? null : _closing;
            _isDue = _isClosed = _closing is not null;
            return null;
        }
    }

    private StreamFrame? Taken(object next)
    {
        if (next == Personal)
        {
            var message = _personal!.Dequeue();
            if (_personal.Count > 0)
            {
                // Behind what else waits: neither holds up the other.
                _waiting.Enqueue(Personal);
            }

            return message;
        }

        if (next is not StreamSubscription subscription)
        {
            _answers--;
            return (StreamFrame)next;
        }

        // Held back again since it was queued: it is queued anew behind its snapshot.
        var change = subscription.IsHeld ? null : subscription.Waiting;
        if (!subscription.IsHeld)
        {
            subscription.Waiting = null;
        }

        return change;
    }

    private void Begin(StreamClosing closing)
    {
        if (_closing is null)
        {
            (_closing, _closingSince) = (closing, clock.GetTimestamp());
            _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Due();
        }
    }

    private void Enqueue(object next)
    {
        if (next is StreamFrame && ++_answers > MostAnswers)
        {
            _waiting.Clear();
            Begin(StreamClosing.SlowReader);
        }

        if (_closing is null)
        {
            _waiting.Enqueue(next);
            Due();
        }
    }

    private void Due()
    {
        if (!_isDue)
        {
            _isDue = true;
            lane.Add(this);
        }
    }
}
