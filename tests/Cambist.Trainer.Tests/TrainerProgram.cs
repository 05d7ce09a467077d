using System.Diagnostics;
using System.Text.Json;
using Cambist.Domain.Features;

namespace Cambist.Trainer.Tests;

/// <summary>The program itself, as another program starts it.</summary>
internal static class TrainerProgram
{
    public static string Name => OperatingSystem.IsWindows() ? "cambist-trainer.exe" : "cambist-trainer";

    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, Name);

    /// <summary>Two pairs and a small network, a few seconds of work.</summary>
    public static TrainingJob SmallJob(string folder, int rows = 2500)
    {
        foreach (var seed in new[] { 1, 2 })
            SimulatedPairs.Write(System.IO.Path.Combine(folder, $"{seed}.features"), rows, seed);

        return new TrainingJob(
            [new PairFile("EUR/USD", "1.features"), new PairFile("GBP/USD", "2.features")],
            SimulatedPairs.Features,
            7,
            new TrainingSpans(SimulatedPairs.Start, SimulatedPairs.Hour(rows * 7 / 10), SimulatedPairs.Hour(rows * 7 / 10), SimulatedPairs.Hour(rows - 1), EmbargoHours: 24 + 48),
            new NetworkSettings(Layers: 1, Hidden: 8, Heads: 2, Window: 48, Dropout: 0.1),
            new FitSettings(Epochs: 6, Patience: 6, ChunkRows: 96, BatchChunks: 4, LearningRate: 0.01, WarmUpSteps: 5));
    }

    /// <summary>A pair and some small trees, a second of work.</summary>
    public static TrainingJob TreesJob(string folder, int seed)
    {
        const int Rows = 1500;
        SimulatedHours.Write(System.IO.Path.Combine(folder, "hours.features"), Rows, 1);
        return new TrainingJob(
            [new PairFile("EUR/USD", "hours.features")],
            FeatureSet.Names,
            seed,
            new TrainingSpans(SimulatedPairs.Start, SimulatedPairs.Hour(1000), SimulatedPairs.Hour(1000), SimulatedPairs.Hour(Rows - 1), EmbargoHours: 24),
            new NetworkSettings(),
            new FitSettings(),
            Trees: new TreeSettings(Trees: 60, Patience: 20, LearningRate: 0.2, Leaves: 8, LeafRows: 50, InputShare: 0.8, SampleExamples: 1000));
    }

    public static string Save(string folder, TrainingJob job)
    {
        var path = System.IO.Path.Combine(folder, "job.json");
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(job, JobJson.Default.TrainingJob));
        return path;
    }

    /// <summary>The last line of what the program says on standard output.</summary>
    public static ProgressLine LastLine(string output) =>
        JsonSerializer.Deserialize(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], ProgressJson.Default.ProgressLine)!;

    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Starts the trainer with an input that the test holds.</summary>
    public static Process StartWithInput(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return Process.Start(start) ?? throw new InvalidOperationException($"{Path} did not start.");
    }

    public static async Task<(int Code, string Output, string Error)> RunAsync(string program, CancellationToken cancel, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output, await error);
    }
}
