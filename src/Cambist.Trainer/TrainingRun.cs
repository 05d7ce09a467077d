using System.Text.Json;
using Cambist.Trainer.Onnx;
using Cambist.Trainer.Trees;
using TorchSharp;

namespace Cambist.Trainer;

/// <summary>The job cannot be done as it was given.</summary>
internal sealed class JobException(string message) : Exception(message);

/// <summary>A native library that the job needs does not load; the message says what helps.</summary>
internal sealed class LibraryException(string message) : Exception(message);

/// <summary>From a job to a model's folder.</summary>
internal static class TrainingRun
{
    /// <summary>Does the job; goes on where an interrupted run of the same job stood.</summary>
    /// <param name="jobPath">The job's file.</param>
    /// <param name="folder">The model's folder, which must not be there yet.</param>
    /// <param name="progress">Told how it goes on.</param>
    /// <param name="log">Told what a person may want to know.</param>
    public static void Do(string jobPath, string folder, Progress progress, TextWriter log)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var job = ReadJob(jobPath);
        if (Directory.Exists(folder) || File.Exists(folder))
            throw new JobException($"{folder} is a new folder; it is there already, and a model is never changed.");

        var files = new List<FeatureFile>();
        try
        {
            foreach (var pair in job.Pairs)
                files.Add(Open(job, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(jobPath))!, pair.Path)));
            Train(job, files, folder, progress, log);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static void Train(TrainingJob job, List<FeatureFile> files, string folder, Progress progress, TextWriter log)
    {
        var trainSpan = HourSpan.Between(job.Spans.TrainFrom, job.Spans.TrainUntil);
        var scaling = FeatureScaling.Measure(files.Select(file => (file, trainSpan.RowsOf(file).From, trainSpan.RowsOf(file).To)), job.Features.Count);
        MakeRoom(folder);
        if (job.Trees is { } trees)
        {
            TreeRun.Do(job, trees, files, trainSpan, ValidationSpan(job.Spans, trainSpan), scaling, folder, progress);
            return;
        }

        var warmUp = job.Network.Window - 1;
        var training = new Examples(files, scaling, trainSpan, warmUp, job.Fit.ChunkRows);
        var validation = ValidationSpan(job.Spans, trainSpan) is { } span ? new Examples(files, scaling, span, warmUp, job.Fit.ChunkRows) : null;
        if (training.Rows == 0 || validation is { Rows: 0 })
            throw new JobException($"Each span has hours, found {training.Rows} to learn from and {validation?.Rows} that judge after {job.Spans.EmbargoHours} hours of embargo.");

        torch.set_num_threads(job.Fit.Threads);
        torch.random.manual_seed(job.Seed);
        using var network = new VolatilityNetwork(job.Network, job.Features.Count);

        var checkpoint = new Checkpoint(folder + ".checkpoint", Checkpoint.Fingerprint(job, files.Select(file => file.Path)));
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
        checkpoint.Remove();
        progress.Done(manifest.Id, folder, state.BestEpoch);
    }

    // Before anything is learned: a place that cannot be written to is told at once.
    private static void MakeRoom(string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(Path.GetDirectoryName(folder)!, error);
        }
    }

    /// <summary>The hours that judge: those of the job, without the embargo after the training span. Null where nothing judges.</summary>
    internal static HourSpan? ValidationSpan(TrainingSpans spans, HourSpan training)
    {
        if (spans.ValidationFrom is not { } from || spans.ValidationUntil is not { } until)
            return null;

        var asked = HourSpan.Between(from, until);
        return asked with { From = Math.Max(asked.From, training.Until + spans.EmbargoHours) };
    }

    private static TrainingJob ReadJob(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var job = JsonSerializer.Deserialize(stream, JobJson.Default.TrainingJob) ?? throw new JobException($"{path}: a job was expected, found null.");
            JobRules.Check(job);
            return job;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new JobException($"{path}: {error.Message}");
        }
    }

    private static FeatureFile Open(TrainingJob job, string path)
    {
        FeatureFile file;
        try
        {
            file = new FeatureFile(path);
        }
        catch (Exception error) when (error is IOException or FormatException or UnauthorizedAccessException)
        {
            throw new JobException(error.Message);
        }

        var fingerprint = Convert.ToHexStringLower(FeatureFile.Fingerprint(job.Features));
        if (file.FeatureCount == job.Features.Count && file.NamesFingerprint == fingerprint)
            return file;

        file.Dispose();
        throw new JobException($"{path} has the job's {job.Features.Count} features in their order, found {file.FeatureCount} features of fingerprint {file.NamesFingerprint[..12]} instead of {fingerprint[..12]}.");
    }
}
