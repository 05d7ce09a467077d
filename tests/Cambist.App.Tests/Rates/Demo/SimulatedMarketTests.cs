using Cambist.App.Rates.Demo;
using Cambist.Domain.Currencies;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Rates.Demo;

public sealed class SimulatedMarketTests
{
    private static readonly DateTimeOffset WednesdayNoon = new(2026, 9, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FridayClose = new(2026, 9, 25, 21, 0, 0, TimeSpan.Zero);
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    [Fact]
    public void The_same_seed_is_the_same_market()
    {
        var (first, second) = (Market(seed: 7), Market(seed: 7));

        Assert.Equal(first.BarsUntil(WednesdayNoon.AddDays(14)), second.BarsUntil(WednesdayNoon.AddDays(14)));
        Assert.Equal(first.Pairs.Select(first.Rate), second.Pairs.Select(second.Rate));
    }

    [Fact]
    public void Another_seed_is_another_market()
    {
        var closes = Enumerable.Range(0, 20).Select(seed => Market(seed).BarsUntil(WednesdayNoon.AddDays(1)).Last(bar => bar.Pair == EurUsd).Bar.Close);

        Assert.True(closes.Distinct().Count() > 15);
    }

    [Fact]
    public void The_path_does_not_depend_on_when_it_is_asked_to_advance() =>
        Gen.Int[0, 40_000].Array[1, 20].Sample(
            pauses =>
            {
                var (inPauses, atOnce) = (Market(seed: 3), Market(seed: 3));
                var now = WednesdayNoon;
                var bars = new List<SimulatedBar>();
                foreach (var seconds in pauses)
                {
                    now = now.AddSeconds(seconds);
                    bars.AddRange(inPauses.Advance(now));
                }

                Assert.Equal(atOnce.Advance(now), bars);
                Assert.Equal(atOnce.QuotedAt, inPauses.QuotedAt);
                Assert.Equal(atOnce.Pairs.Select(atOnce.Rate), inPauses.Pairs.Select(inPauses.Rate));
            },
            iter: 30);

    [Fact]
    public void Live_rates_go_on_where_the_history_ends_and_make_the_next_bar()
    {
        var market = Market(seed: 5);
        var history = market.BarsUntil(WednesdayNoon.AddHours(6)).Last(bar => bar.Pair == EurUsd).Bar;
        var hour = WednesdayNoon.AddHours(6);
        var mids = new List<decimal>();
        for (var now = hour; now < hour.AddHours(1); now += market.Slot)
        {
            Assert.Empty(market.Advance(now));
            mids.Add(market.Rate(EurUsd)!.Mid);
        }

        var bar = market.Advance(hour.AddHours(1)).Single(bar => bar.Pair == EurUsd).Bar;

        Assert.Equal(history.CloseTime, bar.OpenTime);
        Assert.InRange(bar.Open, history.Close * 0.9995m, history.Close * 1.0005m);
        Assert.Equal((mids[0], mids.Max(), mids.Min(), mids[^1]), (bar.Open, bar.High, bar.Low, bar.Close));
    }

    [Fact]
    public void An_instant_that_is_past_changes_nothing()
    {
        var market = Market(seed: 1);
        market.Advance(WednesdayNoon.AddMinutes(90));
        var rate = market.Rate(EurUsd);

        Assert.Empty(market.Advance(WednesdayNoon.AddMinutes(-90)));
        Assert.Equal(rate, market.Rate(EurUsd));
    }

    [Fact]
    public void A_price_stands_for_a_slot()
    {
        var market = Market(seed: 1);
        market.Advance(WednesdayNoon.AddSeconds(29));

        Assert.Equal(WednesdayNoon.AddSeconds(15), market.QuotedAt);
    }

    [Fact]
    public void There_is_no_rate_before_the_start_and_none_of_a_pair_that_is_not_quoted()
    {
        var market = Market(seed: 1);
        Assert.Null(market.Rate(EurUsd));

        market.Advance(WednesdayNoon);
        Assert.NotNull(market.Rate(EurUsd));
        Assert.Null(market.Rate(EurUsd.Inverse));
    }

    [Fact]
    public void Over_the_weekend_the_last_rate_of_Friday_stands()
    {
        var market = Market(seed: 1);
        market.Advance(FridayClose);
        var friday = market.Rate(EurUsd);

        Assert.Empty(market.Advance(FridayClose.AddHours(48) - TimeSpan.FromTicks(1)));
        Assert.Equal(FridayClose - market.Slot, market.QuotedAt);
        Assert.Equal(friday, market.Rate(EurUsd));

        market.Advance(FridayClose.AddHours(48));
        Assert.Equal(FridayClose.AddHours(48), market.QuotedAt);
    }

    [Fact]
    public void A_start_in_the_weekend_waits_for_the_open()
    {
        var market = new SimulatedMarket(seed: 1, FridayClose.AddHours(5));

        market.Advance(FridayClose.AddHours(47));
        Assert.Null(market.QuotedAt);

        var first = market.Advance(FridayClose.AddHours(49))[0];
        Assert.Equal(FridayClose.AddHours(48), first.Bar.OpenTime);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-15)]
    [InlineData(7)]
    [InlineData(7200)]
    public void A_slot_divides_the_hour(int seconds) =>
        Assert.Throws<ArgumentException>(() => new SimulatedMarket(seed: 1, WednesdayNoon, TimeSpan.FromSeconds(seconds)));

    private static SimulatedMarket Market(int seed) => new(seed, WednesdayNoon);
}
