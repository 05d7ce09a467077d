using System.Text.Json;
using Cambist.Trainer.Trees;

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
        if (jobPath.Length == 0 || folder.Length == 0)
            throw new JobException("A job's file and a new folder are named, found nothing.");

        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var job = ReadJob(jobPath);
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            // A run that ended between its model and its checkpoint has left the checkpoint.
            if (File.Exists(Path.Combine(folder, ModelFolder.Manifest)))
                Checkpoint.Remove(Checkpoint.PathOf(folder), log);
            throw new JobException($"{folder} is a new folder; it is there already, and a model is never changed.");
        }

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
        var validationSpan = ValidationSpan(job.Spans, trainSpan);
        MakeRoom(folder);
        if (job.Trees is { } trees)
            TreeRun.Do(job, trees, files, trainSpan, validationSpan, scaling, folder, progress);
        else
            NetworkRun.Do(job, files, trainSpan, validationSpan, scaling, folder, progress, log);
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

        var fingerprint = FeatureFileHeader.Fingerprint(job.Features);
        if (file.FeatureCount == job.Features.Count && file.NamesFingerprint == fingerprint)
            return file;

        file.Dispose();
        throw new JobException($"{path} has the job's {job.Features.Count} features in their order, found {file.FeatureCount} features of fingerprint {file.NamesFingerprint[..12]} instead of {fingerprint[..12]}.");
    }
}
