using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>Forecasts and outcomes as log returns from the spot, the unit in which pairs can be pooled: a hundredth is about one per cent of any rate.</summary>
public static class LogReturns
{
    /// <summary>The quantile of the log return.</summary>
    public static double ReturnQuantile(this RateDistribution forecast, double probability) =>
        forecast.Volatility == 0 ? 0 : forecast.Drift + forecast.Volatility * forecast.Shape.Quantile(probability);

    /// <summary>Fills the log returns of the published quantiles, in the order of <see cref="RateDistribution.Levels"/>.</summary>
    public static void PublishedReturns(this RateDistribution forecast, Span<double> returns)
    {
        for (var i = 0; i < returns.Length; i++)
        {
            returns[i] = forecast.ReturnQuantile(RateDistribution.Levels[i]);
        }
    }
}
