namespace Cambist.Domain.Forecasting.Baselines;

/// <summary>
/// Fits the scale and degrees of freedom of a Student-t to standardised returns by maximum likelihood. Returns are counted into bins of log |z| first,
/// so that a fit over two years of hours and 24 horizons costs milliseconds; the bins are 5 % wide, far finer than what the data can tell.
/// </summary>
internal sealed class TailFit : IReturnTally
{
    private const double LowestLog = -7, HighestLog = 4, BinWidth = 0.05;
    private const int Bins = (int)((HighestLog - LowestLog) / BinWidth);

    // The prior counts as this many returns of a Student-t with 5 degrees of freedom and unit variance: enough to keep a few weeks of history sane,
    // forgotten after a few months (two years of hours are 12,500 returns).
    private const double PriorReturns = 200, PriorDegreesOfFreedom = 5;
    private const int ScaleSteps = 12;

    private static readonly double[] Centres = [.. Enumerable.Range(0, Bins).Select(bin => Math.Exp(LowestLog + (bin + 0.5) * BinWidth))];
    private static readonly double[] Prior = PriorCounts();
    private static readonly double[] DegreesOfFreedom = [2.5, 2.75, 3, 3.25, 3.5, 3.75, 4, 4.5, 5, 5.5, 6, 7, 8, 10, 12, 16, 24, 50];

    private readonly double[] _counts = [.. Prior];

    /// <summary>Counts one return in units of its predicted volatility. A return of zero counts in the lowest bin.</summary>
    public void Add(double standardised)
    {
        var bin = (Math.Log(Math.Abs(standardised)) - LowestLog) / BinWidth;
        _counts[(int)Math.Clamp(bin, 0, Bins - 1)]++;
    }

    /// <summary>The most likely tail.</summary>
    public StudentShape Fit()
    {
        double bestLikelihood = double.NegativeInfinity, bestScale = 1, bestDegrees = PriorDegreesOfFreedom;
        foreach (var degrees in DegreesOfFreedom)
        {
            var scale = FitScale(degrees);
            var likelihood = LogLikelihood(scale, degrees);
            if (likelihood > bestLikelihood)
            {
                (bestLikelihood, bestScale, bestDegrees) = (likelihood, scale, degrees);
            }
        }

        return new StudentShape(bestScale, bestDegrees);
    }

    ReturnShape IReturnTally.Shape() => Fit();

    // Expectation-maximisation for the scale at fixed degrees of freedom (Lange, Little and Taylor 1989, "Robust statistical modeling using the t distribution").
    private double FitScale(double degrees)
    {
        var variance = 1.0;
        for (var step = 0; step < ScaleSteps; step++)
        {
            double weighted = 0, total = 0;
            for (var bin = 0; bin < Bins; bin++)
            {
                var square = Centres[bin] * Centres[bin];
                weighted += _counts[bin] * square * (degrees + 1) / (degrees + square / variance);
                total += _counts[bin];
            }

            variance = weighted / total;
        }

        return Math.Sqrt(variance);
    }

    private double LogLikelihood(double scale, double degrees)
    {
        double sum = 0, total = 0;
        for (var bin = 0; bin < Bins; bin++)
        {
            var z = Centres[bin] / scale;
            sum -= _counts[bin] * 0.5 * (degrees + 1) * Math.Log(1 + z * z / degrees);
            total += _counts[bin];
        }

        return sum + total * (StudentT.LogNormaliser(degrees) - Math.Log(scale));
    }

    private static double[] PriorCounts()
    {
        var scale = Math.Sqrt((PriorDegreesOfFreedom - 2) / PriorDegreesOfFreedom);
        return [.. Centres.Select(z => PriorReturns * 2 * z * BinWidth / scale * Math.Exp(StudentT.LogDensity(z / scale, PriorDegreesOfFreedom)))];
    }
}
