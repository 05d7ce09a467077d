using System.Diagnostics;
using System.Text.Json;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary>A running <c>cambist mcp</c>, spoken to line by line as any client would.</summary>
internal sealed class McpConversation(params string[] arguments) : IAsyncDisposable
{
    private int _id;

    public Process Server { get; } = CommandLine.Converse(["mcp", .. arguments]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<JsonElement> HelloAsync()
    {
        var hello = await RequestAsync("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a client","version":"1"}}""");
        await Server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return hello;
    }

    public async Task<IReadOnlyList<JsonElement>> ToolsAsync() => [.. (await RequestAsync("tools/list", "{}")).GetProperty("tools").EnumerateArray()];

    /// <summary>Calls a tool; the text of its answer, and whether it is an error.</summary>
    public async Task<(string Text, bool IsError)> CallAsync(string tool, string toolArguments)
    {
        var answer = await RequestAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{toolArguments}}}""");
        return (answer.GetProperty("content")[0].GetProperty("text").GetString()!, answer.TryGetProperty("isError", out var told) && told.GetBoolean());
    }

    public async Task<JsonElement> RequestAsync(string method, string parameters)
    {
        var id = ++_id;
        await Server.StandardInput.WriteLineAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        await Server.StandardInput.FlushAsync(Stop);
        while (await Server.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            var answer = JsonDocument.Parse(line).RootElement;
            if (answer.TryGetProperty("id", out var to) && to.ValueKind == JsonValueKind.Number && to.GetInt32() == id)
            {
                return answer.GetProperty("result");
            }
        }

        throw new InvalidOperationException($"The server ended without an answer: {await Server.StandardError.ReadToEndAsync(Stop)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!Server.HasExited)
        {
            Server.Kill(entireProcessTree: true);
        }

        await Server.WaitForExitAsync();
        Server.Dispose();
    }
}
