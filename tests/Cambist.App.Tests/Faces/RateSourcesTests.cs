using System.Text.Json;
using Cambist.App.Rates;
using Cambist.App.Rates.Ticks;
using Cambist.Client;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>What an operator sees of the sources: each that the program knows, how it fares, what was refused of it, and never a key.</summary>
public sealed class RateSourcesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 10, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Saturday = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_source_and_feed_is_told_with_its_health_and_those_that_are_off_with_the_reason()
    {
        var clock = new FakeTimeProvider(Now);
        await using var server = await DocumentedSources.StartAsync(clock);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, clock, source: server.Address, settings: new Dictionary<string, string?>
        {
            ["Rates:Sources:fixer:Enabled"] = null,
            ["Rates:Sources:alphavantage:Enabled"] = null,
            ["Rates:Sources:alphavantage:ApiKey"] = "planted-key-1",
        });
        await cambist.Http.Until("/readyz", answer => answer.Body.Contains("source:frankfurter", StringComparison.Ordinal) && answer.Body.Contains("source:kraken", StringComparison.Ordinal)
            && answer.Body.Contains("source:alphavantage", StringComparison.Ordinal));

        var answer = await cambist.Http.Get("/api/v1/rates/sources");

        WireShapes.Sources(answer.Json());
        Assert.DoesNotContain("planted-key-1", answer.Body, StringComparison.Ordinal);
        var told = await new CambistClient(cambist.Http).RateSourcesAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("live", "open", null), (told.Mode, told.Market, told.MarketOpensAt));
        Assert.Equal(12, told.Sources.Count);
        Assert.Equal(["kraken", "twelvedata"], told.Feeds.Select(feed => feed.Id));
        var by = told.Sources.ToDictionary(source => source.Id);
        Assert.Equal(("ok", "live", Now, Now), (by["kraken"].Status, by["kraken"].Kind, by["kraken"].LastSuccessAt, by["kraken"].LastPublishedAt));
        Assert.Equal(new DateTimeOffset(2026, 3, 17, 13, 15, 0, TimeSpan.Zero), by["frankfurter"].LastPublishedAt);
        Assert.Equal("reference", by["frankfurter"].Kind);
        Assert.True(by["kraken"].SinceStart.Accepted > 0);
        Assert.Equal(("off", "turned off by Rates:Sources:ecb:Enabled"), (by["ecb"].Status, by["ecb"].WhyOff));
        Assert.Equal("needs a key: set Rates:Sources:fixer:ApiKey", by["fixer"].WhyOff);
        Assert.Equal((25, 1, 24, Now.Date.AddDays(1)), (by["alphavantage"].QuotaPerDay, by["alphavantage"].QuotaSpent, by["alphavantage"].QuotaLeft, by["alphavantage"].QuotaResetsAt!.Value.UtcDateTime));
        Assert.Equal("failing", by["alphavantage"].Status);
    }

    [Fact]
    public async Task A_source_whose_quota_waits_for_the_market_is_closed_and_not_out_of_order()
    {
        var clock = new FakeTimeProvider(Saturday);
        await using var server = await DocumentedSources.StartAsync(clock);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, clock, source: server.Address, settings: new Dictionary<string, string?>
        {
            ["Rates:Sources:alphavantage:Enabled"] = null,
            ["Rates:Sources:alphavantage:ApiKey"] = "k",
        });

        var told = await new CambistClient(cambist.Http).RateSourcesAsync(TestContext.Current.CancellationToken);
        var ready = await cambist.Http.Until("/readyz", answer => answer.Body.Contains("source:alphavantage", StringComparison.Ordinal));

        Assert.Equal(("closed", Saturday.AddHours(33)), (told.Market, told.MarketOpensAt));
        Assert.Equal("closed", told.Sources.Single(source => source.Id == "alphavantage").Status);
        var check = ready.Json().GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "source:alphavantage");
        Assert.Equal("ok", check.GetProperty("status").GetString());
        Assert.Contains("market opens at 2026-03-22 21:00", check.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_asks_for_patience_rests_until_then()
    {
        var clock = new FakeTimeProvider(Now);
        await using var server = await DocumentedSources.StartAsync(clock);
        server.Refuses(DocumentedSources.Latest, 429, headers: ("Retry-After", "600"));
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, clock, source: server.Address);
        await cambist.Http.Until("/api/v1/rates/sources", answer => answer.Body.Contains("resting", StringComparison.Ordinal));

        var source = (await new CambistClient(cambist.Http).RateSourcesAsync(TestContext.Current.CancellationToken)).Sources.Single(source => source.Id == "frankfurter");

        Assert.Equal(("resting", Now.AddMinutes(10)), (source.Status, source.NotBefore));
    }

    [Theory]
    [InlineData(MarketMode.Replay, "replay")]
    [InlineData(MarketMode.Simulated, "simulated")]
    public async Task A_market_that_is_not_live_has_no_sources_and_says_so(MarketMode mode, string word)
    {
        await using var cambist = await RunningCambist.StartAsync(mode, new FakeTimeProvider(Now));

        var told = (await cambist.Http.Get("/api/v1/rates/sources")).Json();

        WireShapes.Sources(told);
        Assert.Equal((word, 0, 0), (told.GetProperty("mode").GetString(), told.GetProperty("sources").GetArrayLength(), told.GetProperty("feeds").GetArrayLength()));
    }

    [Fact]
    public async Task What_was_refused_is_told_page_by_page_each_once_with_the_reason()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, new FakeTimeProvider(Now));
        // Five of one answer, all observed at once, between others.
        cambist.Service<TickStore>().Append([], [.. Enumerable.Range(0, 12).Select(turn => new RefusedRate(
            $"USD/{turn:000}", turn == 11 ? "fixer" : "kraken", null, Now.AddMinutes(turn is > 2 and < 8 ? -30 : turn - 60), -1m * turn, null, "rejected", "not_positive", $"It was {turn}."))]);
        var client = new CambistClient(cambist.Http);

        var all = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = (await cambist.Http.Get($"/api/v1/rates/refusals?limit=2{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).Json();
            Shape.AssertOf(page, ("items", Shape.ListOf(WireShapes.Refusal)), ("next_cursor", Shape.OrNull(Shape.Text)), ("since", Shape.Time));
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(12, all.Select(item => item.GetProperty("pair").GetString()).Distinct().Count());
        Assert.Equal(12, all.Count);
        var times = all.Select(item => item.GetProperty("observed_at").GetDateTimeOffset()).ToList();
        Assert.Equal(times.OrderDescending(), times);
        Assert.Equal("USD/011", Assert.Single((await client.RateRefusalsAsync(Now.AddDays(-1), "fixer", cancellationToken: TestContext.Current.CancellationToken)).Items).Pair);
        Assert.Empty((await client.RateRefusalsAsync(Now, cancellationToken: TestContext.Current.CancellationToken)).Items);
    }
}
