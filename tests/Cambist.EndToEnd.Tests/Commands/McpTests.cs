using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary><c>cambist mcp</c>, over a store without accounts.</summary>
public sealed class McpTests : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly McpConversation _assistant;

    public McpTests() => _assistant = new McpConversation("--data", _data.Path);

    public async ValueTask DisposeAsync()
    {
        await _assistant.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task It_says_who_it_is_and_what_it_can_do_and_ends_with_its_input()
    {
        var hello = await _assistant.HelloAsync();
        Assert.Equal("cambist", hello.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Contains("not financial advice", hello.GetProperty("instructions").GetString(), StringComparison.Ordinal);

        var tools = await _assistant.ToolsAsync();
        Assert.Equal(["ask", "compare_providers", "forecast", "latest_rates", "target_probability"], tools.Select(tool => tool.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(tools, tool =>
        {
            Assert.True(tool.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean());
            Assert.All(tool.GetProperty("inputSchema").GetProperty("properties").EnumerateObject(), argument => Assert.NotEmpty(argument.Value.GetProperty("description").GetString()!));
        });

        _assistant.Server.StandardInput.Close();
        await _assistant.Server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (_assistant.Server.ExitCode, await _assistant.Server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
        Assert.False(File.Exists(_data.File("keys.json")), "Who asks for rates alone needs no keys.");
    }

    [Fact]
    public async Task Without_a_rate_it_says_so_and_what_is_no_request_does_not_end_it()
    {
        await _assistant.HelloAsync();

        await _assistant.Server.StandardInput.WriteLineAsync("this is no JSON");
        var (text, isError) = await _assistant.CallAsync("ask", """{"amount":"5000","from_currency":"EUR","to_currency":"USD"}""");

        Assert.True(isError);
        Assert.Contains("rate_not_found: ", text, StringComparison.Ordinal);
    }
}
