using Cambist.Domain.Calendars;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class SeasonalEwmaTests
{
    private static readonly HourlySeries History = Walks.Walk(seed: 6, weeks: 12);

    /// <summary>The Sunday open of the tenth week: its Friday close is 120 hours later.</summary>
    private static readonly DateTimeOffset Open = FxWeek.OpenOf(Walks.Sunday.AddDays(9 * 7 + 3));

    [Fact]
    public void One_full_week_of_bars_before_the_open_is_enough_and_one_bar_less_is_not()
    {
        var week = Walks.Walk(seed: 7, weeks: 1);
        var nextWeek = Walks.Sunday.AddDays(8);

        Assert.Equal(SeasonalEwma.LeastBars, week.Count);
        Assert.NotNull(SeasonalEwma.Fit(week, nextWeek));
        Assert.Null(SeasonalEwma.Fit(Walks.Of(week.Bars().Skip(1)), nextWeek));
        Assert.Null(SeasonalEwma.Fit(week, Walks.Sunday.AddDays(6))); // The week is not over: nothing before its open.
        Assert.Null(SeasonalEwma.Fit(Walks.Of([]), nextWeek));
        Assert.Null(SeasonalEwma.Fit(week, nextWeek.AddDays(7 * SeasonalEwma.FitWeeks + 7))); // Two years later.
    }

    [Fact]
    public void A_rate_that_never_moved_has_no_forecast() =>
        Assert.Null(SeasonalEwma.Fit(Walks.Of(History.Bars().Select(bar => (bar.Hour, 1.1))), Open));

    [Fact]
    public void A_forecast_says_what_it_is()
    {
        var asOf = Open.AddHours(30.5);
        var forecast = Walks.Forecast(History, asOf);

        Assert.Equal((Walks.EurUsd, asOf, SeasonalEwma.Id, Open), (forecast.Pair, forecast.AsOf, forecast.Model, forecast.FittedUntil));
        Assert.Equal(History.Until(asOf).Closes[^1], forecast.Spot);
        Assert.Equal(forecast.Spot, forecast.AfterHours(24).Mean);
    }

    [Fact]
    public void Quantiles_rise_and_the_median_is_the_spot()
    {
        var forecast = Walks.Forecast(History, Open.AddHours(30));

        Assert.All(Enumerable.Range(1, 24).Select(hours => forecast.AfterHours(hours)), rate =>
        {
            var quantiles = RateDistribution.Levels.Select(rate.Quantile).ToArray();
            Assert.Equal(quantiles.Order().Distinct(), quantiles);
            Assert.Equal(forecast.Spot, rate.Quantile(0.5));
        });
    }

    [Fact]
    public void Hours_without_a_bar_leave_a_usable_forecast()
    {
        // A quiet Christmas week of three days and a bar in twenty missing anywhere.
        var random = new Random(8);
        var thin = Walks.Of(History.Bars().Where(bar => random.Next(20) > 0 && (bar.Hour < UnixHour.Floor(Open) - 120 || bar.Hour > UnixHour.Floor(Open) - 48)));
        var asOf = Open.AddHours(40);

        var (whole, gapped) = (Walks.Forecast(History, asOf), Walks.Forecast(thin, asOf));

        Assert.InRange(gapped.AfterHours(24).Volatility / whole.AfterHours(24).Volatility, 0.8, 1.25);
        Assert.InRange(gapped.AfterHours(24).Quantile(0.975) / gapped.Spot - 1, 0.005, 0.02);
    }

    [Fact]
    public void A_return_over_missing_hours_counts_with_the_hours_that_it_spans()
    {
        // A week of which the last bar alone is there: half of the level is forgotten, and four fifths of the forecast are the level.
        double Variance(double move)
        {
            var before = History.Until(Open);
            var close = Open.AddHours(FxWeek.Hours);
            var history = Walks.Of(before.Bars().Append((UnixHour.Floor(close), before.Closes[^1] * Math.Exp(move))));
            return Math.Pow(Walks.Forecast(history, close).At(FxWeek.NextOpen(close).AddHours(FxWeek.Hours)).Volatility, 2);
        }

        Assert.Equal(0.8 * 0.5 * 0.01 * 0.01, Variance(0.01) - Variance(0), tolerance: 1e-12);
    }

    [Fact]
    public void Missing_hours_are_hours_without_a_move()
    {
        var before = History.Until(Open);
        var hours = Enumerable.Range(1, 60).Select(hour => (UnixHour.Floor(Open) + hour, before.Closes[^1])).ToArray();
        var (whole, gapped) = (Walks.Of(before.Bars().Concat(hours)), Walks.Of(before.Bars().Append(hours[^1])));

        Assert.Equal(Walks.Forecast(whole, Open.AddHours(60)).AfterHours(24).Volatility, Walks.Forecast(gapped, Open.AddHours(60)).AfterHours(24).Volatility, tolerance: 1e-12);
    }

    [Fact]
    public void A_closed_market_does_not_move()
    {
        var close = Open.AddHours(120);
        var onSaturday = Walks.Forecast(History, close.AddHours(10));

        Assert.All(Walks.Quantiles(onSaturday), quantile => Assert.Equal(onSaturday.Spot, quantile));
        var sunday = onSaturday.AfterHours(24);
        Assert.Equal((0, 0, 1), (sunday.Std, sunday.ProbabilityAbove(onSaturday.Spot), sunday.ProbabilityAbove(onSaturday.Spot * 0.999)));
        Assert.True(onSaturday.At(FxWeek.NextOpen(close).AddHours(1)).Volatility > 0);
    }

    [Fact]
    public void A_horizon_counts_open_hours_only()
    {
        var close = Open.AddHours(120);
        var onFriday = Walks.Forecast(History, close.AddHours(-5));

        double Variance(DateTimeOffset instant) => Math.Pow(onFriday.At(instant).Volatility, 2);
        Assert.Equal(Walks.Quantiles(onFriday).Skip(4 * 9).Take(9), Walks.Quantiles(onFriday).Skip(23 * 9)); // After 5 and after 24 hours.
        Assert.Equal(Variance(close), Variance(FxWeek.NextOpen(close)));
        Assert.True(Variance(FxWeek.NextOpen(close).AddHours(1)) > Variance(close));

        // The hours of Sunday's open after it are the same market hours that the week began with.
        var weekly = Walks.Forecast(History, Open).AfterHours(3).Volatility / Walks.Forecast(History, Open).AfterHours(120).Volatility;
        var later = Math.Sqrt((Variance(FxWeek.NextOpen(close).AddHours(3)) - Variance(close)) / (Variance(FxWeek.NextOpen(close).AddHours(120)) - Variance(close)));
        Assert.Equal(weekly, later, tolerance: 1e-9);
    }

    [Fact]
    public void Beyond_a_day_the_same_volatility_goes_on()
    {
        var forecast = Walks.Forecast(History, Open.AddHours(30));

        Assert.Equal(forecast.AfterHours(24).Shape, forecast.AfterHours(24 * 30).Shape);
        Assert.True(forecast.AfterHours(24 * 30).Volatility > forecast.AfterHours(24 * 3).Volatility);
        Assert.Equal(Math.Sqrt(5), forecast.AfterHours(24 * 35).Volatility / forecast.AfterHours(24 * 7).Volatility, tolerance: 1e-9); // Five weeks.
    }

    [Fact]
    public void Intervals_hold_what_they_promise_on_a_heavy_tailed_walk()
    {
        const int weeks = 90, first = 30;
        var walk = Walks.Walk(seed: 9, weeks, degreesOfFreedom: 4, hour => hour % 24 < 8 ? 0.4 : 1.3);
        var closeAt = walk.Bars().ToDictionary(bar => bar.Hour, bar => bar.Close);
        var (all, oneHour, oneDay) = (new Coverage(), new Coverage(), new Coverage());
        for (var week = first; week < weeks - 1; week++)
        {
            var open = FxWeek.OpenOf(Walks.Sunday.AddDays(7 * week + 3));
            var fit = SeasonalEwma.Fit(walk, open)!;
            for (var hour = 0; hour < FxWeek.Hours; hour += 3)
            {
                var asOf = open.AddHours(hour);
                var forecast = fit.Follow(walk, asOf).Predict(asOf, walk.Until(asOf).Closes[^1]);
                for (var ahead = 1; ahead <= 24; ahead++)
                {
                    if (closeAt.TryGetValue(UnixHour.Floor(asOf) + ahead, out var outcome))
                    {
                        var rate = forecast.AfterHours(ahead);
                        all.Add(rate, outcome);
                        (ahead == 1 ? oneHour : ahead == 24 ? oneDay : new Coverage()).Add(rate, outcome);
                    }
                }
            }
        }

        // Overlapping days are worth a few hundred outcomes, too few to hold the inner intervals to a percent.
        Assert.All(new[] { all, oneHour, oneDay }, coverage => Assert.InRange(coverage.Of95, 0.935, 0.965));
        Assert.True(oneHour.Count > 2_000);
        Assert.InRange(oneHour.Of80, 0.78, 0.82);
        Assert.InRange(oneHour.Of50, 0.48, 0.52);
    }
}
