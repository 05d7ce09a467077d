using Cambist.TestKit;
using Xunit;

namespace Cambist.Trainer.Tests;

public sealed class ExamplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void An_outcome_beyond_the_span_is_not_learned_from()
    {
        Torch.Require();
        using var file = Hours(1000, 100);
        // Hours 1010 to 1050: the rows 10 to 49 have an outcome by then, that of 1049 at one hour only.
        var examples = new Examples([file], Sixteenths, new HourSpan(1010, 1050), warmUp: 4, chunkRows: 100);

        var batch = examples.Batch([new Chunk(0, 0)]);

        Assert.Equal(40, examples.Rows);
        Assert.Equal(40, batch.Hours);
        // Up to row 26 (hour 1026) all 24 count, then one less an hour: 17 × 24 + (23 + … + 1) = 408 + 276 = 684.
        Assert.Equal(684, batch.Counts.sum().item<float>());
        Assert.Equal(0, batch.Counts[0, 9].sum().item<float>());
        Assert.Equal(24, batch.Counts[0, 26].sum().item<float>());
        Assert.Equal(1, batch.Counts[0, 49].sum().item<float>());
    }

    [Fact]
    public void Hours_before_the_first_are_missing()
    {
        Torch.Require();
        using var file = Hours(1000, 100);
        var examples = new Examples([file], Sixteenths, new HourSpan(1000, 2000), warmUp: 4, chunkRows: 3);

        var features = examples.Batch([new Chunk(0, 0), new Chunk(0, 98)]).Features;

        // The feature of a row is its number plus one, scaled to sixteenths.
        Assert.Equal([0f, 0, 0, 0, 1, 2, 3], (features[0].flatten() * 16).data<float>().ToArray());
        Assert.Equal([95f, 96, 97, 98, 99, 100, 0], (features[1].flatten() * 16).data<float>().ToArray());
    }

    [Fact]
    public void Every_row_is_in_one_chunk_wherever_chunks_begin()
    {
        using var file = Hours(1000, 100);
        var examples = new Examples([file], Sixteenths, new HourSpan(1010, 1050), warmUp: 4, chunkRows: 16);

        Assert.Equal([new Chunk(0, 10), new Chunk(0, 26), new Chunk(0, 42)], examples.Chunks(() => 0));
        Assert.Equal([new Chunk(0, -5), new Chunk(0, 11), new Chunk(0, 27), new Chunk(0, 43)], examples.Chunks(() => 15));
    }

    [Fact]
    public void Nothing_judges_that_touches_what_was_learned_from()
    {
        var end = new DateTimeOffset(2015, 6, 3, 12, 0, 0, TimeSpan.Zero);
        var training = HourSpan.Between(end.AddYears(-1), end);
        var spans = new TrainingSpans(end.AddYears(-1), end, end, end.AddDays(70));

        var judging = TrainingRun.ValidationSpan(spans, training);

        // 24 hours of outcomes and a window of 168 after the last hour that was learned from; 70 days are ten market weeks of 120 hours.
        Assert.Equal(new HourSpan(training.Until + 192, training.Until + 1200), judging);
        Assert.Equal(training.Until, TrainingRun.ValidationSpan(spans with { EmbargoHours = 0 }, training)!.From);
        Assert.Null(TrainingRun.ValidationSpan(spans with { ValidationFrom = null, ValidationUntil = null }, training));
    }

    public void Dispose() => _folder.Dispose();

    private static FeatureScaling Sixteenths => new([0], [16]);

    private FeatureFile Hours(long first, int rows)
    {
        var path = _folder.File("hours");
        using (var writer = new FeatureFileWriter(path, ["x"], rows))
        {
            for (var row = 0; row < rows; row++)
                writer.Write([first + row], [row + 1], Enumerable.Repeat(1f, 24).ToArray());
        }

        return new FeatureFile(path);
    }
}
