using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>Requests to open a websocket, byte by byte.</summary>
internal static class Handshakes
{
    private static readonly (string Name, string Value)[] Usual =
        [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Asks for a stream and is answered; a stream that opens is left at once.</summary>
    public static async Task<(int Status, string? Code)> AskAsync(RunningCambist cambist, string path, params (string Name, string Value)[] more)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in Usual.Concat(more))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await cambist.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            return (101, null);
        }

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        return ((int)answer.StatusCode, problem.RootElement.GetProperty("code").GetString());
    }

    /// <summary>Opens a stream by hand: nothing is answered or read but by the test.</summary>
    public static async Task<TcpClient> OpenAsync(RunningCambist cambist, string path, params (string Name, string Value)[] more)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, cambist.Http.BaseAddress!.Port, Stop);
        var head = new StringBuilder($"GET {path} HTTP/1.1\r\nHost: {cambist.Http.BaseAddress.Authority}\r\n");
        foreach (var (name, value) in Usual.Concat(more))
        {
            head.Append($"{name}: {value}\r\n");
        }

        head.Append("\r\n");
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head.ToString()), Stop);

        var told = new StringBuilder();
        var one = new byte[1];
        while (!told.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await client.GetStream().ReadExactlyAsync(one, Stop);
            told.Append((char)one[0]);
        }

        Assert.StartsWith("HTTP/1.1 101", told.ToString(), StringComparison.Ordinal);
        return client;
    }
}
