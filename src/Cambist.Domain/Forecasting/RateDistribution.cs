namespace Cambist.Domain.Forecasting;

/// <summary>
/// The distribution of a rate at one instant: spot × exp(scale × T) with T Student-t. Its mean is taken as the spot, for a driftless random walk is
/// the bar that no published model of the mean beats at these horizons (Meese and Rogoff 1983; Rossi 2013).
/// </summary>
/// <param name="Spot">The rate at the time of the forecast.</param>
/// <param name="Volatility">Predicted root mean square of the log return; 0 where the market is closed from the forecast to the horizon.</param>
/// <param name="Tail">The shape of returns in units of that volatility.</param>
public readonly record struct RateDistribution(double Spot, double Volatility, ReturnTail Tail)
{
    /// <summary>Probabilities of the quantiles that a forecast is published with.</summary>
    public static IReadOnlyList<double> Levels => ReturnTail.Levels;

    /// <summary>Expected rate: no change.</summary>
    public double Mean => Spot;

    /// <summary>Standard deviation of the rate, to first order in the log return.</summary>
    public double Std => Spot * Volatility * Tail.Std;

    /// <summary>The rate below which the outcome falls with this probability. Fast for the published <see cref="Levels"/>.</summary>
    public double Quantile(double probability) => Volatility == 0 ? Spot : Spot * Math.Exp(Volatility * Tail.Quantile(probability));

    /// <summary>P(rate &gt; <paramref name="rate"/>); where the market is closed and nothing can change, 1 or 0.</summary>
    public double ProbabilityAbove(double rate)
    {
        if (Volatility == 0)
        {
            return rate < Spot ? 1 : 0;
        }

        return Tail.Cdf(Math.Log(Spot / rate) / Volatility);
    }
}

/// <summary>Log returns in units of their predicted volatility: Student-t around zero.</summary>
public sealed class ReturnTail
{
    private readonly double[] _quantiles;

    /// <summary>A tail.</summary>
    /// <param name="scale">Scale of the distribution, about 1 where the volatility is well predicted.</param>
    /// <param name="degreesOfFreedom">Above 2, so that a variance exists.</param>
    public ReturnTail(double scale, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(degreesOfFreedom, 2);
        Scale = scale;
        DegreesOfFreedom = degreesOfFreedom;
        _quantiles = [.. Levels.Select(level => scale * StudentT.Quantile(level, degreesOfFreedom))];
    }

    /// <summary>Probabilities whose quantiles are kept ready: the published ones.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.025, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.975];

    /// <summary>Scale of the distribution.</summary>
    public double Scale { get; }

    /// <summary>Degrees of freedom.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>Standard deviation.</summary>
    public double Std => Scale * Math.Sqrt(DegreesOfFreedom / (DegreesOfFreedom - 2));

    /// <summary>P(return ≤ <paramref name="value"/>).</summary>
    public double Cdf(double value) => StudentT.Cdf(value / Scale, DegreesOfFreedom);

    /// <summary>The return below which the outcome falls with this probability.</summary>
    public double Quantile(double probability)
    {
        for (var i = 0; i < _quantiles.Length; i++)
        {
            if (Levels[i] == probability)
            {
                return _quantiles[i];
            }
        }

        return Scale * StudentT.Quantile(probability, DegreesOfFreedom);
    }
}
