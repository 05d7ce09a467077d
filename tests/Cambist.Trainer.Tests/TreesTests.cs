using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Cambist.Trainer.Onnx;
using Cambist.Trainer.Trees;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace Cambist.Trainer.Tests;

public sealed class TreesTests : IDisposable
{
    // Two questions: input 0 ≤ 0.1, else input 1 ≤ 2; what is unknown of input 0 goes right, of input 1 it is taken for zero.
    private const string Text = """
        tree
        version=v4

        Tree=0
        num_leaves=3
        split_feature=0 1
        threshold=0.10000000000000001 2
        decision_type=8 0
        left_child=-1 -2
        right_child=1 -3
        leaf_value=1 10 100

        Tree=1
        num_leaves=1
        leaf_value=0.5

        end of trees
        """;

    private readonly TrainingFolder _folder = new();

    [Theory]
    [InlineData(0.1f, 0f, 10.5)] // The float 0.1 is 0.100000001490116, above the threshold.
    [InlineData(0.09999999f, 0f, 1.5)]
    [InlineData(float.NaN, 2f, 10.5)]
    [InlineData(1f, 2.0000002f, 100.5)]
    [InlineData(1f, float.NaN, 10.5)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, 100.5)]
    [InlineData(float.NegativeInfinity, 5f, 1.5)]
    public void Written_trees_ask_what_they_asked(float first, float second, double answer)
    {
        using var session = new InferenceSession(TreeExport.Write(TreeText.Read(Text.ReplaceLineEndings("\n")), 2, "ab"));
        var rows = Enumerable.Repeat(new[] { first, second }, ReturnTargets.Horizons).SelectMany(row => row).ToArray();
        using var inputs = OrtValue.CreateTensorValueFromMemory(rows, [ReturnTargets.Horizons, 2]);
        using var run = new RunOptions();

        using var outputs = session.Run(run, ["inputs"], [inputs], ["log_scale"]);

        Assert.Equal([1, ReturnTargets.Horizons], outputs[0].GetTensorTypeAndShape().Shape);
        Assert.All(outputs[0].GetTensorDataAsSpan<float>().ToArray(), value => Assert.Equal(answer, value, 1e-5));
    }

    [Fact]
    public void The_loss_is_that_of_the_density_and_the_slope_its_derivative()
    {
        var loss = new TreeLoss(5);

        // t with 5 degrees of freedom at 0 is Γ(3) / (Γ(2.5) √(5π)) = 2 / (1.32934 · 3.96333) = 0.379607; at scale √(3/5) it is 0.490070, and −ln of that 0.713207.
        Assert.Equal(0.713207, loss.Of(0, 0), 1e-6);
        foreach (var (value, logScale) in new[] { (0.3, 0.0), (-4, 0.5), (2, -1) })
            Assert.Equal((loss.Of(value, logScale + 1e-5) - loss.Of(value, logScale - 1e-5)) / 2e-5, loss.Slope(value, logScale), 1e-5);
    }

    [Fact]
    public void What_a_feature_tells_is_learned_and_written_as_it_was_learned()
    {
        RequireLightGbm();
        var manifest = _folder.Train(Job(7), "model");

        // ln σ is even over [−1, 1]: knowing it gains 0.1 to 0.3 nats over one σ for all, at every horizon alike.
        foreach (var horizon in (int[])[1, 8, 24])
            Assert.InRange(TrainingFolder.Metric(manifest, "validation_log_score_of_baseline", horizon) - TrainingFolder.Metric(manifest, "validation_log_score", horizon), 0.08, 0.4);
        Assert.Equal(("gbm", TreeInputs.Lookback), (manifest.Family, manifest.Lookback));
        Assert.Equal(FeatureSet.Names, manifest.Features);
        Assert.Equal($"gbm-{manifest.TrainedUntil:yyyyMMdd}-{manifest.Files["model.onnx"][..6]}", manifest.Id);
        var lines = _folder.Progress;
        Assert.InRange(lines.Single(line => line.Event == "exported").LargestDifference!.Value, 0, Parity.Tolerance);
        Assert.Equal(lines.Where(line => line.Event == "trees").MinBy(line => line.ValidationLoss)!.Trees, lines[^1].BestTrees);
    }

    [Fact]
    public void The_same_seed_ends_in_the_same_trees_and_another_in_others()
    {
        RequireLightGbm();
        _folder.Train(Job(7), "one");
        _folder.Train(Job(7), "two");
        _folder.Train(Job(8), "three");

        Assert.Equal(_folder.Onnx("one"), _folder.Onnx("two"));
        Assert.NotEqual(_folder.Onnx("one"), _folder.Onnx("three"));
    }

    [Fact]
    public void Trees_of_other_features_are_refused()
    {
        var job = TrainerProgram.SmallJob(_folder.Path) with { Trees = new TreeSettings() };

        var error = Assert.Throws<JobException>(() => _folder.Train(job, "model"));

        Assert.Contains("the job has 3 others", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("model")));
    }

    [Fact]
    public void Too_few_hours_are_refused()
    {
        RequireLightGbm();

        var error = Assert.Throws<JobException>(() => _folder.Train(Job(7) with { Trees = new TreeSettings() }, "model"));

        // A tree sees half of the returns and has two leaves of 1000: 2 × 1000 / 0.5.
        Assert.Contains("4000 or more to learn from", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "3")]
    [InlineData(7, "5 7")]
    public void The_last_trees_are_judged_too(int trees, string judgedAt)
    {
        RequireLightGbm();
        var job = Job(7);

        var manifest = _folder.Train(job with { Trees = job.Trees! with { Trees = trees } }, "model");

        // So few trees of a true signal all gain something.
        Assert.Equal($"{trees}", manifest.Settings["best_trees"]);
        Assert.Equal(judgedAt, string.Join(' ', _folder.Progress.Where(line => line.Event == "trees").Select(line => line.Trees)));
    }

    public void Dispose() => _folder.Dispose();

    private static void RequireLightGbm() => Assert.SkipUnless(LightGbm.WhyItDoesNotLoad() is null, LightGbm.WhyItDoesNotLoad() ?? "");

    private TrainingJob Job(int seed) => TrainerProgram.TreesJob(_folder.Path, seed);
}
