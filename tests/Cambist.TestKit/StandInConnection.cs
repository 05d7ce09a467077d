using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Cambist.TestKit;

/// <summary>One connection to a <see cref="StandInFeed"/>, seen from the server. It lasts until the test ends it or the client is gone.</summary>
public sealed class StandInConnection
{
    private readonly WebSocket _socket;
    private readonly HttpContext _context;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal StandInConnection(WebSocket socket, HttpContext context)
    {
        _socket = socket;
        _context = context;
        Query = context.Request.QueryString.Value ?? "";
        context.RequestAborted.Register(() => _ended.TrySetResult());
    }

    /// <summary>The query of the client's address.</summary>
    public string Query { get; }

    /// <summary>Is done when the connection is over.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The client's next message.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            length += read.Count;
            if (read.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }

    /// <summary>Sends a frame.</summary>
    public Task SendAsync(string frame, CancellationToken cancellationToken) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Sends a message as many frames of this many bytes.</summary>
    public async Task SendInPiecesAsync(string message, int size, CancellationToken cancellationToken)
    {
        foreach (var piece in Encoding.UTF8.GetBytes(message).Chunk(size))
        {
            await _socket.SendAsync(piece, WebSocketMessageType.Text, endOfMessage: false, cancellationToken);
        }

        await _socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }

    /// <summary>Sends the beginning of a message, of which the rest never comes.</summary>
    public Task SendBeginningAsync(string beginning, CancellationToken cancellationToken) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(beginning), WebSocketMessageType.Text, endOfMessage: false, cancellationToken);

    /// <summary>Closes the connection in good order.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason, CancellationToken cancellationToken)
    {
        await _socket.CloseOutputAsync(status, reason, cancellationToken);
        _ended.TrySetResult();
    }

    /// <summary>Breaks the connection.</summary>
    public void Abort()
    {
        _context.Abort();
        _ended.TrySetResult();
    }
}
