using System.Text;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.Feeds;

/// <summary>Twelve Data's feed; frames of a documented shape with invented figures.</summary>
public sealed class TwelveDataFeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 27, 14, 31, 3, TimeSpan.Zero);
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly CurrencyPair GbpUsd = CurrencyPair.Parse("GBP/USD");

    private readonly FakeTimeProvider _clock = new(Now);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_price_with_bid_and_ask_has_both_sides_and_its_own_time()
    {
        var rate = Assert.Single(SheetOf("""{"event":"price","symbol":"EUR/USD","currency_base":"Euro","currency_quote":"US Dollar","type":"Physical Currency","timestamp":1774621862,"price":1.08451,"bid":1.08446,"ask":1.08453}""").Rates);

        Assert.Equal((1.08446m, 1.08453m, true), (rate.Bid, rate.Ask, rate.SpreadKnown));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1774621862), rate.EffectiveAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","bid":null,"ask":null""")]
    public void A_price_alone_is_a_mid(string sides)
    {
        var rate = Assert.Single(SheetOf($$"""{"event":"price","symbol":"EUR/USD","timestamp":1774621862,"price":1.08451{{sides}}}""").Rates);

        Assert.Equal((1.08451m, false), (rate.Mid, rate.SpreadKnown));
    }

    [Theory]
    [InlineData("null", 0)]
    [InlineData("[]", 0)]
    [InlineData("""[{"symbol":"GBP/USD","exchange":"PHYSICAL CURRENCY"}]""", 1)]
    [InlineData("""["GBP/USD","AUD/USD"]""", 2)]
    public void A_subscription_refuses_pairs_by_name_or_none(string fails, int refused) =>
        Assert.Equal(refused, Meaning($$"""{"event":"subscribe-status","status":"ok","success":[{"symbol":"EUR/USD"}],"fails":{{fails}}}""").OfType<FeedEvent.PairRefused>().Count());

    [Theory]
    [InlineData("""{"event":"heartbeat","status":"ok"}""")]
    [InlineData("""{"event":"something new"}""")]
    public void Other_events_are_signs_of_life(string frame) => Assert.IsType<FeedEvent.Heartbeat>(Assert.Single(Meaning(frame)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"event":"price"}""")]
    [InlineData("""{"event":"price","symbol":"EUR/USD","timestamp":"soon","price":1}""")]
    [InlineData("""{"event":"price","symbol":"EUR/USD","timestamp":99999999999999999,"price":1}""")]
    public void A_frame_of_another_shape_is_told_as_unreadable(string frame) => Assert.IsType<FeedEvent.Unreadable>(Assert.Single(Meaning(frame)));

    [Theory]
    [InlineData(401, SourceFault.KeyRefused)]
    [InlineData(403, SourceFault.NotInPlan)]
    [InlineData(429, SourceFault.Throttled)]
    [InlineData(500, SourceFault.Unavailable)]
    public void An_error_ends_the_connection_and_repeats_no_key(int code, SourceFault kind)
    {
        var fault = Assert.Throws<SourceFaultException>(() => Meaning($$"""{"code":{{code}},"message":"apikey k3y is wrong","status":"error"}"""));

        Assert.Equal(kind, fault.Kind);
        Assert.DoesNotContain("k3y", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_gives_the_key_in_the_address_subscribes_and_beats_every_ten_seconds()
    {
        await using var server = await StandInFeed.StartAsync();
        await using var events = Listen(server.Address);
        var next = events.MoveNextAsync();
        var connection = await server.NextAsync(Cancel);

        Assert.Equal("?apikey=k3y%26", connection.Query);
        Assert.Equal("""{"action":"subscribe","params":{"symbols":"EUR/USD,GBP/USD"}}""", await connection.ReadAsync(Cancel));
        await connection.SendAsync("""{"event":"heartbeat","status":"ok"}""", Cancel);
        Assert.True(await next);
        next = events.MoveNextAsync();
        for (var beat = 0; beat < 3; beat++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal("""{"action":"heartbeat"}""", await connection.ReadAsync(Cancel));
        }

        connection.Abort();
        var fault = await Assert.ThrowsAsync<SourceFaultException>(async () => await next);
        Assert.DoesNotContain("k3y", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_key_is_told_without_it()
    {
        await using var server = await StandInFeed.StartAsync();
        server.Refuses(401);
        await using var events = Listen(server.Address);

        var fault = await Assert.ThrowsAsync<SourceFaultException>(async () => await events.MoveNextAsync());

        Assert.Equal(SourceFault.KeyRefused, fault.Kind);
        Assert.DoesNotContain("k3y", fault.ToString(), StringComparison.Ordinal);
    }

    private IAsyncEnumerator<FeedEvent> Listen(Uri address) =>
        new TwelveDataFeed(new FeedOptions { BaseUrl = address, ApiKey = "k3y&" }, _clock).ConnectAsync([EurUsd, GbpUsd], Cancel).GetAsyncEnumerator(Cancel);

    private IReadOnlyList<FeedEvent> Meaning(string frame) => new TwelveDataFrames([EurUsd, GbpUsd], _clock).Read(Encoding.UTF8.GetBytes(frame));

    private RateSheet SheetOf(string frame) => Assert.IsType<FeedEvent.Rates>(Assert.Single(Meaning(frame))).Sheet;
}
