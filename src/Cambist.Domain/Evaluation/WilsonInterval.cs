using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>Where the true share of a yes lies, given how many were counted (Wilson 1927, "Probable inference, the law of succession, and statistical inference").</summary>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
public readonly record struct WilsonInterval(double Low, double High)
{
    /// <summary>The interval that holds a share in 95 of 100 cases; from 0 to 1 where nothing was counted. It takes the counted for independent, which overlapping horizons are not.</summary>
    /// <param name="hits">How many said yes.</param>
    /// <param name="count">Of how many.</param>
    public static WilsonInterval Of(int hits, int count)
    {
        if (count == 0)
        {
            return new WilsonInterval(0, 1);
        }

        var z = Normal.Quantile(0.975);
        var (share, pull) = ((double)hits / count, z * z / count);
        var middle = (share + pull / 2) / (1 + pull);
        var half = z / (1 + pull) * Math.Sqrt(share * (1 - share) / count + pull / (4 * count));
        return new WilsonInterval(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
