using Xunit;

namespace Cambist.Trainer.Tests;

public sealed class TrainingTests : IDisposable
{
    private readonly TrainingFolder _folder = new();

    [Fact]
    public void Volatility_that_a_feature_tells_is_learned()
    {
        Torch.Require();
        var job = TrainerProgram.SmallJob(_folder.Path, rows: 4000);

        var manifest = _folder.Train(job with { Fit = job.Fit with { Epochs = 10 } }, "model");

        // The deviation of ln σ is 0.12 / √(1 − 0.98²) = 0.60: knowing σ gains about a tenth of a nat at one hour, and less as it fades.
        var (model, baseline) = (TrainingFolder.Metric(manifest, "validation_log_score", 1), TrainingFolder.Metric(manifest, "validation_log_score_of_baseline", 1));
        Assert.InRange(baseline - model, 0.05, 0.6);
        Assert.True(TrainingFolder.Metric(manifest, "validation_log_score", 24) < TrainingFolder.Metric(manifest, "validation_log_score_of_baseline", 24));
    }

    [Fact]
    public void The_folder_says_what_was_trained()
    {
        Torch.Require();
        var job = TrainerProgram.SmallJob(_folder.Path) with { DataFingerprint = "ab", CodeVersion = "1.2", CreatedAt = SimulatedPairs.Start };

        var manifest = _folder.Train(job, "model");

        Assert.Equal(("lstm", 47, 7), (manifest.Family, manifest.Lookback, manifest.Seed));
        Assert.Equal((job.Spans.TrainFrom, job.Spans.ValidationUntil, SimulatedPairs.Start), (manifest.TrainedFrom, manifest.TrainedUntil, manifest.CreatedAt));
        Assert.Equal(["EUR/USD", "GBP/USD"], manifest.Pairs);
        Assert.Equal(SimulatedPairs.Features, manifest.Features);
        Assert.Equal(("ab", "1.2"), (manifest.DataFingerprint, manifest.CodeVersion));
        Assert.Equal(manifest.Files["model.onnx"], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_folder.Onnx("model"))));
        Assert.Equal($"lstm-{manifest.TrainedUntil:yyyyMMdd}-{manifest.Files["model.onnx"][..6]}", manifest.Id);
        Assert.Equal("8", manifest.Settings["network.hidden"]);
        Assert.Equal(["model.json", "model.onnx"], Directory.GetFiles(_folder.File("model")).Select(Path.GetFileName).Order());
        Assert.False(File.Exists(_folder.File("model.checkpoint")));
    }

    [Fact]
    public void The_same_seed_ends_in_the_same_model_and_another_in_another()
    {
        Torch.Require();
        var job = TrainerProgram.SmallJob(_folder.Path);
        job = job with { Fit = job.Fit with { Epochs = 3 } };
        _folder.Train(job, "one");
        _folder.Train(job, "two");
        _folder.Train(job with { Seed = 8 }, "three");

        Assert.Equal(_folder.Onnx("one"), _folder.Onnx("two"));
        Assert.NotEqual(_folder.Onnx("one"), _folder.Onnx("three"));
    }

    [Fact]
    public void Training_ends_when_nothing_is_gained_and_keeps_the_best()
    {
        Torch.Require();
        var job = TrainerProgram.SmallJob(_folder.Path);
        // A step size that overshoots: what comes later is worse.
        _folder.Train(job with { Fit = job.Fit with { Epochs = 30, Patience = 2, LearningRate = 0.5 } }, "model");

        var epochs = _folder.Progress.Where(line => line.Event == "epoch").ToList();

        Assert.InRange(epochs.Count, 3, 29);
        Assert.Equal(epochs.Count - 2, epochs[^1].BestEpoch);
        Assert.Equal(epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, epochs[^1].BestEpoch);
    }

    [Fact]
    public void A_checkpoint_of_another_job_is_not_used()
    {
        Torch.Require();
        var job = TrainerProgram.SmallJob(_folder.Path);
        var spoiled = _folder.File("model.checkpoint");
        new Checkpoint(spoiled, new byte[32]).Save(new FitState { Epoch = 3, Weights = [1], Best = [1] });

        _folder.Train(job with { Fit = job.Fit with { Epochs = 1 } }, "model");

        Assert.Contains("is of another job", _folder.Log, StringComparison.Ordinal);
        Assert.Equal(0, _folder.Progress[0].ResumedAfterEpoch);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_read_is_told_and_kept()
    {
        var path = _folder.File("checkpoint");
        var checkpoint = new Checkpoint(path, new byte[32]);
        checkpoint.Save(new FitState { Epoch = 3 });
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("Remove it to start anew", Assert.Throws<JobException>(() => checkpoint.Load()).Message, StringComparison.Ordinal);

        Assert.Equal(3, checkpoint.Load().State!.Epoch);
    }

    [Fact]
    public void A_checkpoint_that_stays_does_not_spoil_the_model()
    {
        // What cannot be removed as a file: a folder of that name.
        Directory.CreateDirectory(_folder.File("checkpoint"));
        using var log = new StringWriter();

        Checkpoint.Remove(_folder.File("checkpoint"), log);

        Assert.Contains("is of no use any more", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_checkpoint_of_a_model_that_is_there_is_swept_away()
    {
        var job = TrainerProgram.SmallJob(_folder.Path);
        var checkpoint = _folder.File("model.checkpoint");
        File.WriteAllText(checkpoint, "of a run that was killed");
        Directory.CreateDirectory(_folder.File("model"));

        Assert.Throws<JobException>(() => _folder.Train(job, "model"));
        Assert.True(File.Exists(checkpoint));

        File.WriteAllText(Path.Combine(_folder.File("model"), "model.json"), "{}");
        Assert.Throws<JobException>(() => _folder.Train(job, "model"));
        Assert.False(File.Exists(checkpoint));
    }

    [Fact]
    public void A_damaged_checkpoint_is_not_used()
    {
        var path = _folder.File("checkpoint");
        var checkpoint = new Checkpoint(path, new byte[32]);
        checkpoint.Save(new FitState { Epoch = 3, Weights = [1, 2], Best = [1, 2], BestJudgement = new Judgement(0.5, [1, 2], [3]) });
        var (state, _) = checkpoint.Load();
        var bytes = File.ReadAllBytes(path);
        bytes[60] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal((3, 2.0), (state!.Epoch, state.BestJudgement!.Horizons[1]));
        Assert.Contains("damaged", checkpoint.Load().Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
