using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambist.Trainer;

/// <summary>Tells on a stream of lines, one JSON object each, how training goes on.</summary>
internal sealed class Progress(TextWriter lines)
{
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromSeconds(5);
    private readonly Stopwatch _sinceStep = Stopwatch.StartNew();

    public void Started(long parameters, long trainingHours, long validationHours, int resumedAfter) =>
        Write(new ProgressLine("started") { Parameters = parameters, TrainingHours = trainingHours, ValidationHours = validationHours, ResumedAfterEpoch = resumedAfter });

    /// <summary>Told every few seconds only.</summary>
    public void Step(int epoch, int step, int steps, double loss, long hours)
    {
        if (_sinceStep.Elapsed < BetweenSteps)
            return;

        _sinceStep.Restart();
        Write(new ProgressLine("step") { Epoch = epoch, Step = step, Steps = steps, TrainingLoss = loss, ScoredHours = hours });
    }

    public void Epoch(FitState state, double loss, Judgement? judged, double hoursPerSecond, TimeSpan took) => Write(new ProgressLine("epoch")
    {
        Epoch = state.Epoch,
        TrainingLoss = loss,
        ValidationLoss = judged?.Loss,
        ValidationByHorizon = judged?.Horizons,
        BaselineByHorizon = judged?.Baseline,
        BestEpoch = state.BestEpoch,
        ScoredHoursPerSecond = Math.Round(hoursPerSecond),
        Seconds = Math.Round(took.TotalSeconds, 2),
    });

    public void StartedTrees(int trainingExamples, int validationExamples) =>
        Write(new ProgressLine("started") { TrainingExamples = trainingExamples, ValidationExamples = validationExamples });

    public void Trees(int trees, int best, Judgement judged, TimeSpan sinceStart) => Write(new ProgressLine("trees")
    {
        Trees = trees,
        ValidationLoss = judged.Loss,
        ValidationByHorizon = judged.Horizons,
        BaselineByHorizon = judged.Baseline,
        BestTrees = best,
        Seconds = Math.Round(sinceStart.TotalSeconds, 2),
    });

    public void Exported(double largestDifference) => Write(new ProgressLine("exported") { LargestDifference = largestDifference });

    public void Done(string id, string folder, int bestEpoch) => Write(new ProgressLine("done") { Id = id, Folder = folder, BestEpoch = bestEpoch });

    public void DoneWithTrees(string id, string folder, int bestTrees) => Write(new ProgressLine("done") { Id = id, Folder = folder, BestTrees = bestTrees });

    /// <summary>The last line of a run that failed.</summary>
    /// <param name="problem">What went wrong.</param>
    /// <param name="detail">Where in the program, if it is a fault of the program.</param>
    public void Problem(string problem, string? detail) => Write(new ProgressLine("problem") { Problem = problem, Detail = detail });

    private void Write(ProgressLine line)
    {
        lines.WriteLine(JsonSerializer.Serialize(line, ProgressJson.Default.ProgressLine));
        lines.Flush();
    }
}

/// <summary>A line of progress; what an event does not know is left out.</summary>
/// <param name="Event"><c>started</c>, <c>step</c>, <c>epoch</c>, <c>trees</c>, <c>exported</c>, <c>done</c> or <c>problem</c>.</param>
internal sealed record ProgressLine(string Event)
{
    public long? Parameters { get; init; }

    public long? TrainingHours { get; init; }

    public long? ValidationHours { get; init; }

    public int? TrainingExamples { get; init; }

    public int? ValidationExamples { get; init; }

    public int? ResumedAfterEpoch { get; init; }

    public int? Epoch { get; init; }

    public int? Step { get; init; }

    public int? Steps { get; init; }

    public double? TrainingLoss { get; init; }

    public double? ValidationLoss { get; init; }

    public double[]? ValidationByHorizon { get; init; }

    public double[]? BaselineByHorizon { get; init; }

    public int? BestEpoch { get; init; }

    public int? Trees { get; init; }

    public int? BestTrees { get; init; }

    public long? ScoredHours { get; init; }

    public double? ScoredHoursPerSecond { get; init; }

    public double? Seconds { get; init; }

    public double? LargestDifference { get; init; }

    public string? Id { get; init; }

    public string? Folder { get; init; }

    public string? Problem { get; init; }

    public string? Detail { get; init; }
}

/// <summary>Writes progress.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProgressLine))]
internal sealed partial class ProgressJson : JsonSerializerContext;
