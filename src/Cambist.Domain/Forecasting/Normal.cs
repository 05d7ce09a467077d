namespace Cambist.Domain.Forecasting;

/// <summary>
/// The standard normal distribution. The series of Abramowitz and Stegun 26.2.11 near the middle, their continued fraction 26.2.14 in the tails: relative error of a
/// tail below 1e-13.
/// </summary>
public static class Normal
{
    // The series has lost the tail's digits beyond this point; the fraction needs few terms from there on.
    private const double TailsFrom = 2.5;
    private const int FractionTerms = 120;

    /// <summary>The density.</summary>
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>P(X ≤ <paramref name="x"/>).</summary>
    public static double Cdf(double x) => x < 0 ? UpperTail(-x) : 1 - UpperTail(x);

    /// <summary>The x with <see cref="Cdf"/> equal to the probability.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not inside (0, 1).</exception>
    public static double Quantile(double probability)
    {
        if (probability is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies inside (0, 1).");
        }

        return probability < 0.5 ? -UpperQuantile(probability) : UpperQuantile(1 - probability);
    }

    // The tail is convex above zero, so Newton's steps from there rise to the solution and never pass it.
    private static double UpperQuantile(double tail)
    {
        var x = 0.0;
        for (var step = 0; step < 200; step++)
        {
            var next = x + (UpperTail(x) - tail) / Density(x);
            if (next <= x + 1e-15 * x)
            {
                break;
            }

            x = next;
        }

        return x;
    }

    private static double UpperTail(double x)
    {
        if (x < TailsFrom)
        {
            double term = x, sum = x;
            for (var odd = 3; term > 1e-17; odd += 2)
            {
                term *= x * x / odd;
                sum += term;
            }

            return 0.5 - Density(x) * sum;
        }

        var fraction = x;
        for (var term = FractionTerms; term > 0; term--)
        {
            fraction = x + term / fraction;
        }

        return Density(x) / fraction;
    }
}
