using System.Net;
using System.Net.WebSockets;
using System.Text;
using Cambist.App.Rates.Sources;

namespace Cambist.App.Rates.Feeds;

/// <summary>A websocket that speaks in whole messages, and turns every way in which it can fail into a <see cref="SourceFaultException"/>. No message of it names the address: a key may be in it.</summary>
internal sealed class FeedSocket : IDisposable
{
    private const int LargestMessage = 1024 * 1024;
    private const int LongestWords = 120;

    private readonly ClientWebSocket _socket = new();
    private byte[] _message = new byte[16 * 1024];

    private FeedSocket()
    {
        _socket.Options.CollectHttpResponseDetails = true;
        _socket.Options.SetRequestHeader("User-Agent", "Cambist/0.1");
    }

    /// <summary>Connects.</summary>
    /// <exception cref="SourceFaultException">It cannot be reached, or refuses.</exception>
    public static async Task<FeedSocket> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var connected = new FeedSocket();
        try
        {
            await connected._socket.ConnectAsync(address, cancellationToken);
            return connected;
        }
        catch (WebSocketException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw connected.Refusal(fault);
        }
        finally
        {
            if (connected._socket.State != WebSocketState.Open)
            {
                connected.Dispose();
            }
        }
    }

    /// <summary>Sends a text. One at a time; a receive may be under way.</summary>
    public async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Broken(fault);
        }
    }

    /// <summary>The next message, which stands until the one after it is asked for; null where the service closed the connection in good order.</summary>
    /// <exception cref="SourceFaultException">The connection broke, was closed for a reason, or the message is larger than 1 MiB.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var read = await ReadAsync(_message.AsMemory(length), cancellationToken);
            length += read.Count;
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return Closed();
            }

            if (read.EndOfMessage)
            {
                return _message.AsMemory(0, length);
            }

            if (length == _message.Length)
            {
                Grow();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private async ValueTask<ValueWebSocketReceiveResult> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.ReceiveAsync(into, cancellationToken);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Broken(fault);
        }
    }

    private void Grow()
    {
        if (_message.Length >= LargestMessage)
        {
            throw new SourceFaultException(SourceFault.Unreadable, $"It sent a message larger than {LargestMessage / 1024} KiB.");
        }

        Array.Resize(ref _message, _message.Length * 2);
    }

    private ReadOnlyMemory<byte>? Closed() => _socket.CloseStatus is null or WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable or WebSocketCloseStatus.Empty
        ? null
        : throw new SourceFaultException(SourceFault.Unavailable, $"It closed the connection with status {(int)_socket.CloseStatus}: {Cut(_socket.CloseStatusDescription)}.");

    private SourceFaultException Refusal(WebSocketException fault)
    {
        if (_socket.HttpStatusCode == 0)
        {
            return new SourceFaultException(SourceFault.Unavailable, $"It cannot be reached: {Words(fault)}.", inner: fault);
        }

        using var answer = new HttpResponseMessage(_socket.HttpStatusCode);
        foreach (var (name, values) in _socket.HttpResponseHeaders ?? new Dictionary<string, IEnumerable<string>>())
        {
            answer.Headers.TryAddWithoutValidation(name, values);
        }

        try
        {
            answer.RefuseFailure();
            return new SourceFaultException(SourceFault.Unavailable, $"It answered with HTTP status {(int)_socket.HttpStatusCode} and opened no websocket.", inner: fault);
        }
        catch (SourceFaultException meaning)
        {
            return meaning;
        }
    }

    private static SourceFaultException Broken(Exception fault) => new(SourceFault.Unavailable, $"The connection broke: {Words(fault)}.", inner: fault);

    // The messages of the socket and of the handler name host and port at most.
    private static string Words(Exception fault) => (fault.InnerException?.Message ?? fault.Message).TrimEnd('.');

    private static string Cut(string? words) => words is null or "" ? "it gave no reason" : words.Length <= LongestWords ? words : words[..LongestWords] + "…";
}
