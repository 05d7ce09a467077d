using Cambist.TestKit;
using Xunit;

namespace Cambist.Trainer.Tests;

public sealed class FeatureFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_was_written_is_read()
    {
        var path = Written([100, 101, 102]);

        using var file = new FeatureFile(path);

        Assert.Equal((3, 2), (file.Rows, file.FeatureCount));
        Assert.Equal([100L, 101, 102], file.Hours.ToArray());
        Assert.Equal([2f, 3, 4, float.NaN], file.Features(1, 3).ToArray());
        Assert.Equal(24, file.Targets(2, 3).Length);
        Assert.Equal(2.5f, file.Targets(2, 3)[5]);
        Assert.Equal(FeatureFileHeader.Fingerprint(["a", "b"]), file.NamesFingerprint);
    }

    [Fact]
    public void Rows_that_are_not_there_are_refused()
    {
        using var file = new FeatureFile(Written([100, 101, 102]));

        Assert.Throws<ArgumentOutOfRangeException>(() => file.Features(-1, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Targets(2, 4).Length);
    }

    [Fact]
    public void A_gap_between_hours_is_refused()
    {
        var path = Written([100, 101, 103]);

        Assert.Contains("found 103 after 101", Assert.Throws<FormatException>(() => new FeatureFile(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_short_is_refused()
    {
        var path = Written([100, 101, 102]);
        using (var stream = new FileStream(path, FileMode.Open))
            stream.SetLength(stream.Length - 1);

        // 64 + 3 × (8 + 2 × 4 + 24 × 4) = 400.
        Assert.Contains("has 400 bytes, found 399", Assert.Throws<FormatException>(() => new FeatureFile(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        var path = _folder.File("other");
        File.WriteAllBytes(path, new byte[1000]);

        Assert.Contains("CAMBFEAT", Assert.Throws<FormatException>(() => new FeatureFile(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Written(long[] hours)
    {
        var path = _folder.File("pair.features");
        using var writer = new FeatureFileWriter(path, ["a", "b"], hours.Length);
        writer.Write(hours.AsSpan(0, 1), [0, 1], Enumerable.Repeat(0.5f, 24).ToArray());
        writer.Write(hours.AsSpan(1), [2, 3, 4, float.NaN], Enumerable.Range(0, 48).Select(i => i < 24 ? 1.5f : 2.5f).ToArray());
        return path;
    }
}
