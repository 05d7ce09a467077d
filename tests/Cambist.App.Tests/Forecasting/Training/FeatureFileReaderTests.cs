using Cambist.App.Forecasting.Training;
using Cambist.TestKit;
using Cambist.Trainer;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Training;

public sealed class FeatureFileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_was_written_is_read()
    {
        var rows = FeatureFileReader.Read(Written(), ["a", "b"]);

        Assert.Equal([1f, 2, 3, 4], rows.Features.Values(0, 2).ToArray());
        Assert.Equal(48, rows.Targets.Length);
        Assert.Equal((0.5f, 24.5f), (rows.Targets[0], rows.Targets[24]));
    }

    [Fact]
    public void A_file_of_other_features_is_refused()
    {
        var path = Written();

        Assert.Throws<FormatException>(() => FeatureFileReader.Read(path, ["b", "a"]));
        Assert.Contains("has 1 features", Assert.Throws<FormatException>(() => FeatureFileReader.Read(path, ["a"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_short_or_of_another_kind_is_refused()
    {
        var path = Written();
        var bytes = File.ReadAllBytes(path);

        File.WriteAllBytes(path, bytes[..^4]);
        // 64 + 2 × (8 + 2 × 4 + 24 × 4) = 288.
        Assert.Contains("has 288 bytes, found 284", Assert.Throws<FormatException>(() => FeatureFileReader.Read(path, ["a", "b"])).Message, StringComparison.Ordinal);

        bytes[0] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("CAMBFEAT", Assert.Throws<FormatException>(() => FeatureFileReader.Read(path, ["a", "b"])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Written()
    {
        var path = _folder.File("pair.features");
        using var writer = new FeatureFileWriter(path, ["a", "b"], 2);
        writer.Write([100, 101], [1, 2, 3, 4], [.. Enumerable.Range(0, 48).Select(i => i + 0.5f)]);
        return path;
    }
}
