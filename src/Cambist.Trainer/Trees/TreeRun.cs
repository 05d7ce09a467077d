using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Cambist.Trainer.Onnx;

namespace Cambist.Trainer.Trees;

/// <summary>From a job that asks for trees to a model's folder. It takes about a minute, so there are no checkpoints: an interrupted run starts anew and ends in the same model.</summary>
internal static class TreeRun
{
    // Every seventh hour judges, at all horizons: neighbours share most of their outcome, and 7 has no divisor in common with the 120 hours of a week.
    private const int JudgedHours = 7;

    public static void Do(TrainingJob job, TreeSettings settings, IReadOnlyList<FeatureFile> files, HourSpan trainSpan, HourSpan? validationSpan, FeatureScaling scaling, string folder, Progress progress)
    {
        if (!job.Features.SequenceEqual(FeatureSet.Names))
            throw new JobException($"Trees read the {FeatureSet.Names.Count} features of this program in their order, the job has {job.Features.Count} others.");
        if (LightGbm.WhyItDoesNotLoad() is { } reason)
            throw new LibraryException(reason);

        var training = new TreeExamples(files, trainSpan, 1, settings.HourHorizons, job.Seed);
        var validation = validationSpan is { } span ? new TreeExamples(files, span, JudgedHours, ReturnTargets.Horizons, job.Seed) : null;
        using var fit = new TreeFit(settings, job.Seed, training, validation, progress);
        progress.StartedTrees(fit.TrainingExamples, fit.ValidationExamples);
        var grown = fit.Run();

        var onnx = TreeExport.Write(TreeText.Read(grown.Text), TreeExamples.Width, files[0].NamesFingerprint);
        var difference = TreeParity.LargestDifference(onnx, grown, training, fit.TrainingExamples, job.Seed);
        Parity.Require(difference);
        progress.Exported(difference);
        var trained = new TrainedModel("gbm", TreeInputs.Lookback, onnx, grown.Judged, ModelFolder.Settings([("trees", settings)], job.Spans, ("best_trees", grown.Trees)));
        progress.DoneWithTrees(ModelFolder.Write(folder, job, scaling, trained).Id, folder, grown.Trees);
    }
}
