using System.Buffers;
using System.Net.WebSockets;

namespace Cambist.App.Streaming;

/// <summary>Reads what a client says, one message at a time, and does it. While nothing comes no buffer is held.</summary>
internal sealed class StreamConversation(WebSocket socket, StreamClient client, StreamHub hub, StreamSource source, StreamOptions options, TimeProvider clock)
{
    private static readonly StreamFrame Pong = StreamFrame.Of("""{"type":"pong"}""", Numbering.Last);

    // A message in more pieces than this is no message but an attack.
    private const int MostPieces = 16;

    private long _secondBegan = clock.GetTimestamp();
    private int _inThisSecond;
    private bool _isOver;

    /// <summary>Goes on until the client has closed, or the connection is gone.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            var waited = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (waited.MessageType == WebSocketMessageType.Close)
            {
                client.Close(StreamClosing.Answered);
                return;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(options.LargestMessage);
            try
            {
                if (!await ReadOneAsync(waited, buffer.AsMemory(0, options.LargestMessage)))
                {
                    client.Close(StreamClosing.Answered);
                    return;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    // False: the client closed.
    private async ValueTask<bool> ReadOneAsync(ValueWebSocketReceiveResult read, Memory<byte> buffer)
    {
        var (length, pieces) = (0, 0);
        while (!read.EndOfMessage)
        {
            if (length == buffer.Length || ++pieces > MostPieces)
            {
                // Read on, over what came before: the close that answers ours is to be found behind it.
                Refuse(StreamErrors.TooLarge(options.LargestMessage), StreamClosing.TooLarge);
                (length, pieces) = (0, 0);
            }

            read = await socket.ReceiveAsync(buffer[length..], CancellationToken.None);
            length += read.Count;
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }
        }

        if (!_isOver)
        {
            await HearAsync(read.MessageType, buffer[..length]);
        }

        return true;
    }

    private ValueTask HearAsync(WebSocketMessageType type, ReadOnlyMemory<byte> text)
    {
        if (type != WebSocketMessageType.Text)
        {
            Refuse(StreamErrors.Binary, StreamClosing.NotText);
        }
        else if (IsFlood())
        {
            Refuse(StreamErrors.Flood(options.MostMessagesPerSecond), StreamClosing.Flood);
        }
        else
        {
            return DoAsync(ClientMessage.Read(text));
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask DoAsync(ClientMessage? message)
    {
        if (client.Login is { } login && message is { Type: "authenticate", Token: { Length: > 0 } token })
        {
            return AuthenticateAsync(login, token);
        }

        if (client.Login is { IsIn: false })
        {
            Refuse(StreamRefusal.NoToken);
        }
        else
        {
            Do(message);
        }

        return ValueTask.CompletedTask;
    }

    private void Do(ClientMessage? message)
    {
        switch (message)
        {
            case { Type: "authenticate" } when client.Login is not null: client.Answer(StreamErrors.NoTokenToTake); break;
            case null: client.Answer(StreamErrors.BadJson); break;
            case { Type: "ping" }: client.Answer(Pong); break;
            case { Type: "subscribe" or "unsubscribe", Pairs: [] }: client.Answer(StreamErrors.NoPairs); break;
            case { Type: "subscribe" } wish when TopicsOf(wish) is { } topics: Subscribe(topics); break;
            case { Type: "unsubscribe" } wish when TopicsOf(wish) is { } topics: Unsubscribe(topics); break;
            case { Type: "subscribe" or "unsubscribe" }: break;
            default: client.Answer(StreamErrors.UnknownType); break;
        }
    }

    private async ValueTask AuthenticateAsync(StreamLogin login, string token)
    {
        var wasIn = login.IsIn;
        var refusal = await login.EnterAsync(token, hub.Stopping);
        if (refusal is null)
        {
            Welcome(login, wasIn);
        }
        else if (wasIn && refusal == StreamRefusal.BadToken)
        {
            // The one before is as good as it was.
            client.Answer(refusal.Error);
        }
        else
        {
            Refuse(refusal);
        }
    }

    private void Welcome(StreamLogin login, bool wasIn)
    {
        if (wasIn)
        {
            client.Answer(login.Welcome());
        }
        else
        {
            hub.Personal.Join(login.Account, client, login.Welcome());
        }
    }

    // All of them or, with an error told, none.
    private List<string>? TopicsOf(ClientMessage wish)
    {
        var names = new List<string>(wish.Pairs.Count);
        foreach (var pair in wish.Pairs)
        {
            if (pair is null || source.TopicOf(pair) is not { } name)
            {
                client.Answer(StreamErrors.UnknownPair(pair));
                return null;
            }

            names.Add(name);
        }

        return [.. names.Distinct()];
    }

    private void Subscribe(List<string> names)
    {
        if (client.Subscriptions.Count + names.Count(name => !client.Subscriptions.ContainsKey(name)) > options.MostSubscriptions)
        {
            client.Answer(StreamErrors.TooManySubscriptions(options.MostSubscriptions));
            return;
        }

        var (topics, added) = (new List<StreamTopic>(names.Count), new List<StreamTopic>(names.Count));
        foreach (var name in names)
        {
            if (client.Subscriptions.TryGetValue(name, out var followed))
            {
                topics.Add(followed.Topic);
            }
            else if (hub.Follow(name, source.Newest) is { } topic)
            {
                topics.Add(topic);
                added.Add(topic);
            }
            else
            {
                added.ForEach(hub.Unfollow);
                client.Answer(StreamErrors.TooManyTopics);
                return;
            }
        }

        client.Follow(source.SnapshotName, topics);
    }

    private void Unsubscribe(List<string> names)
    {
        foreach (var name in names)
        {
            if (client.Take(name) is { } subscription)
            {
                hub.Leave(subscription);
            }
        }

        client.Answer(StreamFrame.Of($$"""{"type":"unsubscribed","pairs":[{{string.Join(',', names.Select(name => $"\"{name}\""))}}]}"""));
    }

    private bool IsFlood()
    {
        var now = clock.GetTimestamp();
        if (clock.GetElapsedTime(_secondBegan, now) >= TimeSpan.FromSeconds(1))
        {
            (_secondBegan, _inThisSecond) = (now, 0);
        }

        return ++_inThisSecond > options.MostMessagesPerSecond;
    }

    private void Refuse(StreamRefusal refusal) => Refuse(refusal.Error, refusal.Closing);

    private void Refuse(StreamFrame error, StreamClosing closing)
    {
        if (!_isOver)
        {
            _isOver = true;
            client.Answer(error);
            client.Close(closing);
        }
    }
}
