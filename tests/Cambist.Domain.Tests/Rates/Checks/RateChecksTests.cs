using Cambist.Domain.Rates;
using Cambist.Domain.Rates.Checks;
using Xunit;

namespace Cambist.Domain.Tests.Rates.Checks;

/// <summary>What the checks find in a report, and by which name.</summary>
public sealed class RateChecksTests
{
    [Theory]
    [InlineData("0", "1.08", "not_positive")]
    [InlineData("-1.08", "1.08", "not_positive")]
    [InlineData("1.0846", "1.0845", "crossed")]
    [InlineData("0.5", "1.6", "no_market")]
    [InlineData("1.0844", "1.0846", null)]
    [InlineData("1.0845", "1.0845", null)]
    public void A_quote_is_above_zero_and_not_crossed(string bid, string ask, string? fault)
    {
        var market = new Market();

        Assert.Equal(fault, market.Says(Market.A, decimal.Parse(bid), decimal.Parse(ask)));
        Assert.Equal(fault is null, market.Rate is not null);
    }

    [Theory]
    [InlineData(3600, "future")]
    [InlineData(16, "future")]
    [InlineData(10, null)]
    [InlineData(0, null)]
    [InlineData(-299, null)]
    [InlineData(-301, "stale")]
    [InlineData(-3600, "stale")]
    public void A_rate_is_of_now_as_far_as_two_clocks_agree(double seconds, string? fault) =>
        Assert.Equal(fault, new Market().Says(Market.A, 1.0845m, Market.Noon.AddSeconds(seconds)));

    [Fact]
    public void A_time_that_no_calendar_knows_is_stale() =>
        Assert.Equal("stale", new Market().Says(Market.Bank, 1.0845m, DateTimeOffset.MinValue));

    [Fact]
    public void A_rate_dated_a_moment_ahead_is_of_now()
    {
        var market = new Market();
        market.Says(Market.A, 1.0845m, market.Now.AddSeconds(10));

        Assert.Equal(market.Now, market.Rate!.EffectiveAt);
    }

    [Fact]
    public void Fridays_close_is_not_stale_on_Sunday_morning()
    {
        var market = new Market { Now = new DateTimeOffset(2026, 3, 22, 9, 0, 0, TimeSpan.Zero) };

        Assert.Null(market.Says(Market.A, 1.0845m, new DateTimeOffset(2026, 3, 20, 20, 59, 0, TimeSpan.Zero)));
        Assert.Equal("stale", market.Says(Market.B, 1.0845m, new DateTimeOffset(2026, 3, 20, 20, 50, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void An_older_report_of_the_same_source_is_out_of_order_and_the_same_again_is_nothing_new()
    {
        var market = new Market();
        market.Says(Market.A, 1.0845m);

        Assert.Equal("unchanged", market.Says(Market.A, 1.0845m));
        Assert.Null(market.Says(Market.A, 1.0846m));
        Assert.Equal("out_of_order", market.Says(Market.A, 1.0844m, market.Now.AddSeconds(-1)));
        Assert.Equal(1.0846m, market.Mid);
    }

    [Theory]
    [InlineData(-4, null)]
    [InlineData(-6, "out_of_order")]
    public void A_stream_may_lag_a_polled_answer_of_the_same_service_by_the_difference_of_two_clocks(double seconds, string? fault)
    {
        var market = new Market();
        market.Says(Market.A, 1.0845m);

        Assert.Equal(fault, market.Later(0.5).Says(Market.A, 1.0846m, Market.Noon.AddSeconds(seconds)));
    }

    [Theory]
    [InlineData("USD/JPY", "150", "15000", "off_by_100")]
    [InlineData("USD/JPY", "150", "1.5", "off_by_100")]
    [InlineData("USD/JPY", "150", "1.489", "off_by_100")]
    [InlineData("USD/JPY", "150", "0.00667", "inverted")]
    [InlineData("USD/JPY", "150", "15", "off_by_10")]
    [InlineData("EUR/USD", "1.0845", "0.92208", "inverted")]
    [InlineData("EUR/USD", "1.0845", "0.0010845", "off_by_1000")]
    [InlineData("EUR/USD", "1.0845", "1.35", "jump")]
    [InlineData("EUR/USD", "1.0845", "1.0860", null)]
    [InlineData("USD/CHF", "0.999", "1.001", null)]
    public void A_wrong_unit_is_recognised_and_named(string pair, string trusted, string told, string? fault)
    {
        var market = new Market(pair);
        market.Says(Market.A, decimal.Parse(trusted));

        Assert.Equal(fault, market.Later(30).Says(Market.A, decimal.Parse(told)));
        Assert.Equal(decimal.Parse(fault is null ? told : trusted), market.Mid);
    }

    [Fact]
    public void No_second_source_makes_a_wrong_unit_true()
    {
        var market = new Market("USD/JPY");
        market.Says(Market.A, 150m);
        foreach (var liar in new[] { Market.B, Market.C, Market.D, Market.B, Market.C, Market.D })
        {
            Assert.Equal("off_by_100", market.Later(20).Says(liar, 15_000m));
        }

        Assert.Equal(150m, market.Mid);
    }

    [Fact]
    public void Yesterdays_price_told_as_new_is_held_back_once_the_market_has_left_it()
    {
        var market = new Market();
        foreach (var source in new[] { Market.A, Market.B, Market.C })
        {
            market.Says(source, 1.0845m);
        }

        market.Later(30);
        Assert.Equal("disagrees", market.Says(Market.D, 1.0760m));
        Assert.Equal(1.0845m, market.Mid);
    }

    [Fact]
    public void A_price_that_stands_still_to_the_last_digit_while_the_pair_moves_is_frozen()
    {
        var market = new Market();
        market.Start(1.0845m, market.Now, volatility: 0.001);
        string? fault = null;
        for (var minute = 0; minute < 70 && fault is null; minute++)
        {
            fault = market.Later(60).Says(Market.A, 1.0845m);
        }

        Assert.Equal("frozen", fault);
        Assert.Equal(Market.Noon.AddMinutes(62), market.Now);
    }

    [Fact]
    public void A_peg_may_stand_still()
    {
        var market = new Market("USD/AED");
        for (var minute = 0; minute < 300; minute++)
        {
            Assert.Null(market.Later(60).Says(Market.A, 3.6725m));
        }
    }

    [Fact]
    public void The_median_of_others_is_not_moved_by_one_liar_among_them()
    {
        var market = new Market();
        market.Together(market.Mids(Market.A, 1.0845m), market.Mids(Market.B, 1.0846m), market.Mids(Market.C, 1.0844m), market.Mids(Market.D, 1.30m));

        Assert.Equal(1.0845m, market.Mid);
        Assert.Equal("a,b,c", market.Rate!.Source);
        Assert.Null(market.Later(5).Says(Market.A, 1.0847m));
        Assert.Equal("disagrees", market.Says(Market.D, 1.0945m));
    }

    [Fact]
    public void Every_finding_says_what_was_expected_and_what_was_found()
    {
        var market = new Market();
        market.Says(Market.A, 1.0845m);

        var finding = Assert.Single(market.Later(30).Together(market.Mids(Market.A, 1.2m))).Finding!;

        Assert.Equal(Verdict.Quarantined, finding.Verdict);
        Assert.Matches(@"^The last trusted rate was 1\.0845, was 1\.2: a move of 1012(\.\d)? basis points, and at most \d+(\.\d)? were expected since 12:00:00 UTC\.$", finding.Detail);
    }
}
