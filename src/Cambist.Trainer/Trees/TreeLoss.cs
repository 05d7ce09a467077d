using Cambist.Domain.Forecasting;

namespace Cambist.Trainer.Trees;

/// <summary>The surprise of <see cref="StudentLoss"/> at single returns with fixed tails, and what a tree is grown against.</summary>
internal sealed class TreeLoss(double degreesOfFreedom)
{
    private readonly double _normaliser = StudentT.LogNormaliser(degreesOfFreedom);
    private readonly double _toScale = 0.5 * Math.Log((degreesOfFreedom - 2) / degreesOfFreedom);

    /// <summary>
    /// The expected second derivative, the same everywhere: 2ν / (ν + 3). The true one nears zero at large returns, where leaves would run away.
    /// </summary>
    public float Curvature { get; } = (float)(2 * degreesOfFreedom / (degreesOfFreedom + 3));

    /// <summary>−ln of the density of a return.</summary>
    public double Of(double value, double logScale)
    {
        var logS = logScale + _toScale;
        var square = value * value * Math.Exp(-2 * logS);
        return logS - _normaliser + 0.5 * (degreesOfFreedom + 1) * Math.Log(1 + square / degreesOfFreedom);
    }

    /// <summary>Its derivative by the logarithm of the scale: 1 − (ν + 1) d² / (ν + d²).</summary>
    public float Slope(double value, double logScale)
    {
        var square = value * value * Math.Exp(-2 * (logScale + _toScale));
        return (float)(1 - (degreesOfFreedom + 1) * square / (degreesOfFreedom + square));
    }
}
