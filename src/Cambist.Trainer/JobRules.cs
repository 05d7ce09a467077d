using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer;

/// <summary>What a job must hold, so that nothing breaks inside native code, where a wrong shape ends the process.</summary>
internal static class JobRules
{
    /// <exception cref="JobException">Names the first setting that is out of bounds.</exception>
    public static void Check(TrainingJob job)
    {
        var (spans, network, fit) = (job.Spans, job.Network, job.Fit);
        Rule(job.Pairs.Count > 0, "pairs", "has a pair", job.Pairs.Count);
        Rule(!job.Pairs.Contains(null!), "pairs", "has a symbol and a path for each pair", null);
        Rule(job.Features.Count > 0, "features", "has a name", job.Features.Count);
        Known(spans.TrainFrom, "spans.train_from");
        Known(spans.TrainUntil, "spans.train_until");
        Known(spans.ValidationFrom, "spans.validation_from");
        Known(spans.ValidationUntil, "spans.validation_until");
        Rule(spans.TrainFrom < spans.TrainUntil, "spans.train_until", $"is after {spans.TrainFrom:u}", spans.TrainUntil);
        Rule(spans.ValidationFrom is null == spans.ValidationUntil is null, "spans.validation_until", "is given with validation_from", spans.ValidationUntil);
        Rule(spans.ValidationFrom is null || spans.TrainUntil <= spans.ValidationFrom, "spans.validation_from", "is not before train_until", spans.ValidationFrom);
        Rule(spans.ValidationFrom is null || spans.ValidationFrom < spans.ValidationUntil, "spans.validation_until", "is after validation_from", spans.ValidationUntil);
        Rule(spans.EmbargoHours >= 0, "spans.embargo_hours", "is not negative", spans.EmbargoHours);
        Rule(network.Layers is >= 1 and <= 8, "network.layers", "is 1 to 8", network.Layers);
        Rule(network.Hidden is >= 1 and <= 1024, "network.hidden", "is 1 to 1024", network.Hidden);
        Rule(network.Heads >= 0 && (network.Heads == 0 || network.Hidden % network.Heads == 0), "network.heads", $"divides {network.Hidden}, or is 0", network.Heads);
        Rule(network.Window is >= 1 and <= 1024, "network.window", "is 1 to 1024", network.Window);
        Rule(network.InputDropout is >= 0 and < 1, "network.input_dropout", "is from 0 to below 1", network.InputDropout);
        Rule(network.Dropout is >= 0 and < 1, "network.dropout", "is from 0 to below 1", network.Dropout);
        Rule(network.LogScaleBound is > 0 and <= 10, "network.log_scale_bound", "is above 0, at most 10", network.LogScaleBound);
        Rule(network.LocationBound is > 0 and <= 10, "network.location_bound", "is above 0, at most 10", network.LocationBound);
        Rule(network.DegreesOfFreedom is > 2 and <= 100, "network.degrees_of_freedom", "is above 2, at most 100", network.DegreesOfFreedom);
        Rule(fit.Epochs is >= 1 and <= 10_000, "fit.epochs", "is 1 to 10000", fit.Epochs);
        Rule(fit.Patience >= 1, "fit.patience", "is at least 1", fit.Patience);
        Rule(fit.ChunkRows is >= 1 and <= 100_000, "fit.chunk_rows", "is 1 to 100000", fit.ChunkRows);
        Rule(fit.BatchChunks is >= 1 and <= 4096, "fit.batch_chunks", "is 1 to 4096", fit.BatchChunks);
        Rule(fit.LearningRate is > 0 and <= 1, "fit.learning_rate", "is above 0, at most 1", fit.LearningRate);
        Rule(fit.WarmUpSteps >= 0, "fit.warm_up_steps", "is not negative", fit.WarmUpSteps);
        Rule(fit.WeightDecay is >= 0 and < 1000, "fit.weight_decay", "is not negative", fit.WeightDecay);
        Rule(fit.GradientClip > 0, "fit.gradient_clip", "is above 0", fit.GradientClip);
        Rule(fit.AverageDecay is > 0 and < 1, "fit.average_decay", "is between 0 and 1", fit.AverageDecay);
        Rule(fit.Threads is >= 1 and <= 256, "fit.threads", "is 1 to 256", fit.Threads);
        if (job.Trees is { } trees)
            Check(trees);
    }

    private static void Check(TreeSettings trees)
    {
        Rule(trees.Trees is >= 1 and <= 100_000, "trees.trees", "is 1 to 100000", trees.Trees);
        Rule(trees.Patience >= 1, "trees.patience", "is at least 1", trees.Patience);
        Rule(trees.JudgeEvery >= 1, "trees.judge_every", "is at least 1", trees.JudgeEvery);
        Rule(trees.LearningRate is > 0 and <= 1, "trees.learning_rate", "is above 0, at most 1", trees.LearningRate);
        Rule(trees.Leaves is >= 2 and <= 4096, "trees.leaves", "is 2 to 4096", trees.Leaves);
        Rule(trees.LeafRows is >= 1 and <= 10_000_000, "trees.leaf_rows", "is 1 to 10000000", trees.LeafRows);
        Rule(trees.InputShare is > 0 and <= 1, "trees.input_share", "is above 0, at most 1", trees.InputShare);
        Rule(trees.RowShare is > 0 and <= 1, "trees.row_share", "is above 0, at most 1", trees.RowShare);
        Rule(trees.HourHorizons is >= 1 and <= ReturnTargets.Horizons, "trees.hour_horizons", $"is 1 to {ReturnTargets.Horizons}", trees.HourHorizons);
        Rule(trees.DegreesOfFreedom is > 2 and <= 100, "trees.degrees_of_freedom", "is above 2, at most 100", trees.DegreesOfFreedom);
        Rule(trees.SampleExamples is >= 100 and <= 10_000_000, "trees.sample_examples", "is 100 to 10000000", trees.SampleExamples);
        Rule(trees.Threads is >= 1 and <= 256, "trees.threads", "is 1 to 256", trees.Threads);
    }

    // The market's hours are counted by its weeks, which are known for so long.
    private static void Known(DateTimeOffset? instant, string setting) =>
        Rule(instant is null || (instant >= FxWeek.KnownFrom && instant <= FxWeek.KnownUntil), setting, $"is from {FxWeek.KnownFrom:yyyy} to {FxWeek.KnownUntil:yyyy}", instant);

    private static void Rule(bool held, string setting, string expected, object? found)
    {
        if (!held)
            throw new JobException(FormattableString.Invariant($"The job's {setting} {expected}, was {found ?? "not given"}."));
    }
}
