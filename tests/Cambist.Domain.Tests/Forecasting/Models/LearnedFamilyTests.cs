using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Models;
using Cambist.Domain.Tests.Features;
using Cambist.TestKit;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting.Models;

public sealed class LearnedFamilyContractTests : ForecastFamilyContract
{
    protected override IForecastFamily Family { get; } = LearnedFamilyTests.Family();
}

public sealed class LearnedFamilyTests
{
    private static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");
    private static readonly HourlySeries History = SimulatedHours.Clustered(41, 40);
    private static readonly HourlySeries Other = SimulatedHours.Clustered(42, 40, UsdJpy);

    // A Wednesday at noon, in the 39th week.
    private static readonly DateTimeOffset Wednesday = SimulatedHours.Start.AddDays(38 * 7).AddHours(62);

    /// <summary>A regression with a few coefficients that are not zero, so that features matter.</summary>
    internal static LearnedFamily Family() => new(
        "har-test",
        new HarModel([.. Enumerable.Range(0, ReturnTargets.Horizons).Select(horizon => HarTests.Coefficients(0, ("range_6", 0.2), ("market_24", 0.1), ("same_hours_1_days_ago", 0.05 + 0.001 * horizon)))]),
        SimulatedHours.Start);

    [Fact]
    public void Intervals_hold_what_they_promise_on_a_walk_whose_volatility_clusters()
    {
        var walk = SimulatedHours.Clustered(43, 190);
        var standpoints = Enumerable.Range(70 * FxWeek.Hours, 118 * FxWeek.Hours / 2).Select(i => 2 * (i - 35 * FxWeek.Hours)).Where(i => i < walk.Count - 24)
            .Select(i => (Place: i, At: new Standpoint(UnixHour.ToInstant(walk.CloseHours[i]), walk.Closes[i]))).ToList();
        var coverage = new[] { 1, 4, 24 }.ToDictionary(hours => hours, _ => new Coverage());

        foreach (var ((place, _), forecast) in standpoints.Zip(Family().Predict(MarketHistory.Of(walk), [.. standpoints.Select(standpoint => standpoint.At)])))
        {
            foreach (var (hours, counted) in coverage)
            {
                counted.Add(forecast!.At(UnixHour.ToInstant(walk.CloseHours[place + hours])), walk.Closes[place + hours]);
            }
        }

        // Some 7,000 outcomes at one hour: a standard error of 0.6 points at 50 %; those of a day overlap and are worth a twelfth of that.
        Assert.True(coverage[1].Count > 6_500);
        Assert.InRange(coverage[1].Of50, 0.48, 0.52);
        Assert.InRange(coverage[1].Of80, 0.785, 0.815);
        Assert.InRange(coverage[1].Of95, 0.942, 0.958);
        Assert.InRange(coverage[4].Of80, 0.77, 0.83);
        Assert.InRange(coverage[4].Of95, 0.935, 0.965);
        Assert.InRange(coverage[24].Of50, 0.44, 0.56);
        Assert.InRange(coverage[24].Of95, 0.92, 0.98);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.35)]
    [InlineData(60)] // A Friday evening.
    public void Nothing_later_is_read_of_the_pair_or_of_others_where_bars_are_missing(double hours)
    {
        var asOf = Wednesday.AddHours(hours);
        var at = History.Until(asOf).Count;

        // The last five hours before the instant and three after it have no bar, and one in eleven elsewhere.
        var own = History.Without(i => i % 11 == 3 || i >= at - 5 && i < at + 3);
        var other = Other.Without(i => i % 13 == 3 || i >= at - 2 && i < at + 9);
        var leak = LookAheadDetector.Find(Family(), new MarketHistory(own, pair => pair == UsdJpy ? other : pair == own.Pair ? own : null), asOf);

        Assert.True(leak is null, leak?.ToString());
    }

    [Fact]
    public void From_within_an_hour_the_rest_of_the_hour_counts()
    {
        var (noon, later) = (Predict(Wednesday), Predict(Wednesday.AddMinutes(20)));

        // Both stand on the hour that ended at noon, so that to 13:00 the later one has two thirds of the variance.
        Assert.Equal(2 / 3.0, Variance(later, Wednesday.AddHours(1)) / Variance(noon, Wednesday.AddHours(1)), tolerance: 1e-9);
        Assert.Equal((Wednesday.AddMinutes(20), "har-test", SimulatedHours.Start), (later.AsOf, later.Model, later.FittedUntil));
        Assert.Equal(0, Variance(later, later.AsOf));
    }

    [Fact]
    public void A_weekend_adds_nothing()
    {
        var friday = FxWeek.CloseOf(Wednesday).AddHours(-5);
        var forecast = Predict(friday);
        var close = FxWeek.CloseOf(Wednesday);

        Assert.Equal(Variance(forecast, close), Variance(forecast, FxWeek.NextOpen(close)));
        Assert.True(Variance(forecast, FxWeek.NextOpen(close).AddHours(2)) > Variance(forecast, close));
        var saturday = Predict(close.AddHours(20));
        Assert.Equal(0, Variance(saturday, close.AddHours(30)));
        Assert.True(Variance(saturday, FxWeek.NextOpen(close).AddHours(1)) > 0);
    }

    [Fact]
    public void Beyond_a_day_the_variance_goes_on_without_a_jump()
    {
        var forecast = Predict(Wednesday);
        double RealVariance(double hours) => forecast.AfterHours(hours) is var rate ? Math.Pow(rate.Volatility * rate.Shape.Std, 2) : 0;

        Assert.Equal(RealVariance(24), RealVariance(24 + 1e-6), tolerance: 1e-6 * RealVariance(24));
        for (var hours = 24.0; hours < 30; hours += 0.25)
        {
            Assert.True(RealVariance(hours + 0.25) > RealVariance(hours));
        }

        // From one week to the next the baseline's variance of a week is added, each time the same but for its announcements.
        double Week(int weeks) => RealVariance(168 * (weeks + 1)) - RealVariance(168 * weeks);
        Assert.Equal(Week(1), Week(3), tolerance: 0.1 * Week(1));
    }

    [Fact]
    public void The_model_widens_what_the_baseline_expects()
    {
        var plain = new LearnedFamily("plain", new HarModel([.. Enumerable.Range(0, 24).Select(_ => HarTests.Coefficients(0))]), Wednesday);
        var wide = new LearnedFamily("wide", new HarModel([.. Enumerable.Range(0, 24).Select(_ => HarTests.Coefficients(0.5))]), Wednesday);
        RateDistribution Hour(LearnedFamily family) => family.Predict(MarketHistory.Of(History), [new Standpoint(Wednesday, 1.1)]).Single()!.AfterHours(1);

        Assert.Equal(Math.Exp(0.5), Hour(wide).Volatility / Hour(plain).Volatility, tolerance: 1e-6);

        // Its own errors are smaller by as much, so that the quantiles come back to where they were but for the bins and the prior.
        Assert.Equal(1, Math.Log(Hour(wide).Quantile(0.9) / 1.1) / Math.Log(Hour(plain).Quantile(0.9) / 1.1), tolerance: 0.05);
    }

    [Fact]
    public void A_mean_is_in_the_forecast_where_it_was_proven_and_nowhere_else()
    {
        RateDistribution[] Hours(params int[] proven) =>
            [.. new[] { 3, 4, 5, 60 }.Select(hours => new LearnedFamily("rising", new Rising(), Wednesday, _ => proven).Predict(MarketHistory.Of(History), [new Standpoint(Wednesday, 1.1)]).Single()!.AfterHours(hours))];
        var (without, with, day) = (Hours(), Hours(4), Hours(24));

        Assert.All(without, rate => Assert.Equal((0, 1.1), (rate.Drift, rate.Mean)));
        Assert.Equal([0, 0.1 * with[1].Volatility, 0, 0], with.Select(rate => rate.Drift), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(1.1 * Math.Exp(with[1].Drift), with[1].Mean);
        Assert.True(with[1].Quantile(0.5) > 1.1 && with[1].ProbabilityAbove(1.1) > 0.5);
        Assert.True(day[3].Drift > 0); // What is expected by the end of the day stays.

        // Its errors are counted from where it expected the rate, so that they are others.
        Assert.NotEqual(without[1].Shape.Std, with[1].Shape.Std);
        Assert.Equal(without[0].Shape.Std, with[0].Shape.Std);
    }

    [Fact]
    public void Too_little_history_has_no_forecast()
    {
        Assert.Null(Family().Predict(MarketHistory.Of(History.Until(SimulatedHours.Start)), [new Standpoint(Wednesday, 1)]).Single());
        Assert.Null(Family().Predict(MarketHistory.Of(History), [new Standpoint(SimulatedHours.Start.AddDays(3), 1)]).Single());
        Assert.NotNull(Family().Predict(MarketHistory.Of(History), [new Standpoint(SimulatedHours.Start.AddDays(8), 1)]).Single());
        Assert.Empty(Family().Predict(MarketHistory.Of(History), []));
    }

    [Fact]
    public void After_years_without_a_bar_there_is_no_forecast()
    {
        var asOf = History.LastCloseTime.AddDays(7 * 105);

        Assert.Null(Family().Predict(MarketHistory.Of(History), [new Standpoint(asOf, 1)]).Single());
    }

    [Fact]
    public void Targets_are_returns_in_units_of_what_the_baseline_expected()
    {
        var track = SimulatedHours.Track(History.Without(i => i == 1000));
        var targets = ReturnTargets.Of(track, 990, track.Path.Rows);
        float At(int row, int hours) => targets[(row - 990) * 24 + hours - 1];

        var expected = (track.Path.LogCloses[995] - track.Path.LogCloses[991]) / Math.Sqrt(track.Variance(991, 4));
        Assert.Equal(expected, At(991, 4), tolerance: 1e-5);
        Assert.True(float.IsNaN(At(1000, 3)) && float.IsNaN(At(998, 2)) && float.IsFinite(At(998, 3)));
        Assert.True(float.IsNaN(At(track.Path.Rows - 3, 3)) && float.IsFinite(At(track.Path.Rows - 3, 2)));
    }

    // The baseline's volatility, and a tenth of it up.
    private sealed class Rising : IVolatilityModel
    {
        public int Lookback => 0;

        public void Predict(FeatureTable table, int from, int to, Span<float> logScale, Span<float> location)
        {
            logScale.Clear();
            location.Fill(0.1f);
        }
    }

    private static Forecast Predict(DateTimeOffset asOf) => Family().Predict(MarketHistory.Of(History), [new Standpoint(asOf, History.Until(asOf).Closes[^1])]).Single()!;

    private static double Variance(Forecast forecast, DateTimeOffset instant) => Math.Pow(forecast.At(instant).Volatility, 2);
}
