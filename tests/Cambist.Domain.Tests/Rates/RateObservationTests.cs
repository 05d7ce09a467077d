using System.Globalization;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.Domain.Tests.Rates;

public sealed class RateObservationTests
{
    [Theory]
    [InlineData("2026-03-13T21:00Z", "2026-03-15T12:00Z", false)] // Friday's close on Sunday morning: there is no newer rate.
    [InlineData("2026-03-13T21:00Z", "2026-03-15T23:00Z", false)] // Sunday evening, two hours after the open.
    [InlineData("2026-03-13T21:00Z", "2026-03-15T23:00:00.0000001Z", true)]
    [InlineData("2026-03-13T21:00Z", "2026-03-16T08:00Z", true)] // Monday.
    [InlineData("2026-03-13T19:59Z", "2026-03-14T12:00Z", false)] // An hour and a minute before the close, on Saturday.
    [InlineData("2026-03-13T18:59Z", "2026-03-14T12:00Z", true)]
    [InlineData("2026-03-11T10:00Z", "2026-03-11T12:00Z", false)]
    [InlineData("2026-03-11T10:00Z", "2026-03-11T12:01Z", true)]
    [InlineData("2026-03-11T10:00Z", "2026-03-11T09:00Z", false)] // A source's clock ahead of ours.
    public void A_rate_ages_in_market_time(string effective, string now, bool stale) =>
        Assert.Equal(stale, Observation("EUR/USD", 1.1m, 1.1m, At(effective), freshFor: 2).IsStale(At(now)));

    [Fact]
    public void A_cross_is_as_old_as_its_older_leg_and_known_as_late_as_its_later_one()
    {
        var eurUsd = Observation("EUR/USD", 1.1m, 1.2m, At("2026-03-11T10:00Z"), freshFor: 2) with { Source = "a", ObservedAt = At("2026-03-11T10:30Z") };
        var usdJpy = Observation("USD/JPY", 150m, 151m, At("2026-03-11T11:00Z"), freshFor: 1) with { Source = "b", ObservedAt = At("2026-03-11T11:05Z") };

        var cross = eurUsd.Times(usdJpy);

        Assert.Equal(new TwoSidedRate(CurrencyPair.Parse("EUR/JPY"), 1.1m * 150m, 1.2m * 151m), cross.Rate);
        Assert.Equal(("a+b", At("2026-03-11T10:00Z"), At("2026-03-11T11:05Z"), TimeSpan.FromHours(1)), (cross.Source, cross.EffectiveAt, cross.ObservedAt, cross.FreshFor));
        Assert.Equal("a", eurUsd.Times(usdJpy with { Source = "a" }).Source);
        Assert.True(cross.SpreadKnown);
        Assert.False(eurUsd.Times(usdJpy with { SpreadKnown = false }).SpreadKnown);
    }

    [Fact]
    public void Turned_round_it_keeps_its_times_and_its_source()
    {
        var eurUsd = Observation("EUR/USD", 1.25m, 1.6m, At("2026-03-11T10:00Z"), freshFor: 2);

        Assert.Equal(eurUsd with { Rate = new TwoSidedRate(CurrencyPair.Parse("USD/EUR"), 0.625m, 0.8m) }, eurUsd.Inverse());
    }

    [Fact]
    public void A_cross_rate_is_found_with_its_times_and_sources()
    {
        var observed = new[]
        {
            Observation("EUR/USD", 1.1m, 1.1m, At("2026-03-11T10:00Z"), freshFor: 2) with { Source = "ecb" },
            Observation("JPY/USD", 0.00625m, 0.008m, At("2026-03-11T11:00Z"), freshFor: 2) with { Source = "kraken" },
        };

        var found = CrossRates.Find(
            CurrencyPair.Parse("EUR/JPY"), pair => observed.SingleOrDefault(observation => observation.Pair == pair), [Currency.Parse("USD")]);

        Assert.Equal((1.1m * 125m, 1.1m * 160m), (found!.Rate.Bid, found.Rate.Ask));
        Assert.Equal(("ecb+kraken", At("2026-03-11T10:00Z")), (found.Source, found.EffectiveAt));
    }

    private static RateObservation Observation(string pair, decimal bid, decimal ask, DateTimeOffset at, int freshFor) =>
        new(new TwoSidedRate(CurrencyPair.Parse(pair), bid, ask), SpreadKnown: true, "source", at, at, TimeSpan.FromHours(freshFor));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
