using System.Net;
using System.Net.Sockets;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary>What <c>serve</c> says before it serves.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task A_port_that_is_taken_is_told_in_a_sentence()
    {
        using var somebody = new TcpListener(IPAddress.Loopback, 0);
        somebody.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)somebody.LocalEndpoint).Port}";

        var served = await CommandLine.RunAsync("serve", "--demo", "--urls", url, "--json");

        Assert.Equal((1, "cannot_listen"), (served.ExitCode, served.Json().GetProperty("code").GetString()));
        Assert.Contains($"something listens on {url} already", served.Json().GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", served.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("an address to listen on was expected", "--demo", "--urls", "nonsense")]
    [InlineData("--demo and --replay are two markets", "--demo", "--replay", ".", "--from", "2021-06-15")]
    [InlineData("--replay needs --from", "--replay", ".")]
    [InlineData("a folder of hourly files was expected", "--replay", "no/such/folder", "--from", "2021-06-15")]
    [InlineData("--speed is above 0", "--replay", ".", "--from", "2021-06-15", "--speed", "-1")]
    [InlineData("'--from' is a date or an ISO 8601 instant", "--replay", ".", "--from", "yesterday")]
    public async Task What_cannot_be_served_is_told_with_what_was_expected(string told, params string[] arguments)
    {
        var served = await CommandLine.RunAsync(["serve", .. arguments]);

        Assert.NotEqual(0, served.ExitCode);
        Assert.Contains(told, served.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", served.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_of_a_folder_without_bars_does_not_start()
    {
        using var empty = new TemporaryFolder();

        var served = await CommandLine.RunAsync("serve", "--replay", empty.Path, "--from", "2021-06-15T12:00:00Z", "--json");

        Assert.Equal((1, "history_not_found"), (served.ExitCode, served.Json().GetProperty("code").GetString()));
    }
}
