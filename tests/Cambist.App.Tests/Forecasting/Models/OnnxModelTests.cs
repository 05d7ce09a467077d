using System.Security.Cryptography;
using System.Text.Json;
using Cambist.App.Forecasting.Models;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Models;

/// <summary>On the network in <c>TinyNetwork</c> (2 × 8, attention, location), which cambist-trainer fitted to simulated pairs whose first feature tells their volatility.</summary>
public sealed class OnnxModelTests : IDisposable
{
    private const int Horizons = 24;

    private static readonly string Folder = RepositoryRoot.Combine("tests", "Cambist.App.Tests", "Forecasting", "Models", "TinyNetwork");

    private static readonly ModelManifest Manifest =
        JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(Folder, "model.json")), ModelJson.Default.ModelManifest)!;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_feature_that_tells_of_volatility_widens_the_outlook()
    {
        using var model = Load();
        var (calm, wild) = (Table(300, volatility: -1), Table(300, volatility: 1));

        var (quiet, loud) = (Outlook(model, calm, 299, 300), Outlook(model, wild, 299, 300));

        Assert.Equal(167, model.Lookback);
        Assert.True(loud.LogScale[0] > quiet.LogScale[0] + 0.2, $"{loud.LogScale[0]} and {quiet.LogScale[0]}");
        // It fades: further ahead the two are nearer to each other.
        Assert.True(loud.LogScale[23] - quiet.LogScale[23] < loud.LogScale[0] - quiet.LogScale[0]);
    }

    [Fact]
    public void An_hour_within_a_stretch_has_the_outlook_that_it_has_alone()
    {
        using var model = Load();
        var table = Table(1400, volatility: 0);
        var stretch = Outlook(model, table, 0, 1400);

        // In a stretch the network remembers hours before its window too; what is left of them after a week is small.
        foreach (var row in (int[])[0, 5, 166, 167, 300, 511, 512, 1000, 1399])
        {
            var alone = Outlook(model, table, row, row + 1);
            for (var h = 0; h < Horizons; h++)
            {
                Assert.Equal(alone.LogScale[h], stretch.LogScale[row * Horizons + h], 0.01f);
                Assert.Equal(alone.Location[h], stretch.Location[row * Horizons + h], 0.01f);
            }
        }
    }

    [Fact]
    public void Many_pairs_at_once_have_the_outlooks_that_they_have_alone()
    {
        using var model = Load();
        var tables = Enumerable.Range(1, 5).Select(seed => Table(100 * seed, volatility: 0.3 * seed, seed)).ToList();

        var together = tables.AsParallel().AsOrdered().Select(table => Outlook(model, table, table.Rows - 1, table.Rows)).ToList();

        for (var i = 0; i < tables.Count; i++)
        {
            var alone = Outlook(model, tables[i], tables[i].Rows - 1, tables[i].Rows);
            Assert.Equal(alone.LogScale, together[i].LogScale);
            Assert.Equal(alone.Location, together[i].Location);
        }
    }

    [Fact]
    public void A_long_stretch_is_the_same_on_two_threads_as_part_by_part()
    {
        using var model = Load();
        var table = Table(1300, volatility: 0.4, seed: 3);

        var whole = Outlook(model, table, 200, 1300);
        var parts = new[] { (200, 712), (712, 1224), (1224, 1300) }.Select(part => Outlook(model, table, part.Item1, part.Item2)).ToList();

        Assert.Equal(parts.SelectMany(part => part.LogScale), whole.LogScale);
        Assert.Equal(parts.SelectMany(part => part.Location), whole.Location);
    }

    [Fact]
    public void Hours_before_the_first_are_missing_hours()
    {
        using var model = Load();
        var known = Table(30, volatility: 0.5);
        float[] padded = [.. Enumerable.Repeat(float.NaN, 167 * 3), .. known.Values(0, 30)];

        Assert.Equal(Outlook(model, new FeatureTable(known.Names, padded), 167, 197).LogScale, Outlook(model, known, 0, 30).LogScale);
    }

    [Fact]
    public void Later_hours_change_nothing()
    {
        using var model = Load();
        var table = Table(700, volatility: 0);
        float[] changed = [.. table.Values(0, 650), .. Enumerable.Repeat(1e6f, 150)];

        Assert.Equal(Outlook(model, table, 0, 700).LogScale[..(650 * Horizons)], Outlook(model, new FeatureTable(table.Names, changed), 0, 700).LogScale[..(650 * Horizons)]);
    }

    [Fact]
    public void Missing_and_endless_features_give_numbers_still()
    {
        using var model = Load();
        var values = Table(200, volatility: 0).Values(0, 200).ToArray();
        (values[^1], values[^2], values[^3]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);

        var (logScale, location) = Outlook(model, new FeatureTable(Manifest.Features, values), 199, 200);

        Assert.All(logScale.Concat(location), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Features_are_found_by_name_wherever_they_stand()
    {
        using var model = OnnxModel.Load(Folder, Manifest, ["gaps", "more", "volatility", "noise"]);
        var table = Table(200, volatility: 0.5);
        var values = new List<float>();
        for (var row = 0; row < 200; row++)
        {
            var known = table.Values(row, row + 1);
            values.AddRange([known[2], 99, known[0], known[1]]);
        }

        Assert.Equal(
            Outlook(model, table, 199, 200).LogScale,
            Outlook(model, new FeatureTable(["gaps", "more", "volatility", "noise"], [.. values]), 199, 200).LogScale);
    }

    [Fact]
    public void A_feature_that_is_not_made_here_is_named()
    {
        var error = Assert.Throws<FeatureMismatchException>(() => OnnxModel.Load(Folder, Manifest, ["volatility", "noise"]));

        Assert.Contains("gaps", error.Message, StringComparison.Ordinal);
        using var model = Load();
        Assert.Throws<FeatureMismatchException>(() => model.Predict(new FeatureTable(["volatility"], new float[200]), 199, 200, new float[24], new float[24]));
    }

    [Fact]
    public void A_file_that_changed_since_training_is_corrupt()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, OnnxModel.File));
        bytes[5000] ^= 1;

        Assert.Throws<CorruptModelException>(() => Loaded(bytes, Manifest).Dispose());
    }

    [Fact]
    public void A_file_that_is_no_model_is_corrupt_and_a_missing_one_too()
    {
        var bytes = "not a network"u8.ToArray();

        Assert.Throws<CorruptModelException>(() => Loaded(bytes, Naming(bytes)).Dispose());
        Assert.Throws<CorruptModelException>(() => OnnxModel.Load(_folder.File("nowhere"), Manifest, Manifest.Features).Dispose());
    }

    [Fact]
    public void A_model_of_another_make_is_foreign()
    {
        // The same network with an input of another name, of the same length so that the file stays whole.
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Folder, OnnxModel.File)));
        var bytes = System.Text.Encoding.Latin1.GetBytes(text.Replace("features", "pictures", StringComparison.Ordinal));

        Assert.Contains("pictures", Assert.Throws<ForeignModelException>(() => Loaded(bytes, Naming(bytes)).Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_another_width_than_its_manifest_says_is_a_mismatch() =>
        Assert.Throws<FeatureMismatchException>(() => OnnxModel.Load(Folder, Manifest with { Features = ["volatility", "noise"] }, Manifest.Features).Dispose());

    public void Dispose() => _folder.Dispose();

    private static OnnxModel Load() => OnnxModel.Load(Folder, Manifest, Manifest.Features);

    private OnnxModel Loaded(byte[] network, ModelManifest manifest)
    {
        File.WriteAllBytes(_folder.File(OnnxModel.File), network);
        return OnnxModel.Load(_folder.Path, manifest, Manifest.Features);
    }

    private static ModelManifest Naming(byte[] network) =>
        Manifest with { Files = new Dictionary<string, string> { [OnnxModel.File] = Convert.ToHexStringLower(SHA256.HashData(network)) } };

    private static (float[] LogScale, float[] Location) Outlook(OnnxModel model, FeatureTable table, int from, int to)
    {
        float[] logScale = new float[(to - from) * Horizons], location = new float[(to - from) * Horizons];
        model.Predict(table, from, to, logScale, location);
        return (logScale, location);
    }

    private static FeatureTable Table(int rows, double volatility, int seed = 1)
    {
        var random = new Random(seed);
        var values = new float[rows * 3];
        for (var row = 0; row < rows; row++)
        {
            // The simulated feature is 5 + 3 ln σ.
            values[row * 3] = (float)(5 + 3 * (volatility + 0.3 * (random.NextDouble() - 0.5)));
            values[row * 3 + 1] = random.NextSingle();
            values[row * 3 + 2] = row % 100 == 7 ? float.NaN : random.NextSingle();
        }

        return new FeatureTable(Manifest.Features, values);
    }
}
