namespace Cambist.App.Tests.Rates.Demo;

/// <summary>Moments of a sample, divided by its length.</summary>
internal static class SampleStatistics
{
    public static double Variance(this IReadOnlyList<double> sample)
    {
        var mean = sample.Average();
        return sample.Average(value => (value - mean) * (value - mean));
    }

    /// <summary>The fourth moment over the square of the second: 3 for a normal distribution.</summary>
    public static double Kurtosis(this IReadOnlyList<double> sample)
    {
        var mean = sample.Average();
        return sample.Average(value => Math.Pow(value - mean, 4)) / Math.Pow(sample.Variance(), 2);
    }

    public static double Autocorrelation(this IReadOnlyList<double> sample, int lag) =>
        Covariance([.. sample.Skip(lag)], [.. sample.SkipLast(lag)]) / sample.Variance();

    public static double Correlation(IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        Covariance(first, second) / Math.Sqrt(first.Variance() * second.Variance());

    public static double Median(this IEnumerable<double> sample)
    {
        var sorted = sample.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static double Covariance(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (meanOfFirst, meanOfSecond) = (first.Average(), second.Average());
        return first.Zip(second, (a, b) => (a - meanOfFirst) * (b - meanOfSecond)).Average();
    }
}
