using System.Globalization;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Rates;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Rates.Feeds;

/// <summary>What the frames of Kraken's websocket mean, each by itself.</summary>
public sealed class KrakenFramesTests
{
    [Theory]
    [InlineData("snapshot")]
    [InlineData("update")]
    public void A_ticker_is_a_rate_with_both_sides_and_its_own_time(string type)
    {
        var rate = Assert.Single(RatesOf(KrakenTold.Ticker(type: type)));

        Assert.Equal((1.08446m, 1.08453m, true), (rate.Bid, rate.Ask, rate.SpreadKnown));
        Assert.Equal(KrakenTold.EurUsd, rate.Pair);
        // .NET keeps seven of the nine digits.
        Assert.Equal(new DateTimeOffset(2026, 3, 27, 14, 31, 2, TimeSpan.Zero).AddTicks(1_234_567), rate.EffectiveAt);
        Assert.Equal(KrakenTold.Now, rate.ObservedAt);
        Assert.Same(KrakenSource.About, rate.Source);
    }

    [Fact]
    public void A_ticker_without_a_time_is_of_the_instant_of_its_receipt() =>
        Assert.Equal(KrakenTold.Now, Assert.Single(RatesOf(KrakenTold.Ticker(time: ""))).EffectiveAt);

    [Theory]
    [InlineData(""","timestamp":"2026-03-27T14:31:02Z" """, 2_000)]
    [InlineData(""","timestamp":"2026-03-27T14:31:02.5Z" """, 2_500)]
    [InlineData(""","timestamp":"2026-03-27T15:31:02.250+01:00" """, 2_250)]
    public void A_time_has_any_number_of_fractional_digits_and_any_offset(string time, int milliseconds) =>
        Assert.Equal(KrakenTold.Now.AddSeconds(-3).AddMilliseconds(milliseconds), Assert.Single(RatesOf(KrakenTold.Ticker(time: time))).EffectiveAt);

    [Theory]
    [InlineData(""","timestamp":"yesterday" """)]
    [InlineData(""","timestamp":"2026-03-27T14:31:02" """)]
    [InlineData(""","timestamp":"" """)]
    [InlineData(""","timestamp":1774621862""")]
    [InlineData(""","timestamp":null""")]
    public void A_rate_whose_time_cannot_be_read_is_none(string time)
    {
        var sheet = SheetOf(KrakenTold.Ticker(time: time));

        Assert.Empty(sheet.Rates);
        Assert.Equal(KrakenTold.EurUsd, Assert.Single(sheet.Unreadable).Pair);
    }

    [Theory]
    [InlineData("1.1", "1.3")]
    [InlineData("0.1", "0.3")]
    [InlineData("1.08450000000001", "1.08450000000002")]
    [InlineData("1.57E-05", "1.58E-05")]
    public void Prices_are_read_by_their_digits(string bid, string ask)
    {
        var rate = Assert.Single(RatesOf(KrakenTold.Ticker(bid, ask)));

        Assert.Equal(decimal.Parse(bid, NumberStyles.Float, CultureInfo.InvariantCulture), rate.Bid);
        Assert.Equal(decimal.Parse(ask, NumberStyles.Float, CultureInfo.InvariantCulture), rate.Ask);
    }

    [Theory]
    [InlineData("null", "1.08453")]
    [InlineData("1e400", "1.08453")]
    [InlineData("\"\"", "1.08453")]
    [InlineData("[]", "{}")]
    public void A_price_that_is_no_number_is_kept_as_unreadable(string bid, string ask) =>
        Assert.Equal((0, 1), (RatesOf(KrakenTold.Ticker(bid, ask)).Count, SheetOf(KrakenTold.Ticker(bid, ask)).Unreadable.Count));

    [Theory]
    [InlineData("1.08453", "1.08446")]
    [InlineData("-1", "0")]
    public void Implausible_prices_are_passed_on_as_told(string bid, string ask) => Assert.Single(RatesOf(KrakenTold.Ticker(bid, ask)));

