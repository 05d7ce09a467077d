using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Tests.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class LookAheadDetectorTests
{
    private static readonly HourlySeries History = Walks.Walk(seed: 21, weeks: 8);
    private static readonly DateTimeOffset AsOf = Walks.Sunday.AddDays(30);
    private static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");

    /// <summary>The hundred bars that a forecaster measures; each is a mistake but the first.</summary>
    public enum Reads
    {
        Known,
        OneBarMore,
        OneBarMoreInTheRange,
        HowManyFollow,
        TheLastOfAll,
    }

    [Fact]
    public void A_forecaster_that_reads_what_has_closed_passes() => Assert.Null(LookAheadDetector.Find(Forecaster(Reads.Known), History, AsOf));

    [Theory]
    [InlineData(Reads.OneBarMore)]
    [InlineData(Reads.OneBarMoreInTheRange)]
    [InlineData(Reads.HowManyFollow)]
    [InlineData(Reads.TheLastOfAll)]
    public void One_bar_of_the_future_is_caught(Reads reads)
    {
        var leak = LookAheadDetector.Find(Forecaster(reads), History, AsOf);

        Assert.NotNull(leak);
        Assert.Equal(AsOf, leak.AsOf);
        Assert.Contains("moved with", leak.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_forecast_that_comes_only_with_the_future_is_caught()
    {
        var leak = LookAheadDetector.Find((history, asOf) => history.After(asOf).Count > 0 ? Of(history, asOf, 0.001) : null, History, AsOf);

        Assert.Equal(("later bars removed", 0), (leak!.Change, leak.HorizonHours));
        Assert.Contains("went with later bars removed", leak.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_future_of_another_pair_is_caught()
    {
        var other = new HourlySeries(UsdJpy, Walks.OpenHours(Walks.Sunday, 8), Enumerable.Repeat(150.0, History.Count).ToArray());
        var both = new MarketHistory(History, pair => pair == UsdJpy ? other : null);

        Assert.Null(LookAheadDetector.Find(new Family((known, at) => Of(known.Own, at.AsOf, 1e-5 * known.Other(UsdJpy)!.Until(at.AsOf).Closes[^1])), both, AsOf));
        Assert.NotNull(LookAheadDetector.Find(new Family((known, at) => Of(known.Own, at.AsOf, 1e-5 * known.Other(UsdJpy)!.After(at.AsOf).Closes[..1].ToArray().Sum())), both, AsOf));
    }

    [Fact]
    public void A_batch_that_lets_one_instant_tell_another_is_caught()
    {
        var leak = LookAheadDetector.Find(new Careless(), MarketHistory.Of(History), AsOf);

        Assert.Equal("other instants asked for beside it", leak!.Change);
    }

    private static Func<HourlySeries, DateTimeOffset, Forecast?> Forecaster(Reads reads) => (history, asOf) =>
    {
        var (known, later) = (history.Until(asOf), history.After(asOf));
        var own = Math.Abs(Math.Log(known.Closes[^1] / known.Closes[^100]));
        return Of(history, asOf, reads switch
        {
            Reads.Known => own,
            Reads.OneBarMore => later.Count > 0 && Math.Abs(later.Closes[0]) > known.Closes[^1] ? own * 1.0001 : own,
            Reads.OneBarMoreInTheRange => later.Count > 0 ? own + (double.IsFinite(later.LogRanges[0]) ? later.LogRanges[0] : 0) : own,
            Reads.HowManyFollow => own + later.Count * 1e-6,
            _ => own + (history.Closes[^1] > 1 ? 1e-6 : 0) + history.CloseHours[^1] * 1e-12,
        });
    };

    private static Forecast Of(HourlySeries history, DateTimeOffset asOf, double volatility)
    {
        var spot = history.Until(asOf).Closes[^1];
        return new Forecast(history.Pair, asOf, spot, "planted", asOf, _ => new RateDistribution(spot, volatility, NormalShape.Standard));
    }

    private sealed class Family(Func<MarketHistory, Standpoint, Forecast?> forecaster) : IForecastFamily
    {
        public string Id => "planted";

        public int WeeksOfHistory => 1;

        public IEnumerable<Forecast?> Predict(MarketHistory history, IReadOnlyList<Standpoint> standpoints) => standpoints.Select(at => forecaster(history, at));
    }

    /// <summary>Measures once, at the last instant that it is asked for.</summary>
    private sealed class Careless : IForecastFamily
    {
        public string Id => "careless";

        public int WeeksOfHistory => 1;

        public IEnumerable<Forecast?> Predict(MarketHistory history, IReadOnlyList<Standpoint> standpoints)
        {
            var volatility = 1e-3 * history.Own.Until(standpoints[^1].AsOf).Closes[^1];
            return standpoints.Select(at => Of(history.Own, at.AsOf, volatility));
        }
    }
}
