using Cambist.Client;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Rates;

namespace Cambist.App.Forecasting;

/// <summary>Tells a forecast as the wire has it.</summary>
public static class ForecastWire
{
    /// <summary>Horizons 1 to 24 with nine quantiles each.</summary>
    public static ForecastResponse Of(Forecast forecast, bool simulated) => new(
        forecast.Pair.ToString(),
        forecast.AsOf,
        RateDigits.Round((decimal)forecast.Spot),
        ModelOf(forecast),
        [.. Enumerable.Range(1, Forecast.LongestFittedHorizon).Select(hours => Horizon(hours, forecast.AfterHours(hours)))],
        simulated);

    /// <summary>The model behind a forecast. The mean of every model there is today is the current rate, so none has an edge to prove.</summary>
    public static ModelFacts ModelOf(Forecast forecast) => new(forecast.Model, "no proven edge", forecast.FittedUntil);

    private static ForecastHorizon Horizon(int hours, RateDistribution rate)
    {
        var q = RateDistribution.Levels.Select(rate.Quantile).ToArray();
        return new ForecastHorizon(hours, rate.Mean, rate.Std, new ForecastQuantiles(q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7], q[8]));
    }
}
