using Cambist.App.Tests.Faces;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

/// <summary><c>cambist history backfill</c> as a program, over a stand-in of Kraken.</summary>
public sealed class BackfillCommandTests
{
    [Fact]
    public async Task Hours_come_in_once_and_the_result_is_one_document()
    {
        await using var server = await DocumentedSources.StartAsync(TimeProvider.System);
        using var folder = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["Rates__Sources__kraken__BaseUrl"] = server.Address.AbsoluteUri };
        string[] arguments = ["--data", folder.Path, "history", "backfill", "--source", "kraken", "--pair", "EURUSD", "--days", "10", "--json"];

        var first = await CommandLine.RunAsync(environment, arguments);
        var second = await CommandLine.RunAsync(environment, arguments);

        Assert.True(first.ExitCode == 0, first.Out + first.Error);
        Assert.Equal(("done", "hour", "EUR/USD"), (first.Json().GetProperty("status").GetString(), first.Json().GetProperty("unit").GetString(), first.Json().GetProperty("pair").GetString()));
        Assert.InRange(first.Json().GetProperty("added").GetInt32(), 100, 240);
        Assert.InRange(second.Json().GetProperty("added").GetInt32(), 0, 1);
    }

    [Theory]
    [InlineData("nosuch", "kraken")]
    [InlineData("twelvedata", "needs a key")]
    public async Task An_unknown_source_is_bad_usage_and_the_allowed_ones_are_named(string source, string told)
    {
        using var folder = new TemporaryFolder();

        var result = await CommandLine.RunAsync("--data", folder.Path, "history", "backfill", "--source", source, "--pair", "EURUSD");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_refuses_a_pair_fails_the_command_in_a_sentence()
    {
        await using var server = await StandInServer.StartAsync();
        using var folder = new TemporaryFolder();
        server.Answers(DocumentedSources.Ohlc, """{"error":["EQuery:Unknown asset pair"]}""");

        var result = await CommandLine.RunAsync(
            new Dictionary<string, string> { ["Rates__Sources__kraken__BaseUrl"] = server.Address.AbsoluteUri }, "--data", folder.Path, "history", "backfill", "--source", "kraken", "--pair", "EURSEK");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Unknown asset pair", result.Error, StringComparison.Ordinal);
    }
}
