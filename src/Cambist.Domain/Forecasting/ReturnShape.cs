namespace Cambist.Domain.Forecasting;

/// <summary>How log returns spread in units of their predicted volatility: symmetric around zero.</summary>
public abstract class ReturnShape
{
    private double[]? _published;

    /// <summary>Probabilities whose quantiles are kept ready: the published ones.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.025, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.975];

    /// <summary>Standard deviation.</summary>
    public abstract double Std { get; }

    /// <summary>P(return ≤ <paramref name="value"/>).</summary>
    public abstract double Cdf(double value);

    /// <summary>The return below which the outcome falls with this probability, which lies inside (0, 1). Fast for the published <see cref="Levels"/>.</summary>
    public double Quantile(double probability)
    {
        var published = _published ??= [.. Levels.Select(Compute)];
        for (var i = 0; i < published.Length; i++)
        {
            if (Levels[i] == probability)
            {
                return published[i];
            }
        }

        return Compute(probability);
    }

    /// <summary>The quantile of a probability inside (0, 1).</summary>
    protected abstract double Compute(double probability);
}
