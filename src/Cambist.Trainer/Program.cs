using Cambist.Trainer;
using Cambist.Trainer.Onnx;

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
if (Libtorch.WhyItDoesNotLoad(AppContext.BaseDirectory) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return ExitCode.Library;
}

try
{
    TrainingRun.Do(job, folder, new Progress(lines), Console.Error);
    return ExitCode.Done;
}
catch (Exception error) when (ExitCode.Of(error) is { } code)
{
    await Console.Error.WriteLineAsync(error.Message);
    return code;
}

/// <summary>How the program ends; 1 is a fault of the program itself.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Job = 2;
    public const int Library = 3;
    public const int Storage = 4;
    public const int Diverged = 5;
    public const int Parity = 6;

    /// <summary>Null where the exception is no expected one.</summary>
    public static int? Of(Exception error) => error switch
    {
        JobException => Job,
        StorageException => Storage,
        DivergedException => Diverged,
        LibraryException => Library,
        ParityException => Parity,
        _ => null,
    };
}
