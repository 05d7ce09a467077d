using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class ForecastFamiliesTests
{
    private static readonly HourlySeries History = Walks.Walk(seed: 31, weeks: 20);

    [Fact]
    public void A_family_is_found_by_its_id()
    {
        var families = new ForecastFamilies(ForecastFamilies.BuiltIn);

        Assert.Equal(["baseline", "random-walk", "fhs"], families.Ids);
        Assert.Same(RandomWalk.Family, families.Find("random-walk"));
        Assert.Null(families.Find("oracle"));
    }

    [Fact]
    public void A_doubled_id_is_refused() =>
        Assert.Contains("'fhs' names 2", Assert.Throws<ArgumentException>(() => new ForecastFamilies([.. ForecastFamilies.BuiltIn, SeasonalEwmaFamily.FilteredHistory])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_baseline_is_the_one_that_serves()
    {
        var at = Standing(Walks.Sunday.AddDays(100).AddHours(7));
        var forecast = SeasonalEwmaFamily.Baseline.Predict(MarketHistory.Of(History), [at]).Single();

        Assert.Equal(Walks.QuantileBits(Walks.Forecast(History, at.AsOf)), Walks.QuantileBits(forecast!));
    }

    [Fact]
    public void Filtered_history_has_the_baselines_volatility_and_its_own_shape()
    {
        var at = Standing(Walks.Sunday.AddDays(100).AddHours(7));
        var (student, empirical) = (SeasonalEwmaFamily.Baseline.Predict(MarketHistory.Of(History), [at]).Single()!, SeasonalEwmaFamily.FilteredHistory.Predict(MarketHistory.Of(History), [at]).Single()!);

        Assert.Equal(student.AfterHours(4).Volatility, empirical.AfterHours(4).Volatility);
        Assert.IsType<EmpiricalShape>(empirical.AfterHours(4).Shape);
        Assert.InRange(empirical.AfterHours(4).Quantile(0.9) / empirical.Spot - 1, 0.8 * (student.AfterHours(4).Quantile(0.9) / student.Spot - 1), 1.2 * (student.AfterHours(4).Quantile(0.9) / student.Spot - 1));
    }

    [Fact]
    public void A_random_walk_spreads_with_the_root_of_market_hours()
    {
        // Each hour moves by 0.1 % up or down: a variance of 1e-6 an hour, so 0.2 % in four hours; the 97.5 % quantile of a normal is 1.959964.
        var sawtooth = Walks.Of(History.Bars().Select((bar, i) => (bar.Hour, i % 2 == 0 ? 1.1 : 1.1 * Math.Exp(0.001))));
        var asOf = Walks.Sunday.AddDays(91).AddHours(14);
        var forecast = RandomWalk.Family.Predict(MarketHistory.Of(sawtooth), [new Standpoint(asOf, 1.1)]).Single()!;

        Assert.Equal(0.002, forecast.AfterHours(4).Volatility, tolerance: 1e-12);
        Assert.Equal(1.1 * Math.Exp(0.002 * 1.959963984540054), forecast.AfterHours(4).Quantile(0.975), tolerance: 1e-12);

        // Over the weekend only the hours that are open count: 120 a week.
        Assert.Equal(0.001 * Math.Sqrt(FxWeek.Hours), forecast.AfterHours(168).Volatility, tolerance: 1e-12);
    }

    [Fact]
    public void A_return_over_missing_hours_counts_with_the_hours_that_it_spans()
    {
        // A rate that rises by 0.1 % an hour, and the same with every fourth bar only.
        var rising = Walks.Of(History.Bars().Select((bar, i) => (bar.Hour, Math.Exp(0.001 * i))));
        var thin = Walks.Of(rising.Bars().Where((_, i) => i % 4 == 0));

        Assert.Equal(1e-6, RandomWalk.Variance(rising)!.Value, tolerance: 1e-15);
        Assert.Equal(16e-6 / 4, RandomWalk.Variance(thin)!.Value, tolerance: 1e-15); // (0.4 %)² every four hours.
    }

    [Fact]
    public void Only_the_last_sixty_days_move_the_random_walk()
    {
        var asOf = Walks.Sunday.AddDays(130).AddHours(14);
        var louder = Walks.Of(History.Bars().Select(bar => UnixHour.ToInstant(bar.Hour) <= asOf.AddDays(-RandomWalk.Days) ? (bar.Hour, 1 / bar.Close) : bar));
        long[] Bits(HourlySeries series) => Walks.QuantileBits(RandomWalk.Family.Predict(MarketHistory.Of(series), [Standing(asOf)]).Single()!);

        Assert.Equal(Bits(History), Bits(louder));
        Assert.True(FxWeek.OpenOf(asOf).AddDays(-7 * RandomWalk.Family.WeeksOfHistory) <= asOf.AddDays(-RandomWalk.Days));
    }

    private static Standpoint Standing(DateTimeOffset asOf) => new(asOf, History.Until(asOf).Closes[^1]);
}
