using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer.Tests;

/// <summary>
/// Pairs whose volatility comes and goes and is told by the first feature, ln σ of the current hour, which fades by 2 % an hour; the other features tell nothing. The same seed, the same pairs.
/// </summary>
internal static class SimulatedPairs
{
    public const double Fading = 0.98;

    public static IReadOnlyList<string> Features { get; } = ["volatility", "noise", "gaps"];

    public static DateTimeOffset Start { get; } = new(2010, 1, 4, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The close of the row that is a number of market hours after the first, in the same week-clock as the trainer counts in.</summary>
    public static DateTimeOffset Hour(int row) => Start.AddDays(7 * (row / FxWeek.Hours)).AddHours(row % FxWeek.Hours is var rest && rest > 93 ? rest + 48 : rest);

    public static void Write(string path, int rows, int seed)
    {
        var random = new Random(seed);
        double[] level = new double[rows + 24], returns = new double[rows + 24];
        for (var i = 0; i < returns.Length; i++)
        {
            level[i] = (i > 0 ? Fading * level[i - 1] : 0) + 0.12 * Normal(random);
            returns[i] = Normal(random) * Math.Exp(i > 0 ? level[i - 1] : 0);
        }

        using var writer = new FeatureFileWriter(path, Features, rows);
        var first = (long)FxWeek.MarketHours(Start);
        var targets = new float[ReturnTargets.Horizons];
        for (var row = 0; row < rows; row++)
        {
            double sum = 0;
            for (var h = 1; h <= targets.Length; h++)
            {
                sum += returns[row + h];
                targets[h - 1] = row % 97 == 13 ? float.NaN : (float)(sum / Math.Sqrt(h));
            }

            writer.Write([first + row], [(float)(10 + 4 * level[row]), random.NextSingle(), row % 5 == 0 ? float.NaN : random.NextSingle()], targets);
        }
    }

    /// <summary>A draw from the standard normal distribution (Box and Muller 1958).</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
