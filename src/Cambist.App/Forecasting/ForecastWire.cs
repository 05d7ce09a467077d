using Cambist.Client;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Rates;

namespace Cambist.App.Forecasting;

/// <summary>Tells a forecast as the wire has it.</summary>
public static class ForecastWire
{
    /// <summary>Horizons 1 to 24 with nine quantiles each.</summary>
    public static ForecastResponse Of(Forecast forecast, ForecastOrigin? origin, bool simulated) => new(
        forecast.Pair.ToString(),
        forecast.AsOf,
        RateDigits.Round((decimal)forecast.Spot),
        ModelOf(forecast, origin),
        [.. Enumerable.Range(1, Forecast.LongestFittedHorizon).Select(hours => Horizon(hours, forecast.AfterHours(hours)))],
        simulated);

    /// <summary>The model behind a forecast, and why it is this one.</summary>
    public static ModelFacts ModelOf(Forecast forecast, ForecastOrigin? origin) => new(
        forecast.Model,
        origin is { EdgeHours: { Count: > 0 } hours } ? $"proven edge at {string.Join(", ", hours)} h" : "no proven edge",
        forecast.FittedUntil,
        origin is { IsChampion: true } ? "champion" : "baseline",
        origin?.Why);

    private static ForecastHorizon Horizon(int hours, RateDistribution rate)
    {
        var q = RateDistribution.Levels.Select(rate.Quantile).ToArray();
        return new ForecastHorizon(hours, rate.Mean, rate.Std, new ForecastQuantiles(q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7], q[8]));
    }
}
