using System.Diagnostics;
using System.Text.Json;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary><c>cambist mcp</c>, spoken to line by line as any client would.</summary>
public sealed class McpTests : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly Process _server;
    private int _id;

    public McpTests() => _server = CommandLine.Converse("mcp", "--data", _data.Path);

    public async ValueTask DisposeAsync()
    {
        if (!_server.HasExited)
        {
            _server.Kill(entireProcessTree: true);
        }

        await _server.WaitForExitAsync();
        _server.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task It_says_who_it_is_and_what_it_can_do_and_ends_with_its_input()
    {
        var hello = await Hello();
        Assert.Equal("cambist", hello.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Contains("not financial advice", hello.GetProperty("instructions").GetString(), StringComparison.Ordinal);

        var tools = (await Request("tools/list", "{}")).GetProperty("tools").EnumerateArray().ToList();
        Assert.Equal(["ask", "compare_providers", "forecast", "latest_rates", "target_probability"], tools.Select(tool => tool.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(tools, tool =>
        {
            Assert.True(tool.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean());
            Assert.All(tool.GetProperty("inputSchema").GetProperty("properties").EnumerateObject(), argument => Assert.NotEmpty(argument.Value.GetProperty("description").GetString()!));
        });

        _server.StandardInput.Close();
        await _server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (_server.ExitCode, await _server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Without_a_rate_it_says_so_and_what_is_no_request_does_not_end_it()
    {
        await Hello();

        await _server.StandardInput.WriteLineAsync("this is no JSON");
        var refused = await Request("tools/call", """{"name":"ask","arguments":{"amount":"5000","from_currency":"EUR","to_currency":"USD"}}""");

        Assert.True(refused.GetProperty("isError").GetBoolean());
        Assert.Contains("rate_not_found: ", refused.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> Hello()
    {
        var hello = await Request("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a client","version":"1"}}""");
        await _server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return hello;
    }

    private async Task<JsonElement> Request(string method, string parameters)
    {
        var id = ++_id;
        await _server.StandardInput.WriteLineAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        await _server.StandardInput.FlushAsync();
        while (await _server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var answer = JsonDocument.Parse(line).RootElement;
            if (answer.TryGetProperty("id", out var to) && to.ValueKind == JsonValueKind.Number && to.GetInt32() == id)
            {
                return answer.GetProperty("result");
            }
        }

        throw new InvalidOperationException($"The server ended without an answer: {await _server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }
}
