using System.Text.Json;
using Cambist.App.Forecasting.Models;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Models;

/// <summary>On the eight trees in <c>TinyTrees</c>, which cambist-trainer grew on two years of EUR/USD.</summary>
public sealed class TreesModelTests
{
    private const int Horizons = 24;

    private static readonly string Folder = RepositoryRoot.Combine("tests", "Cambist.App.Tests", "Forecasting", "Models", "TinyTrees");

    private static readonly ModelManifest Manifest =
        JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(Folder, "model.json")), ModelJson.Default.ModelManifest)!;

    [Fact]
    public void A_wild_market_widens_the_outlook()
    {
        using var model = TreesModel.Load(Folder, Manifest);

        var (calm, wild) = (Outlook(model, Table(130, level: -1.5f), 129, 130), Outlook(model, Table(130, level: 1.5f), 129, 130));

        Assert.True(wild.Average() > calm.Average() + 0.1, $"{wild.Average()} and {calm.Average()}");
    }

    [Fact]
    public void An_hour_within_a_stretch_has_the_very_outlook_that_it_has_alone()
    {
        using var model = TreesModel.Load(Folder, Manifest);
        var table = Table(700, level: 0);
        var stretch = Outlook(model, table, 0, 700);

        // 128 rows are asked for at once; the same hours of a week ago are read.
        foreach (var row in (int[])[0, 5, 119, 127, 128, 400, 699])
            Assert.Equal(Outlook(model, table, row, row + 1), stretch[(row * Horizons)..((row + 1) * Horizons)]);
        Assert.True(stretch.Distinct().Count() > 20);
    }

    [Fact]
    public void What_is_not_known_still_has_an_outlook()
    {
        using var model = TreesModel.Load(Folder, Manifest);
        var values = new float[FeatureSet.Names.Count];
        Array.Fill(values, float.NaN);

        Assert.All(Outlook(model, new FeatureTable(FeatureSet.Names, values), 0, 1), value => Assert.InRange(value, -2, 2));
    }

    [Fact]
    public void Other_features_and_other_models_are_refused()
    {
        var network = RepositoryRoot.Combine("tests", "Cambist.App.Tests", "Forecasting", "Models", "TinyNetwork");
        var ofNetwork = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(network, "model.json")), ModelJson.Default.ModelManifest)!;

        Assert.Throws<FeatureMismatchException>(() => TreesModel.Load(Folder, Manifest with { Features = [.. Manifest.Features.Reverse()] }));
        Assert.Throws<ForeignModelException>(() => TreesModel.Load(network, ofNetwork with { Features = Manifest.Features }));
        Assert.Throws<CorruptModelException>(() => TreesModel.Load(network, Manifest));
    }

    private static float[] Outlook(TreesModel model, FeatureTable table, int from, int to)
    {
        float[] logScale = new float[(to - from) * Horizons], location = new float[logScale.Length];
        Array.Fill(location, 1);
        model.Predict(table, from, to, logScale, location);
        Assert.All(location, value => Assert.Equal(0, value));
        return logScale;
    }

    // Every volatility of the pair and of the market is as far from what was expected.
    private static FeatureTable Table(int rows, float level)
    {
        var random = new Random(1);
        var values = new float[rows * FeatureSet.Names.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var name = FeatureSet.Names[i % FeatureSet.Names.Count];
            values[i] = name switch
            {
                "hour_variance" => 1e-6f * MathF.Exp(2 * level) * (0.5f + random.NextSingle()),
                "log_level" => 0,
                _ when name.StartsWith("range_", StringComparison.Ordinal) || name.StartsWith("market_", StringComparison.Ordinal) || name.StartsWith("move_", StringComparison.Ordinal)
                    || name.StartsWith("realised_", StringComparison.Ordinal) => level + 0.4f * (random.NextSingle() - 0.5f),
                _ => random.NextSingle(),
            };
        }

        return new FeatureTable(FeatureSet.Names, values);
    }
}
