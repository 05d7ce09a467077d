using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambist.App.Forecasting.Training;

/// <summary>
/// Runs the trainer on a job to its end, and tells how far it is. Where this is given up the trainer is ended; its last epoch is kept, and the same job goes on from there. Its input stays
/// open for as long as it may run: when this program is killed the system closes it, and the trainer ends too.
/// </summary>
internal static class TrainerProcess
{
    private const int MostLastWords = 2000;

    /// <summary>Trains.</summary>
    /// <exception cref="TrainingFailedException">It cannot be started, failed, or left no model; the message is its own.</exception>
    public static async Task RunAsync(string trainer, string job, string folder, int epochs, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var process = Start(trainer, job, folder);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                if (Fraction(line, epochs) is { } done)
                {
                    progress.Report(done);
                }
            }

            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                // Whoever goes on from its checkpoint must not meet it still writing.
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        var said = (await errors).Trim();
        if (process.ExitCode != 0)
        {
            throw Failed(said.Length > 0 ? said[..Math.Min(said.Length, MostLastWords)] : $"The trainer ended with code {process.ExitCode}.");
        }

        if (!Directory.Exists(folder))
        {
            throw Failed($"The trainer says that it is done, and there is no model: {trainer} is perhaps another program.");
        }
    }

    private static Process Start(string trainer, string job, string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(trainer, ["--job", job, "--out", folder, "--while-stdin"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            })!;
        }
        catch (Win32Exception fault)
        {
            throw new TrainingFailedException("trainer_missing", $"The trainer {trainer} cannot be started: {fault.Message}.");
        }
    }

    // A line is {"event":"epoch","epoch":3,…} or {"event":"step","epoch":4,"step":7,"steps":48,…}; others tell nothing about how far it is. Native libraries write to
    // standard output as they like: what is no progress is passed over, for the exit code and the model decide.
    private static double? Fraction(string line, int epochs)
    {
        try
        {
            var told = JsonSerializer.Deserialize(line, TrainerJson.Default.TrainerLine);
            return told switch
            {
                { Event: "epoch", Epoch: { } epoch } => (double)epoch / epochs,
                { Event: "step", Epoch: { } epoch, Step: { } step, Steps: > 0 and { } steps } => (epoch - 1 + (double)step / steps) / epochs,
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TrainingFailedException Failed(string message) => new(TrainingFailedException.OfTrainer, message);
}

/// <summary>What is read of a line of the trainer's.</summary>
internal sealed record TrainerLine(string? Event, int? Epoch, int? Step, int? Steps);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TrainerLine))]
internal sealed partial class TrainerJson : JsonSerializerContext;
