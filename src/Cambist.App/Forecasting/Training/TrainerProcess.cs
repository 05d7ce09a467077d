using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Cambist.App.Forecasting.Training;

/// <summary>Runs the trainer on a job to its end, and tells how far it is. Where this is given up the trainer is ended; its last epoch is kept, and the same job goes on from there.</summary>
internal static class TrainerProcess
{
    private const int MostLastWords = 2000;

    /// <summary>Trains.</summary>
    /// <exception cref="TrainingFailedException">It cannot be started, or failed; the message is its own.</exception>
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
                process.Kill(entireProcessTree: true);
            }
        }

        var said = (await errors).Trim();
        if (process.ExitCode != 0)
        {
            throw new TrainingFailedException("training_failed", said.Length > 0 ? said[..Math.Min(said.Length, MostLastWords)] : $"The trainer ended with code {process.ExitCode}.");
        }
    }

    private static Process Start(string trainer, string job, string folder)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(trainer, ["--job", job, "--out", folder]) { RedirectStandardOutput = true, RedirectStandardError = true, CreateNoWindow = true })!;
        }
        catch (Win32Exception fault)
        {
            throw new TrainingFailedException("trainer_missing", $"The trainer {trainer} cannot be started: {fault.Message}.");
        }
    }

    // A line is {"event":"epoch","epoch":3,…} or {"event":"step","epoch":4,"step":7,"steps":48,…}; others tell nothing about how far it is.
    private static double? Fraction(string line, int epochs)
    {
        using var json = JsonDocument.Parse(line);
        var told = json.RootElement;
        return told.GetProperty("event").GetString() switch
        {
            "epoch" => (double)told.GetProperty("epoch").GetInt32() / epochs,
            "step" => (told.GetProperty("epoch").GetInt32() - 1 + (double)told.GetProperty("step").GetInt32() / told.GetProperty("steps").GetInt32()) / epochs,
            _ => null,
        };
    }
}
