using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class NoLookAheadTests
{
    private const int WeeksOfHistory = 16;
    private const int MinutesPerWeek = 7 * 24 * 60;

    private static readonly HourlySeries History = Walks.Walk(seed: 4, WeeksOfHistory);

    /// <summary>What may happen to the bars that close after the instant of a forecast.</summary>
    public enum Future
    {
        Scaled,
        Removed,
        Thinned,
        Filled,
        NotANumber,
        Infinite,
        Zero,
        Negative,
    }

    [Fact]
    public void No_bar_that_closes_after_the_forecast_moves_it_by_a_bit() =>
        Gen.Select(AsOfs, Gen.Enum<Future>(), Gen.Int[1, 1000]).Sample(
            (asOf, future, seed) => Walks.QuantileBits(Walks.Forecast(History, asOf)).SequenceEqual(Walks.QuantileBits(Walks.Forecast(Changed(asOf, future, seed), asOf))),
            iter: 100);

    [Fact]
    public void The_last_bar_before_the_forecast_does_move_it() =>
        Gen.Select(AsOfs, Gen.Double[1.001, 1.1]).Sample(
            (asOf, factor) =>
            {
                var last = UnixHour.Floor(History.Until(asOf).LastCloseTime);
                var changed = Walks.Of(History.Bars().Select(bar => bar.Hour == last ? (bar.Hour, bar.Close * factor) : bar));
                return !Walks.QuantileBits(Walks.Forecast(History, asOf)).SequenceEqual(Walks.QuantileBits(Walks.Forecast(changed, asOf)));
            },
            iter: 30);

    [Fact]
    public void All_instants_of_a_week_share_its_fit() =>
        AsOfs.Sample(
            asOf =>
            {
                var early = SeasonalEwma.Fit(History, FxWeek.OpenOf(asOf))!;
                var forecast = early.Follow(History, asOf).Predict(asOf, History.Until(asOf).Closes[^1]);
                return Walks.QuantileBits(forecast).SequenceEqual(Walks.QuantileBits(Walks.Forecast(History, asOf)));
            },
            iter: 30);

    [Fact]
    public void A_fit_serves_its_own_week_only()
    {
        var fit = SeasonalEwma.Fit(History, Walks.Sunday.AddDays(30))!;

        Assert.Throws<ArgumentException>(() => fit.Follow(History, fit.FittedUntil.AddDays(7)));
        Assert.Throws<ArgumentException>(() => fit.Follow(History, fit.FittedUntil.AddTicks(-1)));
    }

    [Fact]
    public void History_before_the_window_of_the_fit_changes_nothing()
    {
        var history = Walks.Walk(seed: 5, SeasonalEwma.FitWeeks + 6);
        var asOf = history.LastCloseTime.AddHours(-30);
        var start = SeasonalEwma.HistoryStart(asOf);
        var absurd = Walks.Of(history.Bars().Select(bar => UnixHour.ToInstant(bar.Hour) <= start ? (bar.Hour, bar.Close * 1000) : bar));

        Assert.NotEmpty(history.Until(start).Bars());
        Assert.Equal(Walks.QuantileBits(Walks.Forecast(history, asOf)), Walks.QuantileBits(Walks.Forecast(history.After(start), asOf)));
        Assert.Equal(Walks.QuantileBits(Walks.Forecast(history, asOf)), Walks.QuantileBits(Walks.Forecast(absurd, asOf)));
    }

    private static HourlySeries Changed(DateTimeOffset asOf, Future future, int seed)
    {
        var random = new Random(seed);
        var known = History.Until(asOf).Bars();
        var later = History.After(asOf).Bars();
        var next = UnixHour.Floor(asOf) + 1;
        return Walks.Of(known.Concat(future switch
        {
            Future.Scaled => later.Select(bar => (bar.Hour, bar.Close * Math.Exp(20 * Walks.Normal(random)))),
            Future.Removed => [],
            Future.Thinned => later.Where(_ => random.Next(2) == 0),
            Future.Filled => Enumerable.Range(0, 500).Select(hour => (next + hour, 1.1 * random.NextDouble())), // At weekends too.
            Future.NotANumber => later.Select(bar => (bar.Hour, double.NaN)),
            Future.Infinite => later.Select(bar => (bar.Hour, double.PositiveInfinity)),
            Future.Zero => later.Select(bar => (bar.Hour, 0.0)),
            _ => later.Select(bar => (bar.Hour, -bar.Close)),
        }));
    }

    // From the third week on, so that a fit is there: at any minute, and around a Sunday open, where a fit would be the first to see what it must not.
    private static Gen<DateTimeOffset> AsOfs => Gen.OneOf(
        Gen.Int[2 * MinutesPerWeek, (WeeksOfHistory - 1) * MinutesPerWeek],
        Gen.Select(Gen.Int[2, WeeksOfHistory - 1], Gen.Int[-60, 240]).Select((week, minutes) => week * MinutesPerWeek + minutes)).Select(minutes => Walks.Sunday.AddMinutes(minutes));
}
