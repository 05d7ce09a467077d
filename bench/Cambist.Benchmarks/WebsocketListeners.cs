using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cambist.Benchmarks;

/// <summary>The clients of <see cref="WebsocketTimes"/>, in a process of their own: plain sockets that look for the end of a message and for the number of the update in its rate, for clients that cost more than the server would measure themselves.</summary>
internal static class WebsocketListeners
{
    private const int AtOnce = 64;

    /// <summary>Connects, says <c>ready</c>, and tells of each update when the last client had it: its number and the timestamp.</summary>
    public static async Task RunAsync(int port, int count, int updates)
    {
        var seen = new int[updates + 1];
        using var places = new SemaphoreSlim(AtOnce);
        var subscribed = 0;
        var all = new TaskCompletionSource();
        var listeners = new List<Task>(count);
        for (var number = 0; number < count; number++)
        {
            await places.WaitAsync();
            listeners.Add(ListenAsync(port, () =>
            {
                places.Release();
                if (Interlocked.Increment(ref subscribed) == count)
                {
                    all.SetResult();
                }
            }, update =>
            {
                if (Interlocked.Increment(ref seen[update]) == count)
                {
                    var at = Stopwatch.GetTimestamp();
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{update} {at}"));
                }
            }));
        }

        await all.Task;
        Console.WriteLine("ready");
        await Task.WhenAll(listeners);
    }

    private static async Task ListenAsync(int port, Action subscribed, Action<int> updated)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /ws/rates HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var buffer = new byte[512];
        await UntilAsync(socket, new byte[4096], "\r\n\r\n"u8.ToArray());
        await socket.SendAsync(Masked("""{"type":"subscribe","pairs":["EUR/USD"]}"""u8));
        await UntilAsync(socket, buffer, "\"sequence\":1}"u8.ToArray());
        subscribed();
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer);
            if (length == 0)
            {
                return;
            }

            // Updates are far enough apart that two never come in one piece; a ping has no rate.
            var place = buffer.AsSpan(0, length).IndexOf("\"rate\":\"1.0"u8);
            if (place >= 0 && System.Buffers.Text.Utf8Parser.TryParse(buffer.AsSpan(place + 11, 6), out int update, out _))
            {
                updated((update - WebsocketTimes.FirstUpdate) / WebsocketTimes.Step);
            }
        }
    }

    // What is waited for ends what was sent so far.
    private static async Task UntilAsync(Socket socket, byte[] buffer, byte[] end)
    {
        var length = 0;
        while (!buffer.AsSpan(0, length).EndsWith(end))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += read > 0 ? read : throw new InvalidOperationException("The service closed the connection.");
        }
    }

    // A mask of zeros leaves the text as it is.
    private static byte[] Masked(ReadOnlySpan<byte> text) => [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. text];
}
