namespace Cambist.Domain.Forecasting;

/// <summary>Returns of a Student-t distribution around zero.</summary>
public sealed class StudentShape : ReturnShape
{
    /// <summary>A shape.</summary>
    /// <param name="scale">Scale of the distribution, about 1 where the volatility is well predicted.</param>
    /// <param name="degreesOfFreedom">Above 2, so that a variance exists.</param>
    public StudentShape(double scale, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(degreesOfFreedom, 2);
        Scale = scale;
        DegreesOfFreedom = degreesOfFreedom;
    }

    /// <summary>Scale of the distribution.</summary>
    public double Scale { get; }

    /// <summary>Degrees of freedom.</summary>
    public double DegreesOfFreedom { get; }

    /// <inheritdoc/>
    public override double Std => Scale * Math.Sqrt(DegreesOfFreedom / (DegreesOfFreedom - 2));

    /// <inheritdoc/>
    public override double Cdf(double value) => StudentT.Cdf(value / Scale, DegreesOfFreedom);

    /// <inheritdoc/>
    protected override double Compute(double probability) => Scale * StudentT.Quantile(probability, DegreesOfFreedom);
}
