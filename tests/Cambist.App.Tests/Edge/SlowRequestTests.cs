using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Cambist.App.Rates;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Edge;

/// <summary>Clients that send as little as they can, to hold what a request holds. By the server's own clock, which no test moves.</summary>
public sealed class SlowRequestTests : IAsyncLifetime
{
    private const int Refused = 408;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private RunningCambist _cambist = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cambist = await RunningCambist.StartAsync(MarketMode.Replay);

    public ValueTask DisposeAsync() => _cambist.DisposeAsync();

    // All at once, for each takes seconds.
    [Fact]
    public async Task What_comes_by_the_letter_is_given_up() => await Task.WhenAll(
        AssertGivenUpAsync(Post("/api/v1/analyze")),
        AssertGivenUpAsync(Post("/api/v1/auth/login")),
        AssertGivenUpAsync(Post("/api/v1/rates/latest")),
        AssertGivenUpAsync("GET /api/v1/rates/latest HTTP/1.1\r\nHost: localhost\r\nX-Slow: "));

    private static string Post(string path) => $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{";

    // Answered at once where the body is not asked for, cut off where it is: either way the connection ends, and others are answered meanwhile.
    private async Task AssertGivenUpAsync(string beginning)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _cambist.Http.BaseAddress!.Port, Stop);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), Stop);
        var began = Stopwatch.GetTimestamp();
        var answer = ReadAsync(stream);
        while (!answer.IsCompleted && Stopwatch.GetElapsedTime(began) < Longest)
        {
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), Stop));
            if (!answer.IsCompleted)
            {
                await TrickleAsync(stream);
            }
        }

        Assert.True(answer.IsCompleted, $"The connection is held after {Longest.TotalSeconds} seconds.");
        Assert.Contains(await answer, new int?[] { Refused, 405, null });
        using var other = await _cambist.Http.GetAsync(new Uri("/healthz", UriKind.Relative), Stop);
        Assert.True(other.IsSuccessStatusCode);
    }

    private static async Task TrickleAsync(NetworkStream stream)
    {
        try
        {
            // Right so far, in JSON and in a header.
            await stream.WriteAsync(" "u8.ToArray(), Stop);
        }
        catch (IOException)
        {
            // It is over; the answer says how.
        }
    }

    // The status, once the server has closed; null where it closed without a word.
    private static async Task<int?> ReadAsync(NetworkStream stream)
    {
        var read = new StringBuilder();
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer, Stop) is > 0 and var count)
            {
                read.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset, which ends it as well.
        }

        var words = read.ToString().Split(' ', 3);
        return words.Length > 2 ? int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture) : null;
    }
}
