namespace Cambist.Domain.Forecasting;

/// <summary>Returns of the standard normal distribution: what a volatility alone would mean if returns had no heavy tails.</summary>
public sealed class NormalShape : ReturnShape
{
    private NormalShape()
    {
    }

    /// <summary>The one shape there is.</summary>
    public static NormalShape Standard { get; } = new();

    /// <inheritdoc/>
    public override double Std => 1;

    /// <inheritdoc/>
    public override double Cdf(double value) => Normal.Cdf(value);

    /// <inheritdoc/>
    protected override double Compute(double probability) => Normal.Quantile(probability);
}
