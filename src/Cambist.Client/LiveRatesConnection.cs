using System.Net.WebSockets;
using System.Text.Json;

namespace Cambist.Client;

/// <summary>One connection to <c>/ws/rates</c>.</summary>
internal sealed class LiveRatesConnection(ClientWebSocket socket, IReadOnlyList<string> pairs, TimeProvider clock) : IDisposable
{
    // A sign of life comes every 15 seconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);
    private const int LargestMessage = 1024 * 1024;

    private byte[] _buffer = new byte[4096];
    private long _sequence;
    private bool _isBehind;

    /// <summary>Asks for the pairs, from a snapshot on.</summary>
    public async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        var wish = JsonSerializer.SerializeToUtf8Bytes(new StreamWish("subscribe", pairs), CambistJson.Wire.StreamWish);
        await socket.SendAsync(wish, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }

    /// <summary>The next message that may be relied on; null where the connection is lost.</summary>
    /// <exception cref="CambistStreamException">The service refuses what is asked for.</exception>
    public async Task<StreamMessage?> NextAsync(CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(cancellationToken) is { } message)
        {
            if (message.Type == "error")
            {
                return message.Code is "too_many_topics" or "too_many_messages"
                    ? null
                    : throw new CambistStreamException(message.Code ?? "error", message.Message ?? "The service says what is wrong by a code only.");
            }

            if (await IsReliableAsync(message, cancellationToken))
            {
                return message;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public void Dispose() => socket.Dispose();

    // Behind a gap an unknown number of changes is missing, so nothing counts until the next snapshot.
    private async Task<bool> IsReliableAsync(StreamMessage message, CancellationToken cancellationToken)
    {
        if (message is { Type: "snapshot", Sequence: { } start })
        {
            (_sequence, _isBehind) = (start, false);
            return true;
        }

        if (message.Sequence is not { } number)
        {
            return true;
        }

        var expected = message.Type == "rate_update" ? _sequence + 1 : _sequence;
        if (number != expected && !_isBehind)
        {
            _isBehind = true;
            await SubscribeAsync(cancellationToken);
        }

        _sequence = number;
        return !_isBehind;
    }

    private async Task<StreamMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(LongestSilence, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            var length = 0;
            while (true)
            {
                var read = await socket.ReceiveAsync(_buffer.AsMemory(length), end.Token);
                length += read.Count;
                if (read.MessageType == WebSocketMessageType.Close || length >= LargestMessage)
                {
                    return null;
                }

                if (read.EndOfMessage)
                {
                    return JsonSerializer.Deserialize(_buffer.AsSpan(0, length), CambistJson.Wire.StreamMessage);
                }

                if (length == _buffer.Length)
                {
                    Array.Resize(ref _buffer, length * 2);
                }
            }
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or JsonException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}
