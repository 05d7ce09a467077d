using Cambist.App.Rates.Demo;
using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.App.Tests.Rates.Demo;

public sealed class SimulatedRatesTests
{
    private static readonly DateTimeOffset MondayOpen = new(2026, 9, 20, 21, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("EUR/USD", "USD/JPY", "EUR/JPY")]
    [InlineData("GBP/USD", "USD/JPY", "GBP/JPY")]
    [InlineData("AUD/USD", "USD/JPY", "AUD/JPY")]
    [InlineData("EUR/USD", "USD/CHF", "EUR/CHF")]
    [InlineData("EUR/GBP", "GBP/USD", "EUR/USD")]
    [InlineData("EUR/CHF", "CHF/JPY", "EUR/JPY")]
    public void Two_rates_over_a_shared_currency_make_the_cross_rate(string first, string second, string cross)
    {
        AtEachMinuteOfADay(market =>
        {
            var (a, b, c) = (Mid(market, first), Mid(market, second), Mid(market, cross));

            // Each of the three is rounded to its tick, so by at most half of one.
            var rounding = HalfTick(a) / a + HalfTick(b) / b + HalfTick(c) / c;
            Assert.InRange(a * b / c - 1m, -1.001m * rounding, 1.001m * rounding);
        });
    }

    [Fact]
    public void The_ask_is_always_above_the_bid() =>
        AtEachMinuteOfADay(market => Assert.All(market.Pairs, pair => Assert.True(market.Rate(pair)!.Ask > market.Rate(pair)!.Bid)));

    [Fact]
    public void Spreads_are_those_of_a_retail_broker()
    {
        var spreads = new List<(string Pair, decimal Bps)>();
        AtEachMinuteOfADay(market => spreads.AddRange(market.Pairs.Select(pair => (pair.ToString(), market.Rate(pair)!.SpreadBps))));
        decimal Average(string pair) => spreads.Where(spread => spread.Pair == pair).Average(spread => spread.Bps);

        Assert.InRange(Average("EUR/USD"), 0.5m, 2.5m);
        Assert.InRange(Average("AUD/JPY"), 2m, 7m);
        Assert.InRange(Average("USD/TRY"), 8m, 40m);
    }

    private static void AtEachMinuteOfADay(Action<SimulatedMarket> check)
    {
        var market = new SimulatedMarket(seed: 11, MondayOpen);
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            market.Advance(MondayOpen.AddMinutes(minute));
            check(market);
        }
    }

    private static decimal Mid(SimulatedMarket market, string pair) => market.Rate(CurrencyPair.Parse(pair))!.Mid;

    private static decimal HalfTick(decimal rate) => new(5, 0, 0, isNegative: false, (byte)(rate > 50 ? 4 : 6));
}
