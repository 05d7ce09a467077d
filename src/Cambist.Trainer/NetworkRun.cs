using Cambist.Trainer.Onnx;
using TorchSharp;

namespace Cambist.Trainer;

/// <summary>From a job that asks for a network to a model's folder. After each epoch there is a checkpoint, from which an interrupted run goes on.</summary>
internal static class NetworkRun
{
    public static void Do(TrainingJob job, IReadOnlyList<FeatureFile> files, HourSpan trainSpan, HourSpan? validationSpan, FeatureScaling scaling, string folder, Progress progress, TextWriter log)
    {
        // Before the binding is first used, which is below.
        if (Libtorch.WhyItDoesNotLoad(AppContext.BaseDirectory) is { } reason)
            throw new LibraryException(reason);

        Train(job, files, trainSpan, validationSpan, scaling, folder, progress, log);
    }

    private static void Train(TrainingJob job, IReadOnlyList<FeatureFile> files, HourSpan trainSpan, HourSpan? validationSpan, FeatureScaling scaling, string folder, Progress progress, TextWriter log)
    {
        var warmUp = job.Network.Window - 1;
        var training = new Examples(files, scaling, trainSpan, warmUp, job.Fit.ChunkRows);
        var validation = validationSpan is { } span ? new Examples(files, scaling, span, warmUp, job.Fit.ChunkRows) : null;
        if (training.Rows == 0 || validation is { Rows: 0 })
            throw new JobException($"Each span has hours, found {training.Rows} to learn from and {validation?.Rows} that judge after {job.Spans.EmbargoHours} hours of embargo.");

        torch.set_num_threads(job.Fit.Threads);
        torch.random.manual_seed(job.Seed);
        using var network = new VolatilityNetwork(job.Network, job.Features.Count);

        var checkpoint = new Checkpoint(Checkpoint.PathOf(folder), Checkpoint.Fingerprint(job, files.Select(file => file.Path)));
        var (state, reason) = checkpoint.Load();
        if (reason is not null)
            log.WriteLine($"{reason}: training starts anew and replaces it.");

        progress.Started(network.Size, training.Rows, validation?.Rows ?? 0, state?.Epoch ?? 0);
        state ??= new FitState();
        var judged = new Fit(job, network, training, validation, progress).Run(state, checkpoint.Save);

        var onnx = OnnxExport.Write(network, job.Network, scaling, files[0].NamesFingerprint);
        var difference = OnnxParity.LargestDifference(onnx, network, scaling, job.Network.Window, job.Seed);
        Parity.Require(difference);
        progress.Exported(difference);
        var settings = ModelFolder.Settings([("network", job.Network), ("fit", job.Fit)], job.Spans, ("best_epoch", state.BestEpoch));
        var manifest = ModelFolder.Write(folder, job, scaling, new TrainedModel("lstm", warmUp, onnx, judged, settings));
        Checkpoint.Remove(Checkpoint.PathOf(folder), log);
        progress.Done(manifest.Id, folder, state.BestEpoch);
    }
}
