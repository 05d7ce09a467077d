using System.Diagnostics;
using Cambist.App.Rates;
using Cambist.App.Rates.Feeds;
using Cambist.App.Tests.Faces;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Cambist.App.Tests.Rates.Feeds;

/// <summary>The live service over a stand-in of Kraken's feed.</summary>
public sealed class LiveFeedTests
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Streamed_rates_are_answered_and_survive_a_lost_connection()
    {
        await using var server = await StandInFeed.StartAsync();
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, feed: server.Address);
        var connection = await server.NextAsync(Cancel);
        await connection.ReadAsync(Cancel);
        await connection.SendAsync(KrakenTold.Online, Cancel);
        await connection.SendAsync(KrakenTold.Ticker(time: ""), Cancel);
        await cambist.Http.Until("/api/v1/rates/latest?pairs=EUR/USD", answer => answer.Body.Contains("\"1.08446\"", StringComparison.Ordinal));

        connection.Abort();
        var again = await server.NextAsync(Cancel);
        Assert.Contains("\"AUD/JPY\"", await again.ReadAsync(Cancel), StringComparison.Ordinal);
        await again.SendAsync(KrakenTold.Ticker("1.08501", "1.08502", time: ""), Cancel);

        await cambist.Http.Until("/api/v1/rates/latest?pairs=EUR/USD", answer => answer.Body.Contains("\"1.08501\"", StringComparison.Ordinal));
        Assert.Equal(EurUsd, Assert.Single(cambist.Service<FeedGaps>().Recent).Pairs[0]);
        Assert.Equal((true, 1), (Assert.Single(cambist.Service<FeedHealth>().States).IsConnected, cambist.Service<FeedHealth>().States[0].Reconnects));
    }

    [Fact]
    public async Task It_stops_promptly_while_a_feed_streams()
    {
        await using var server = await StandInFeed.StartAsync();
        var cambist = await RunningCambist.StartAsync(MarketMode.Live, feed: server.Address);
        var connection = await server.NextAsync(Cancel);
        var started = Stopwatch.GetTimestamp();

        await cambist.DisposeAsync();

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(15));
        await connection.Ended.WaitAsync(Cancel);
    }

    [Theory]
    [InlineData(MarketMode.Simulated)]
    [InlineData(MarketMode.Replay)]
    public async Task No_feed_is_listened_to_where_the_market_is_not_live(MarketMode mode)
    {
        await using var server = await StandInFeed.StartAsync();
        await using (var cambist = await RunningCambist.StartAsync(mode, feed: server.Address))
        {
            Assert.DoesNotContain(cambist.Service<IEnumerable<IHostedService>>(), service => service is FeedRunner);
        }

        Assert.Equal(0, server.Attempts);
    }

    [Fact]
    public async Task A_question_on_the_command_line_listens_to_no_feed()
    {
        await using var server = await StandInFeed.StartAsync();
        using var folder = new TemporaryFolder();

        await CommandLine.RunAsync(
            new Dictionary<string, string> { ["Rates__Feeds__kraken__BaseUrl"] = server.Address.AbsoluteUri }, "--data", folder.Path, "rates", "latest", "EUR/USD");

        Assert.Equal(0, server.Attempts);
    }

    [Theory]
    [InlineData(null, null, new[] { "kraken" })]
    [InlineData("Rates:Feeds:twelvedata:ApiKey", "k3y", new[] { "kraken", "twelvedata" })]
    [InlineData("Rates:Feeds:kraken:Enabled", "false", new string[0])]
    public void A_feed_is_on_where_it_needs_no_key_or_has_one(string? key, string? value, string[] on)
    {
        using var services = Configured(key, value);

        Assert.Equal(on, services.GetServices<IRateFeed>().Select(feed => feed.Profile.Id));
    }

    [Theory]
    [InlineData("Rates:Feeds:kraken:BaseUrl", "https://ws.kraken.com", "a websocket address as in wss://ws.kraken.com/v2, was 'https://ws.kraken.com/'")]
    [InlineData("Rates:Feeds:kraken:BaseUrl", "ws.kraken.com", "was 'ws.kraken.com'")]
    [InlineData("Rates:Feeds:twelvedata:Enabled", "true", "Rates:Feeds:twelvedata:ApiKey is needed")]
    public void A_wrong_setting_is_told_by_its_key(string key, string value, string told)
    {
        using var services = Configured(key, value);

        Assert.Contains(told, Assert.Throws<OptionsValidationException>(() => services.GetServices<IRateFeed>().ToList()).Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Configured(string? key, string? value)
    {
        var settings = new Dictionary<string, string?>();
        if (key is not null)
        {
            settings[key] = value;
        }

        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddLiveMarket(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }
}
