using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.App.Tests.Rates.Demo;

/// <summary>
/// What is known of real exchange rates, measured on the simulated ones: Cont, "Empirical properties of asset returns: stylized facts and
/// statistical issues" (2001); Dacorogna et al., "An Introduction to High-Frequency Finance" (2001).
/// </summary>
[Collection<MeasuredMarket>]
public sealed class StylisedFactsTests(TwoYearsOfMarket market)
{
    // Two standard errors of an autocorrelation of independent returns are 0.017 over 13,440 hours; clustered volatility widens them, and
    // this is the widest of 648.
    private const double NoAutocorrelation = 0.06;

    [Fact]
    public void Hourly_returns_have_heavy_tails_with_and_without_the_season()
    {
        var kurtoses = market.Pairs.Select(pair => (Raw: market.Returns(pair).Kurtosis(), WithoutSeason: market.ReturnsWithoutSeason(pair).Kurtosis())).ToArray();

        Assert.All(kurtoses, kurtosis => Assert.True(kurtosis is { Raw: > 6, WithoutSeason: > 4.5 }));

        // A single jump can lift one pair far above the others, as 15 January 2015 did the franc.
        Assert.InRange(kurtoses.Select(kurtosis => kurtosis.Raw).Median(), 8, 30);
        Assert.InRange(kurtoses.Select(kurtosis => kurtosis.WithoutSeason).Median(), 5, 12);
    }

    [Fact]
    public void The_size_of_a_return_is_remembered_for_a_day_and_more() =>
        Assert.All(market.Pairs, pair =>
        {
            var sizes = market.ReturnsWithoutSeason(pair).Select(Math.Abs).ToArray();
            Assert.All(Enumerable.Range(1, 24), lag => Assert.InRange(sizes.Autocorrelation(lag), 0.045, 0.35));
            Assert.True(sizes.Autocorrelation(120) < sizes.Autocorrelation(1));
        });

    [Fact]
    public void The_direction_of_a_return_is_not_remembered() =>
        Assert.All(market.Pairs, pair =>
        {
            var returns = market.ReturnsWithoutSeason(pair);
            Assert.All(Enumerable.Range(1, 24), lag => Assert.InRange(returns.Autocorrelation(lag), -NoAutocorrelation, NoAutocorrelation));
        });

    [Fact]
    public void The_whole_market_grows_restless_together()
    {
        double[] Weeks(string pair) =>
            [.. market.ReturnsWithoutSeason(CurrencyPair.Parse(pair)).Chunk(FxWeek.Hours).Select(week => Math.Log(week.Average(value => value * value)))];

        // Little news moves both: their returns are hardly correlated, their volatilities are.
        Assert.InRange(SampleStatistics.Correlation(Weeks("EUR/USD"), Weeks("USD/INR")), 0.3, 0.9);
    }

    [Fact]
    public void The_euro_is_busy_in_the_morning_of_New_York_and_quiet_at_its_close()
    {
        var ranges = market.Bars("EUR/USD").GroupBy(TwoYearsOfMarket.NewYorkHour).ToDictionary(hour => hour.Key, hour => hour.Average(TwoYearsOfMarket.RangeBps));

        Assert.True(ranges.Values.Max() / ranges.Values.Min() >= 2.5);
        Assert.InRange(ranges[8], 14, 34);
        Assert.InRange(ranges[10], 14, 34);
        Assert.InRange(ranges[16], 4, 10);
    }

    [Fact]
    public void The_yen_is_busier_in_the_morning_of_Tokyo_than_the_euro()
    {
        double Evening(string pair) => market.Bars(pair).Where(bar => TwoYearsOfMarket.NewYorkHour(bar) is 19 or 20 or 21).Average(TwoYearsOfMarket.RangeBps)
            / market.Bars(pair).Average(TwoYearsOfMarket.RangeBps);

        Assert.True(Evening("USD/JPY") > 1.15 * Evening("EUR/USD"));
    }

    [Theory]
    [InlineData("EUR/USD", 0.45)]
    [InlineData("USD/JPY", 0.54)]
    [InlineData("USD/ZAR", 0.9)]
    [InlineData("USD/INR", 0.23)]
    [InlineData("USD/HKD", 0.02)]
    [InlineData("EUR/GBP", 0.35)]
    public void A_day_moves_each_pair_by_its_own_measure(string pair, double percentADay)
    {
        var returns = market.Returns(CurrencyPair.Parse(pair)).Chunk(24).Select(day => day.Sum()).ToArray();

        // Two years may be calm or wild; their volatility strays by a quarter from the long run.
        Assert.InRange(100 * Math.Sqrt(returns.Variance()), 0.6 * percentADay, 1.6 * percentADay);
    }

    [Fact]
    public void The_spread_widens_in_the_hour_after_the_New_York_close() =>
        Assert.All(market.Pairs, pair =>
        {
            double MedianSpread(bool afterClose) => market.Bars(pair)
                .Where(bar => TwoYearsOfMarket.NewYorkHour(bar) == 17 == afterClose)
                .Select(bar => (double)(bar.Spread!.Value / bar.Close)).Median();

            Assert.InRange(MedianSpread(afterClose: true) / MedianSpread(afterClose: false), 1.6, 3.1);
        });

    [Fact]
    public void The_week_opens_with_a_small_gap()
    {
        var bars = market.Bars("EUR/USD");
        var steps = bars.Zip(bars.Skip(1), (bar, next) =>
            (Bps: Math.Abs((double)(next.Open / bar.Close) - 1) * 10_000, Gap: next.OpenTime != bar.CloseTime)).ToArray();
        var gap = steps.Where(step => step.Gap).Select(step => step.Bps).Median();

        Assert.InRange(gap, 3, 25);
        Assert.True(gap > 5 * steps.Where(step => !step.Gap).Select(step => step.Bps).Median());
    }

    [Fact]
    public void The_krone_keeps_to_the_euro() =>
        Assert.All(market.Bars("EUR/USD").Zip(market.Bars("USD/DKK")), bars =>
            Assert.InRange(bars.First.Close * bars.Second.Close, 7.39m, 7.53m));
}
