using Cambist.App.Rates.Demo;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.App.Tests.Rates.Demo;

[Collection<MeasuredMarket>]
public sealed class SimulatedBarsTests(TwoYearsOfMarket market)
{
    [Fact]
    public void Every_bar_is_sound_and_says_that_it_is_simulated() =>
        Assert.All(market.Pairs, pair => Assert.DoesNotContain(
            market.Bars(pair), bar => bar.Fault() is not null || bar.Spread is not > 0m || bar.Source != SimulatedMarket.Source));

    [Fact]
    public void Every_open_hour_has_a_bar_and_no_closed_hour_has_one()
    {
        var openHours = Enumerable.Range(0, TwoYearsOfMarket.Weeks * 7 * 24)
            .Select(hour => TwoYearsOfMarket.Start.AddHours(hour))
            .Where(FxWeek.IsOpen)
            .ToArray();

        Assert.Equal(TwoYearsOfMarket.Weeks * FxWeek.Hours, openHours.Length);
        Assert.All(market.Pairs, pair => Assert.Equal(openHours, market.Bars(pair).Select(bar => bar.OpenTime)));
    }

    [Theory]
    [InlineData("EUR/USD", 5)]
    [InlineData("USD/JPY", 3)]
    [InlineData("EUR/JPY", 3)]
    [InlineData("USD/ZAR", 5)]
    [InlineData("USD/KRW", 2)]
    public void Prices_are_in_tenths_of_a_pip(string pair, int decimals) =>
        Assert.All(market.Bars(pair).Take(FxWeek.Hours), bar => Assert.Equal(decimals, bar.Close.Scale));

    [Fact]
    public void About_twenty_currencies_are_quoted_against_the_dollar_in_the_markets_direction()
    {
        var againstDollar = market.Pairs.Where(pair => pair.Has(Currency.Parse("USD"))).ToArray();

        Assert.InRange(againstDollar.Length, 18, 25);
        Assert.Equal(["AUD", "EUR", "GBP", "NZD"], againstDollar.Where(pair => pair.Quote.Code == "USD").Select(pair => pair.Base.Code).Order());
    }
}
