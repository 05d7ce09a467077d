using TorchSharp;
using static TorchSharp.torch;

namespace Cambist.Trainer;

/// <summary>
/// How surprising returns are under Student's t, scaled so that its variance is that of the forecast: −ln f(z) with s² = e^(2 logScale) (ν − 2) / ν,
/// f(z) = Γ((ν+1)/2) / (Γ(ν/2) √(νπ) s) · (1 + ((z − location)/s)² / ν)^(−(ν+1)/2).
/// </summary>
internal static class StudentLoss
{
    /// <summary>The surprise at each return, laid out like the returns [batch, rows, 24].</summary>
    public static Tensor Of(Tensor returns, Tensor? location, Tensor logScale, Tensor degreesOfFreedom)
    {
        var logS = logScale + 0.5 * log((degreesOfFreedom - 2) / degreesOfFreedom);
        var distance = (location is null ? returns : returns - location) * exp(-logS);
        var normalisation = lgamma(degreesOfFreedom / 2) - lgamma((degreesOfFreedom + 1) / 2) + 0.5 * log(degreesOfFreedom * Math.PI);
        return normalisation + logS + (degreesOfFreedom + 1) / 2 * log1p(distance * distance / degreesOfFreedom);
    }
}
