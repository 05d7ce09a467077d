using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Xunit;

namespace Cambist.TestKit;

/// <summary>What every family of forecasts must keep to, whatever it has learned. A family's tests inherit it and name the family.</summary>
public abstract class ForecastFamilyContract
{
    private const double HourlyVolatility = 0.001;

    private static readonly CurrencyPair Pair = CurrencyPair.Parse("EUR/USD");

    /// <summary>A Sunday open in winter, and the one from which the standpoints count: the weeks between are the family's history.</summary>
    private static readonly DateTimeOffset Last = FxWeek.OpenOf(new DateTimeOffset(2020, 1, 8, 0, 0, 0, TimeSpan.Zero));

    private HourlySeries? _history;

    /// <summary>The family.</summary>
    protected abstract IForecastFamily Family { get; }

    // Two weeks more than it reads before the last, and one to come.
    private HourlySeries History => _history ??= Walk(Family.WeeksOfHistory + 3);

    [Fact]
    public void It_has_an_id_and_reads_a_span_that_it_names()
    {
        Assert.Matches("^[a-z0-9-]+$", Family.Id);
        Assert.True(Family.WeeksOfHistory > 0);
    }

    /// <summary>In the middle of a week, around its Sunday open, where a weekly fit would be the first to see too much, and on a Friday evening.</summary>
    [Theory]
    [InlineData(-0.5)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50.25)]
    [InlineData(118)]
    public void It_reads_nothing_that_closes_after_the_instant(double hoursAfterTheOpen)
    {
        var leak = LookAheadDetector.Find(Family, MarketHistory.Of(History), Last.AddHours(hoursAfterTheOpen));

        Assert.True(leak is null, leak?.ToString());
    }

    [Fact]
    public void It_reads_nothing_before_its_weeks_of_history()
    {
        var asOf = Last.AddHours(30);
        var start = FxWeek.OpenOf(asOf).AddDays(-7 * Family.WeeksOfHistory);

        Assert.True(History.Until(start).Count > 0);
        Assert.Equal(Bits(Predict(History, asOf)!), Bits(Predict(History.After(start), asOf)!));
    }

    [Fact]
    public void It_answers_at_every_standpoint_in_order()
    {
        var standpoints = Enumerable.Range(-4, 15).Select(step => Standing(History, Last.AddHours(7 * step))).ToList();

        var forecasts = Family.Predict(MarketHistory.Of(History), standpoints).ToList();

        Assert.Equal(standpoints, forecasts.Select(forecast => new Standpoint(forecast!.AsOf, forecast.Spot)));
        Assert.All(forecasts, forecast => Assert.Equal(Pair, forecast!.Pair));
        Assert.All(forecasts, forecast => Assert.True(forecast!.FittedUntil <= forecast.AsOf));
    }

    [Fact]
    public void Its_quantiles_rise_and_are_rates()
    {
        var forecast = Predict(History, Last.AddHours(30))!;

        Assert.All(Enumerable.Range(1, Forecast.LongestFittedHorizon), hours =>
        {
            var quantiles = RateDistribution.Levels.Select(forecast.AfterHours(hours).Quantile).ToList();
            Assert.Equal(quantiles.Order().Distinct(), quantiles);
            Assert.All(quantiles, quantile => Assert.True(double.IsFinite(quantile) && quantile > 0));
        });
    }

    [Fact]
    public void It_is_of_the_size_of_what_comes()
    {
        // A walk of a known volatility without any pattern: 80 % lie within 1.28 σ.
        var forecast = Predict(History, Last.AddHours(30))!;

        Assert.All(new[] { 1, 4, 12, 24 }, hours => Assert.InRange(
            Math.Log(forecast.AfterHours(hours).Quantile(0.9) / forecast.AfterHours(hours).Quantile(0.1)) / (2 * 1.2816 * HourlyVolatility * Math.Sqrt(hours)), 0.5, 2));
    }

    [Fact]
    public void A_rate_that_never_moved_and_a_history_of_a_day_have_no_forecast()
    {
        var flat = new HourlySeries(Pair, History.CloseHours.ToArray(), Enumerable.Repeat(1.1, History.Count).ToArray());

        Assert.Null(Predict(flat, Last.AddHours(30)));
        Assert.Null(Predict(History.After(Last.AddHours(6)), Last.AddHours(30)));
    }

    private Forecast? Predict(HourlySeries history, DateTimeOffset asOf) => Family.Predict(MarketHistory.Of(history), [Standing(history, asOf)]).Single();

    private static Standpoint Standing(HourlySeries history, DateTimeOffset asOf) => new(asOf, history.Until(asOf).Closes[^1]);

    private static long[] Bits(Forecast forecast) =>
    [
        .. from hours in Enumerable.Range(1, Forecast.LongestFittedHorizon)
           from level in RateDistribution.Levels
           select BitConverter.DoubleToInt64Bits(forecast.AfterHours(hours).Quantile(level)),
    ];

    // Normal steps on the hours of the market, by the sum of twelve even ones less six; ranges are those of such a walk, about 1.6 σ.
    private static HourlySeries Walk(int weeks)
    {
        var random = new Random(41);
        var open = FxWeek.OpenOf(Last.AddDays(-7 * (weeks - 1) + 3));
        var hours = Enumerable.Range(1, weeks * 168).Select(hour => UnixHour.Floor(open) + hour).Where(hour => FxWeek.IsOpen(UnixHour.ToInstant(hour - 1))).ToArray();
        var (closes, ranges, logClose) = (new double[hours.Length], new double[hours.Length], Math.Log(1.1));
        for (var i = 0; i < hours.Length; i++)
        {
            var step = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
            logClose += HourlyVolatility * step;
            (closes[i], ranges[i]) = (Math.Exp(logClose), HourlyVolatility * Math.Max(Math.Abs(step), 1 + random.NextDouble()));
        }

        return new HourlySeries(Pair, hours, closes, ranges);
    }
}
