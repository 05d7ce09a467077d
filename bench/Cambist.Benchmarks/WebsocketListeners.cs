using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cambist.Benchmarks;

/// <summary>The clients of <see cref="WebsocketTimes"/>, in a process of their own: plain sockets that look for the number of the update in its rate, for clients that cost more than the server would measure themselves.</summary>
internal static class WebsocketListeners
{
    private const int AtOnce = 64;

    /// <summary>Connects, says <c>ready</c>, and tells of each update when the last client had it: its number and the timestamp.</summary>
    public static void Run(int port, int count, int updates)
    {
        var sockets = new Socket[count];
        // Without a task: a socket that was once awaited is watched by the runtime ever after.
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, number => sockets[number] = Subscribed(port));
        Console.WriteLine("ready");

        var seen = new int[updates];
        new ReadySockets(sockets).Read(message =>
        {
            if (Update(message) is var update and >= 0 && ++seen[update] == count)
            {
                var at = Stopwatch.GetTimestamp();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{update} {at}"));
            }
        });
    }

    // Updates are far enough apart that two never come in one piece; a ping or a heartbeat has no rate.
    private static int Update(ReadOnlySpan<byte> message)
    {
        var place = message.IndexOf("\"rate\":\"1.0"u8);
        return place >= 0 && System.Buffers.Text.Utf8Parser.TryParse(message.Slice(place + 11, 6), out int number, out _) ? (number - WebsocketTimes.FirstUpdate) / WebsocketTimes.Step : -1;
    }

    private static Socket Subscribed(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Encoding.ASCII.GetBytes(
            $"GET /ws/rates HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var buffer = new byte[4096];
        Until(socket, buffer, "\r\n\r\n"u8.ToArray());
        socket.Send(Masked("""{"type":"subscribe","pairs":["EUR/USD"]}"""u8));
        Until(socket, buffer, "\"sequence\":1}"u8.ToArray());
        return socket;
    }

    // What is waited for ends what was sent so far.
    private static void Until(Socket socket, byte[] buffer, byte[] end)
    {
        var length = 0;
        while (!buffer.AsSpan(0, length).EndsWith(end))
        {
            var read = socket.Receive(buffer.AsSpan(length));
            length += read > 0 ? read : throw new InvalidOperationException("The service closed the connection.");
        }
    }

    // A mask of zeros leaves the text as it is.
    private static byte[] Masked(ReadOnlySpan<byte> text) => [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. text];
}