    [Theory]
    [InlineData("BTC/USD")]
    [InlineData("EURUSD")]
    [InlineData("")]
    public void A_symbol_that_nobody_asked_for_is_passed_over(string symbol) => Assert.Empty(RatesOf(KrakenTold.Ticker(symbol: symbol)));

    [Theory]
    [InlineData(KrakenTold.Heartbeat)]
    [InlineData(KrakenTold.Subscribed)]
    [InlineData("""{"method":"pong","req_id":7,"time_in":"2026-03-27T14:31:00.742599Z","time_out":"2026-03-27T14:31:00.742648Z"}""")]
    [InlineData("""{"channel":"ohlc","type":"update","data":[{"symbol":"EUR/USD"}]}""")]
    [InlineData("""{"channel":"something new","data":7}""")]
    [InlineData("""{"method":"something new"}""")]
    [InlineData("{}")]
    public void A_frame_that_tells_no_rate_is_a_sign_of_life(string frame) => Assert.IsType<FeedEvent.Heartbeat>(KrakenTold.Meaning(frame));

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("""{"channel":"ticker","type":"update","data":[{"symbol":"EUR/USD","bid":1.0""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("""{"channel":7}""")]
    [InlineData("""{"channel":"ticker"}""")]
    [InlineData("""{"channel":"ticker","data":{}}""")]
    [InlineData("""{"channel":"ticker","data":[7]}""")]
    [InlineData("""{"channel":"ticker","data":[{}]}""")]
    [InlineData("""{"channel":"ticker","data":[{"symbol":7}]}""")]
    [InlineData("""{"channel":"status","data":[{}]}""")]
    public void A_frame_of_another_shape_is_told_as_unreadable(string frame) => Assert.IsType<FeedEvent.Unreadable>(KrakenTold.Meaning(frame));

    [Fact]
    public void Whatever_comes_is_an_event_or_a_fault_of_the_source() => Gen.String[Gen.Char["{}[]\":,.0123456789aechdnlortk/EURUSD\u0001"], 0, 60].Sample(frame =>
    {
        try
        {
            Assert.NotNull(KrakenTold.Meaning(frame));
        }
        catch (SourceFaultException)
        {
            // Kraken's own errors are faults.
        }
    });

    [Fact]
    public void The_status_of_a_service_that_trades_is_read_though_its_connection_id_fits_no_integer() =>
        Assert.IsType<FeedEvent.Trading>(KrakenTold.Meaning(KrakenTold.Online));

    [Theory]
    [InlineData("maintenance")]
    [InlineData("cancel_only")]
    [InlineData("post_only")]
    public void A_service_that_does_not_trade_says_so(string system) =>
        Assert.Equal(new FeedEvent.Maintenance(system), KrakenTold.Meaning(KrakenTold.Status(system)));

    [Fact]
    public void Maintenance_to_come_is_announced() =>
        Assert.Contains("2026-03-28", Assert.IsType<FeedEvent.Maintenance>(KrakenTold.Meaning(KrakenTold.Status("online", """{"begins":"2026-03-28T09:00:00Z"}"""))).Detail, StringComparison.Ordinal);

    [Fact]
    public void A_pair_that_is_not_streamed_is_told_with_the_reason() =>
        Assert.Equal(new FeedEvent.PairRefused("AUD/JPY", "Currency pair not supported AUD/JPY"), KrakenTold.Meaning(KrakenTold.Refused));

    [Theory]
    [InlineData(KrakenTold.Flooded, SourceFault.Throttled)]
    [InlineData(KrakenTold.Malformed, SourceFault.Refused)]
    public void An_error_about_the_connection_ends_it(string frame, SourceFault kind) =>
        Assert.Equal(kind, Assert.Throws<SourceFaultException>(() => KrakenTold.Meaning(frame)).Kind);

    private static RateSheet SheetOf(string frame) => Assert.IsType<FeedEvent.Rates>(KrakenTold.Meaning(frame)).Sheet;

    private static IReadOnlyList<ReportedRate> RatesOf(string frame) => SheetOf(frame).Rates;
}
