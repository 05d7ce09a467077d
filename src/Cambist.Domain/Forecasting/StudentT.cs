namespace Cambist.Domain.Forecasting;

/// <summary>
/// Student's t distribution with location 0 and scale 1. Formulas: Abramowitz and Stegun 26.7 and 6.6; the incomplete beta function by its
/// continued fraction (26.5.8), evaluated with the modified Lentz method. Absolute error of <see cref="Cdf"/> below 1e-10 for 1 to 1000 degrees of freedom.
/// </summary>
public static class StudentT
{
    // Lanczos coefficients (g = 7, n = 9) for the logarithm of the gamma function, relative error below 1e-13.
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>P(T ≤ <paramref name="x"/>).</summary>
    public static double Cdf(double x, double degreesOfFreedom)
    {
        if (x == 0)
        {
            return 0.5;
        }

        return x > 0 ? 1 - UpperTail(x, degreesOfFreedom) : UpperTail(-x, degreesOfFreedom);
    }

    /// <summary>The logarithm of the density.</summary>
    public static double LogDensity(double x, double degreesOfFreedom) =>
        LogNormaliser(degreesOfFreedom) - 0.5 * (degreesOfFreedom + 1) * Math.Log(1 + x * x / degreesOfFreedom);

    /// <summary>The part of <see cref="LogDensity"/> that does not depend on x.</summary>
    public static double LogNormaliser(double degreesOfFreedom) =>
        LogGamma((degreesOfFreedom + 1) / 2) - LogGamma(degreesOfFreedom / 2) - 0.5 * Math.Log(degreesOfFreedom * Math.PI);

    /// <summary>The x with <see cref="Cdf"/> equal to the probability: by bisection, safeguarded Newton steps inside.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not inside (0, 1).</exception>
    public static double Quantile(double probability, double degreesOfFreedom)
    {
        if (probability is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies inside (0, 1).");
        }

        if (probability == 0.5)
        {
            return 0;
        }

        // By the smaller tail, for 1 − p has no digits left of a small p.
        return probability < 0.5 ? -UpperQuantile(probability, degreesOfFreedom) : UpperQuantile(1 - probability, degreesOfFreedom);
    }

    /// <summary>The x above zero with P(T &gt; x) equal to the tail, which is below one half.</summary>
    private static double UpperQuantile(double tail, double degreesOfFreedom)
    {
        double low = 0, high = 1;
        while (UpperTail(high, degreesOfFreedom) > tail)
        {
            (low, high) = (high, high * 2);
        }

        var x = (low + high) / 2;
        for (var step = 0; step < 100 && high - low > 1e-13 * high; step++)
        {
            var excess = tail - UpperTail(x, degreesOfFreedom);
            (low, high) = excess > 0 ? (low, x) : (x, high);
            var next = x - excess / Math.Exp(LogDensity(x, degreesOfFreedom));
            if (Math.Abs(next - x) < 1e-14 * high)
            {
                return x;
            }

            x = next > low && next < high ? next : (low + high) / 2;
        }

        return x;
    }

    // Half of the two-sided tail P(|T| > x) = I(ν / (ν + x²); ν/2, 1/2); near the middle its complement, for there ν / (ν + x²) has lost the digits of x.
    private static double UpperTail(double x, double degreesOfFreedom)
    {
        var square = x * x;
        return square < degreesOfFreedom
            ? 0.5 - 0.5 * IncompleteBeta(square / (degreesOfFreedom + square), 0.5, degreesOfFreedom / 2)
            : 0.5 * IncompleteBeta(degreesOfFreedom / (degreesOfFreedom + square), degreesOfFreedom / 2, 0.5);
    }

    private static double LogGamma(double x)
    {
        var sum = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++)
        {
            sum += Lanczos[i] / (x - 1 + i);
        }

        var t = x + 6.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }

    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x is <= 0 or >= 1)
        {
            return x <= 0 ? 0 : 1;
        }

        var logFront = LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x);
        // The fraction converges fast below the mean of the distribution; above it the symmetry I(x; a, b) = 1 − I(1 − x; b, a) helps.
        return x < (a + 1) / (a + b + 2)
            ? Math.Exp(logFront) * BetaFraction(x, a, b) / a
            : 1 - Math.Exp(logFront) * BetaFraction(1 - x, b, a) / b;
    }

    private static double BetaFraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        double c = 1, d = AwayFromZero(1 - (a + b) * x / (a + 1)), result = d = 1 / d;
        for (var m = 1; m <= 300; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / AwayFromZero(1 + even * d);
            c = AwayFromZero(1 + even / c);
            result *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / AwayFromZero(1 + odd * d);
            c = AwayFromZero(1 + odd / c);
            result *= d * c;
            if (Math.Abs(d * c - 1) < 1e-14)
            {
                break;
            }
        }

        return result;

        static double AwayFromZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }
}
