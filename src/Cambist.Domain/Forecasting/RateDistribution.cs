namespace Cambist.Domain.Forecasting;

/// <summary>
/// The distribution of a rate at one instant: spot × exp(drift + volatility × Z), with Z of a <see cref="ReturnShape"/> around zero. A model whose mean has no
/// proven edge has no drift, for a driftless random walk is the bar that no published model of the mean beats at these horizons (Meese and Rogoff 1983; Rossi 2013).
/// </summary>
/// <param name="Spot">The rate at the time of the forecast.</param>
/// <param name="Volatility">Predicted scale of the log return; 0 where the market is closed from the forecast to the horizon.</param>
/// <param name="Shape">The shape of returns in units of that volatility.</param>
/// <param name="Drift">Expected log return; 0 for no change.</param>
public readonly record struct RateDistribution(double Spot, double Volatility, ReturnShape Shape, double Drift = 0)
{
    /// <summary>Probabilities of the quantiles that a forecast is published with.</summary>
    public static IReadOnlyList<double> Levels => ReturnShape.Levels;

    /// <summary>Expected rate, to first order in the log return.</summary>
    public double Mean => Drift == 0 ? Spot : Spot * Math.Exp(Drift);

    /// <summary>Standard deviation of the rate, to first order in the log return.</summary>
    public double Std => Spot * Volatility * Shape.Std;

    /// <summary>The rate below which the outcome falls with this probability. Fast for the published <see cref="Levels"/>.</summary>
    public double Quantile(double probability) => Volatility == 0 ? Spot : Spot * Math.Exp(Drift + Volatility * Shape.Quantile(probability));

    /// <summary>P(rate &gt; <paramref name="rate"/>); where the market is closed and nothing can change, 1 or 0.</summary>
    public double ProbabilityAbove(double rate)
    {
        if (Volatility == 0)
        {
            return rate < Spot ? 1 : 0;
        }

        return Shape.Cdf((Math.Log(Spot / rate) + Drift) / Volatility);
    }
}
