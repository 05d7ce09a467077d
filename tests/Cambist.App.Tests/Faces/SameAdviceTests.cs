using System.Text.Json.Nodes;
using Cambist.App.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>One question about one instant has one answer, whichever face it is asked through.</summary>
public sealed class SameAdviceTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 18, 12, 20, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("5000", "EUR", "USD", "2026-04-15")]
    [InlineData("2500.50", "GBP", "JPY", "2026-03-20T09:00:00Z")]
    public async Task Rest_with_as_of_a_replay_at_that_instant_and_the_command_line_agree(string amount, string from, string to, string deadline)
    {
        using var folder = new TemporaryFolder();
        using var data = new TemporaryFolder();
        SeededHistory.Write(folder.Path, Then.AddDays(9));
        var imported = await CommandLine.RunAsync("history", "import", folder.Path, "--data", data.Path);
        Assert.True(imported.ExitCode == 0, imported.Error);

        var told = await CommandLine.RunAsync("ask", amount, from, to, "--by", deadline, "--as-of", "2026-03-18T12:20:00Z", "--json", "--data", data.Path);
        var question = $"\"amount\":\"{amount}\",\"from_currency\":\"{from}\",\"to_currency\":\"{to}\",\"deadline\":\"{deadline}\"";
        await using var later = await RunningCambist.StartAsync(MarketMode.Live, new FakeTimeProvider(Then.AddDays(8)), folder.Path);
        await using var replay = await RunningCambist.StartAsync(MarketMode.Replay, new FakeTimeProvider(Then), folder.Path);
        var past = await later.Http.Analyze($"{{{question},\"as_of\":\"2026-03-18T12:20:00Z\"}}");
        await TheModelServes(replay.Http, $"/api/v1/forecasts/{from}/{to}");
        var asIfLive = await replay.Http.Analyze($"{{{question}}}");

        Assert.True(told.ExitCode == 0, told.Out);
        Assert.True(past.Status == 200, past.Body);
        AssertSame(told.Out, past.Body);
        AssertSame(told.Out, asIfLive.Body);
    }

    [Fact]
    public async Task The_cost_table_agrees_too()
    {
        using var folder = new TemporaryFolder();
        using var data = new TemporaryFolder();
        SeededHistory.Write(folder.Path, Then, weeks: 2);
        await CommandLine.RunAsync("history", "import", folder.Path, "--data", data.Path);

        var told = await CommandLine.RunAsync("providers", "2500", "GBP", "EUR", "--receive", "--as-of", "2026-03-18T12:20:00Z", "--json", "--data", data.Path);
        await using var replay = await RunningCambist.StartAsync(MarketMode.Replay, new FakeTimeProvider(Then), folder.Path);
        var answer = await replay.Http.Get("/api/v1/providers?amount=2500&from_currency=GBP&to_currency=EUR&amount_side=receive");

        AssertSame(told.Out, answer.Body);
    }

    // A service that has just started measures the errors of the model beside its requests, and until then the baseline answers. Answers are kept for a while, forecasts are not.
    private static async Task TheModelServes(HttpClient http, string forecast)
    {
        await Eventually.TrueAsync(async () => !(await http.Get(forecast)).Body.Contains("are being measured", StringComparison.Ordinal), TimeSpan.FromMinutes(2));
    }

    private static void AssertSame(string expected, string found) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(found)), $"Expected {expected}\nfound {found}");
}
