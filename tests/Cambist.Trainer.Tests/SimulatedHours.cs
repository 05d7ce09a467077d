using Cambist.Domain.Calendars;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer.Tests;

/// <summary>Hours with all features of the program, of which one tells the spread of the returns (ln σ, evenly from −1 to 1), and some are not known now and then. The same seed, the same hours.</summary>
internal static class SimulatedHours
{
    public const string Telling = "range_6";

    public static void Write(string path, int rows, int seed)
    {
        var random = new Random(seed);
        using var writer = new FeatureFileWriter(path, FeatureSet.Names, rows);
        var first = (long)FxWeek.MarketHours(SimulatedPairs.Start);
        float[] features = new float[FeatureSet.Names.Count], targets = new float[ReturnTargets.Horizons];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < features.Length; i++)
                features[i] = random.Next(20) == 0 ? float.NaN : random.NextSingle();
            var level = 2 * random.NextDouble() - 1;
            features[FeatureSet.Column(Telling)] = (float)level;
            (features[FeatureSet.Column("hour_variance")], features[FeatureSet.Column("log_level")]) = (1e-6f * (0.5f + random.NextSingle()), 0);
            for (var h = 0; h < targets.Length; h++)
                targets[h] = row % 97 == 13 ? float.NaN : (float)(Math.Exp(level) * SimulatedPairs.Normal(random));
            writer.Write([first + row], features, targets);
        }
    }
}
