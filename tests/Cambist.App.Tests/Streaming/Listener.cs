using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>A client that says exactly what a test tells it to.</summary>
internal sealed class Listener : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public string? SubProtocol => _socket.SubProtocol;

    public static Uri Address(RunningCambist cambist, string path = "/ws/rates") => new UriBuilder(new Uri(cambist.Http.BaseAddress!, path)) { Scheme = "ws" }.Uri;

    /// <summary>Opens the stream of an account.</summary>
    public static async Task<Listener> OpenAsync(RunningCambist cambist, string account, string? bearer, params IReadOnlyList<string> protocols)
    {
        var listener = new Listener();
        if (bearer is not null)
        {
            listener._socket.Options.SetRequestHeader("Authorization", $"Bearer {bearer}");
        }

        foreach (var protocol in protocols)
        {
            listener._socket.Options.AddSubProtocol(protocol);
        }

        await listener._socket.ConnectAsync(Address(cambist, $"/ws/{account}"), Cancelled);
        return listener;
    }

    public static async Task<Listener> ConnectAsync(RunningCambist cambist, string? origin = null, string path = "/ws/rates", string? cookie = null)
    {
        var listener = new Listener();
        if (cookie is not null)
        {
            listener._socket.Options.SetRequestHeader("Cookie", cookie);
        }

        if (origin is not null)
        {
            listener._socket.Options.SetRequestHeader("Origin", origin);
        }

        listener._socket.Options.CollectHttpResponseDetails = true;
        await listener._socket.ConnectAsync(Address(cambist, path), Cancelled);
        return listener;
    }

    public Task SayAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text, bool isWhole = true) => SayAsync(Encoding.UTF8.GetBytes(text), type, isWhole);

    public Task SayAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isWhole = true) => _socket.SendAsync(bytes, type, isWhole, Cancelled);

    public Task SubscribeAsync(params string[] pairs) => SayAsync(JsonSerializer.Serialize(new { type = "subscribe", pairs }));

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancelled);

    /// <summary>The next message that is no heartbeat; null where the service closed.</summary>
    public async Task<string?> NextPastHeartbeatsAsync()
    {
        while (true)
        {
            if (await NextAsync() is var next && next?.Contains("\"heartbeat\"", StringComparison.Ordinal) != true)
            {
                return next;
            }
        }
    }

    /// <summary>The next message; null where the service closed.</summary>
    public async Task<string?> NextAsync()
    {
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), Cancelled);
            length += read.Count;
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (read.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    public async Task<string> NextCodeAsync() => JsonDocument.Parse((await NextAsync())!).RootElement.GetProperty("code").GetString()!;

    public void Dispose() => _socket.Dispose();
}
