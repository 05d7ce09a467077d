using Cambist.Trainer;
using Cambist.Trainer.Onnx;
using Cambist.Trainer.Trees;

// Standard output is the protocol: a line of JSON for each step of the work. Everything else goes to standard error, what libraries write to the console too.
using var lines = new StreamWriter(Console.OpenStandardOutput());
Console.SetOut(Console.Error);
if (args is not ["--job", var job, "--out", var folder, .. var rest] || rest is not ([] or ["--while-stdin"]))
{
    await Console.Error.WriteLineAsync("""
        Usage: cambist-trainer --job JOB.json --out FOLDER [--while-stdin]
        Trains a network, or grows trees, on the job's feature files and writes the ONNX model into the new folder.
        --while-stdin: ends when standard input ends, as it does with the program that started this one.
        """);
    return ExitCode.Job;
}

if (rest.Length > 0)
{
    StandardInput.EndWithIt();
}

Libtorch.LetThreadsSleep();
var progress = new Progress(lines);
try
{
    TrainingRun.Do(job, folder, progress, Console.Error);
    return ExitCode.Done;
}
catch (Exception error)
{
    var code = ExitCode.Of(error);
    progress.Problem(error.Message, code == ExitCode.Fault ? error.ToString() : null);
    await Console.Error.WriteLineAsync(code == ExitCode.Fault ? $"The trainer met what it did not expect, {error.GetType().Name}: {error.Message}" : error.Message);
    return code;
}

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Fault = 1;
    public const int Job = 2;
    public const int Library = 3;
    public const int Storage = 4;
    public const int Diverged = 5;
    public const int Parity = 6;

    /// <summary>The code of what went wrong; what is not expected is a fault of the program itself.</summary>
    public static int Of(Exception error) => error switch
    {
        JobException or LightGbmException => Job,
        StorageException => Storage,
        DivergedException => Diverged,
        LibraryException => Library,
        ParityException => Parity,
        _ => Fault,
    };
}
