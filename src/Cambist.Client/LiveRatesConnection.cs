using System.Net.WebSockets;
using System.Text.Json;

namespace Cambist.Client;

/// <summary>One connection to <c>/ws/rates</c> or <c>/ws/{user_id}</c>.</summary>
internal sealed class LiveRatesConnection(ClientWebSocket socket, IReadOnlyList<string> pairs, StreamAccount? account, TimeProvider clock) : IDisposable
{
    // A sign of life comes every 15 seconds.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);
    private const int LargestMessage = 1024 * 1024;

    // So long before its end a token is followed by a new one. A sign of life comes in time to do so.
    private static readonly TimeSpan BeforeTheEnd = TimeSpan.FromMinutes(1);

    private byte[] _buffer = new byte[4096];
    private long _sequence;
    private bool _isBehind;
    private bool _isAfterGap;
    private bool _isIn;
    private DateTimeOffset? _expiresAt;

    /// <summary>Asks for the pairs, from a snapshot on.</summary>
    public async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        if (pairs is [])
        {
            return;
        }

        await SendAsync(JsonSerializer.SerializeToUtf8Bytes(new StreamWish("subscribe", pairs), CambistJson.Wire.StreamWish), cancellationToken);
    }

    /// <summary>The next message that may be relied on; null where the connection is lost.</summary>
    /// <exception cref="CambistStreamException">The service refuses what is asked for.</exception>
    public async Task<StreamMessage?> NextAsync(CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(cancellationToken) is { } message)
        {
            if (message.Type == "error")
            {
                // With a new token, or in a while, all is well.
                return message.Code is "too_many_topics" or "too_many_messages" or "token_expired" or "token_invalid" or "session_ended"
                    ? null
                    : throw new CambistStreamException(message.Code ?? "error", message.Message ?? "The service says what is wrong by a code only.");
            }

            await StayAsync(message, cancellationToken);
            if (await IsReliableAsync(message, cancellationToken) && IsNews(message))
            {
                return Told(message);
            }
        }

        return null;
    }

    /// <inheritdoc />
    public void Dispose() => socket.Dispose();

    // Before a token ends, a new one is shown.
    private async Task StayAsync(StreamMessage message, CancellationToken cancellationToken)
    {
        if (message.Type == "authenticated")
        {
            _expiresAt = message.ExpiresAt;
        }

        if (account is null || _expiresAt is not { } end || end - clock.GetUtcNow() > BeforeTheEnd || message.Type == "authenticated")
        {
            return;
        }

        _expiresAt = null;
        var shown = new StreamAuthentication("authenticate", await account.Token(cancellationToken));
        await SendAsync(JsonSerializer.SerializeToUtf8Bytes(shown, CambistJson.Wire.StreamAuthentication), cancellationToken);
    }

    // That a newer token is taken is no news.
    private bool IsNews(StreamMessage message)
    {
        var isNews = message.Type != "authenticated" || !_isIn;
        _isIn |= message.Type == "authenticated";
        return isNews;
    }

    // Behind a gap an unknown number of changes is missing, so no rate counts until the next snapshot.
    private async Task<bool> IsReliableAsync(StreamMessage message, CancellationToken cancellationToken)
    {
        if (message is { Type: "snapshot", Sequence: { } start })
        {
            (_isAfterGap, _sequence, _isBehind) = (_isAfterGap || start != _sequence + 1, start, false);
            return true;
        }

        if (message.Sequence is not { } number)
        {
            return true;
        }

        var expected = message.Type is "heartbeat" or "pong" or "authenticated" ? _sequence : _sequence + 1;
        var hasGap = number != expected;
        _isAfterGap |= hasGap;
        _sequence = number;
        if (hasGap && !_isBehind && pairs is not [])
        {
            _isBehind = true;
            await SubscribeAsync(cancellationToken);
        }

        // Only rates are told anew.
        return !_isBehind || message.Type is not ("rate_update" or "rate_stale" or "heartbeat");
    }

    private StreamMessage Told(StreamMessage message)
    {
        var told = _isAfterGap ? message with { IsAfterGap = true } : message;
        _isAfterGap = false;
        return told;
    }

    private async Task SendAsync(byte[] text, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException)
        {
            // The connection is lost, which the one who reads finds out.
        }
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
