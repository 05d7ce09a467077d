using System.Text.Json.Serialization;

namespace Cambist.Trainer;

/// <summary>What is to be trained: the file given with <c>--job</c>. Needs the base class library alone, so that the program that gives jobs can compile it in.</summary>
/// <param name="Pairs">The pairs and their feature files.</param>
/// <param name="Features">Names of the features, in the order of the files' columns.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Spans">Which hours are learned from and which judge.</param>
/// <param name="Network">Sizes and parts of the network; <c>{}</c> where trees are grown.</param>
/// <param name="Fit">How its weights are found; <c>{}</c> where trees are grown.</param>
/// <param name="DataFingerprint">SHA-256 of the bars that the features were made of, for the manifest.</param>
/// <param name="CodeVersion">Version of the program, for the manifest.</param>
/// <param name="CreatedAt">When the model was trained, for the manifest; null: the end of the run.</param>
/// <param name="Trees">Given: boosted trees are grown (family <c>gbm</c>), and no network.</param>
internal sealed record TrainingJob(
    IReadOnlyList<PairFile> Pairs,
    IReadOnlyList<string> Features,
    int Seed,
    TrainingSpans Spans,
    NetworkSettings Network,
    FitSettings Fit,
    string DataFingerprint = "",
    string CodeVersion = "",
    DateTimeOffset? CreatedAt = null,
    TreeSettings? Trees = null);

/// <summary>A pair's examples.</summary>
/// <param name="Pair">Its symbol, <c>EUR/USD</c>.</param>
/// <param name="Path">Its feature file; a relative path counts from the job's folder.</param>
internal sealed record PairFile(string Pair, string Path);

/// <summary>Which hours are learned from and which judge. A row counts where its hour and the hour of its outcome lie inside.</summary>
/// <param name="TrainFrom">Close of the first hour learned from.</param>
/// <param name="TrainUntil">Close of the last hour whose outcome is learned from.</param>
/// <param name="ValidationFrom">Close of the first hour that judges, if it is later than the embargo; null: nothing judges, the last weights are kept.</param>
/// <param name="ValidationUntil">Close of the last hour whose outcome judges.</param>
/// <param name="EmbargoHours">Market hours after <paramref name="TrainUntil"/> that judge nothing: the longest outcome and the window that is read.</param>
internal sealed record TrainingSpans(
    DateTimeOffset TrainFrom, DateTimeOffset TrainUntil, DateTimeOffset? ValidationFrom = null, DateTimeOffset? ValidationUntil = null, int EmbargoHours = 24 + 168);

/// <summary>Sizes and parts of the network.</summary>
/// <param name="Layers">LSTM layers.</param>
/// <param name="Hidden">Width of each layer.</param>
/// <param name="Heads">Attention heads, which share the width; 0: no attention.</param>
/// <param name="Window">Hours that attention reaches over, the current one included.</param>
/// <param name="InputDropout">Share of the features that are blanked in training.</param>
/// <param name="Dropout">Share of the LSTM's and the attention's outputs that are blanked in training.</param>
/// <param name="Location">Whether the middle of the returns is learned too; otherwise it is zero.</param>
/// <param name="LogScaleBound">The scale's logarithm stays within plus and minus this.</param>
/// <param name="LocationBound">The location stays within plus and minus this many standard deviations.</param>
/// <param name="DegreesOfFreedom">Tails that training starts from; they are learned for each horizon.</param>
internal sealed record NetworkSettings(
    int Layers = 1,
    int Hidden = 32,
    int Heads = 4,
    int Window = 168,
    double InputDropout = 0,
    double Dropout = 0,
    bool Location = false,
    double LogScaleBound = 1.5,
    double LocationBound = 0.5,
    double DegreesOfFreedom = 5);

/// <summary>How the weights are found.</summary>
/// <param name="Epochs">Passes over the training span at most.</param>
/// <param name="Patience">Passes without a better judgement after which training ends.</param>
/// <param name="ChunkRows">Consecutive hours of a pair that are learned from at once, after a warm-up.</param>
/// <param name="BatchChunks">Chunks in a step.</param>
/// <param name="LearningRate">Largest step size (AdamW); it falls along a cosine to a twentieth over all epochs.</param>
/// <param name="WarmUpSteps">Steps over which the step size rises from zero.</param>
/// <param name="WeightDecay">Pull of the weights toward zero (not of biases, norms and tails).</param>
/// <param name="GradientClip">Largest norm of the gradient.</param>
/// <param name="AverageDecay">An exponential average of the weights over steps is judged and kept: the share of it that stays at each step.</param>
/// <param name="Threads">Threads of the arithmetic; another number gives other last digits.</param>
internal sealed record FitSettings(
    int Epochs = 20,
    int Patience = 4,
    int ChunkRows = 512,
    int BatchChunks = 16,
    double LearningRate = 2e-3,
    int WarmUpSteps = 50,
    double WeightDecay = 1e-2,
    double GradientClip = 1,
    double AverageDecay = 0.998,
    int Threads = 1);

/// <summary>How boosted trees are grown.</summary>
/// <param name="Trees">Trees at most; so many where nothing judges.</param>
/// <param name="Patience">Trees without a better judgement after which growing ends.</param>
/// <param name="JudgeEvery">Every how many trees they are judged; the last is judged too.</param>
/// <param name="LearningRate">Share of a tree's answer that counts.</param>
/// <param name="Leaves">Leaves of a tree at most.</param>
/// <param name="LeafRows">Examples in a leaf at least. Neighbouring hours share most of their outcome, so many are few.</param>
/// <param name="InputShare">Share of the inputs, drawn for each tree, that it may ask about.</param>
/// <param name="RowShare">Share of the examples, drawn for each tree, that it is grown on.</param>
/// <param name="RandomCuts">Of each input one cut is tried, drawn at random, and not every one (extremely randomised trees).</param>
/// <param name="HourHorizons">Of how many of its 24 horizons an hour is an example. The others tell nearly the same: more hours are worth more than more horizons.</param>
/// <param name="DegreesOfFreedom">Tails of the likelihood.</param>
/// <param name="SampleExamples">Examples, about, by which the ranges of the inputs are cut into bins.</param>
/// <param name="Threads">Threads of the arithmetic.</param>
internal sealed record TreeSettings(
    int Trees = 1000,
    int Patience = 80,
    int JudgeEvery = 5,
    double LearningRate = 0.04,
    int Leaves = 31,
    int LeafRows = 1000,
    double InputShare = 0.25,
    double RowShare = 0.5,
    bool RandomCuts = true,
    int HourHorizons = 2,
    double DegreesOfFreedom = 5,
    int SampleExamples = 200_000,
    int Threads = 1);

/// <summary>Reads and writes the job.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrainingJob))]
internal sealed partial class JobJson : JsonSerializerContext;
