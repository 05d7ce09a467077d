using System.Diagnostics;
using System.Text.Json;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Training;

/// <summary>
/// A program that is started as the trainer is, and does what a test says: a shell script, for it has to be a program of its own. Its model is one of <see cref="TinyModel"/>, whose manifest
/// tells of the job what the trainer's would.
/// </summary>
internal sealed class StandInTrainer
{
    private const string WriteModel = """
        told() { sed -n "s/^ *\"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$job" | head -n 1; }
        mkdir "$out.part"
        printf 0.25 > "$out.part/weights.txt"
        cat > "$out.part/model.json" <<END
        @manifest@
        END
        mv "$out.part" "$out"
        """;

    private readonly string _folder;

    private StandInTrainer(string folder) => _folder = folder;

    public string Path => System.IO.Path.Combine(_folder, "trainer");

    /// <summary>One line for each time that it was started.</summary>
    public int Starts => File.Exists(StartsFile) ? File.ReadAllLines(StartsFile).Length : 0;

    private string StartsFile => System.IO.Path.Combine(_folder, "starts");

    /// <summary>Writes the program. <c>$job</c> and <c>$out</c> are its arguments, <c>$here</c> the folder, <c>model</c> writes the model.</summary>
    public static StandInTrainer Write(string folder, string script = "model")
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        Directory.CreateDirectory(folder);
        var trainer = new StandInTrainer(folder);
        trainer.Does(script);
        return trainer;
    }

    /// <summary>Changes what it does.</summary>
    public void Does(string script)
    {
        // By another process: a program that this one has open cannot be started, and a child that a test beside it forks meanwhile has it open too.
        using var writer = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat > \"$0\" && chmod u+x \"$0\"", Path]) { RedirectStandardInput = true })!;
        writer.StandardInput.Write($"""
            #!/bin/sh
            if [ "$1" != --job ] || [ "$3" != --out ] || [ "$5" != --while-stdin ]; then echo "unknown arguments: $*" >&2; exit 2; fi
            job=$2 out=$4 here='{_folder}'
            echo started >> "$here/starts"
            model() {'{'}
            {WriteModel.Replace("@manifest@", Manifest(), StringComparison.Ordinal)}
            {'}'}
            {script}

            """);
        writer.StandardInput.Close();
        writer.WaitForExit();
        Assert.Equal(0, writer.ExitCode);
    }

    /// <summary>Waits until it has written a file into its folder, and reads it.</summary>
    public async Task<string> WroteAsync(string name, CancellationToken cancellationToken)
    {
        var file = System.IO.Path.Combine(_folder, name);
        var patience = Stopwatch.StartNew();
        while (!File.Exists(file) || File.ReadAllText(file).Length == 0)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), $"The stand-in of the trainer has not written {name}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        return File.ReadAllText(file).Trim();
    }

    // What a job tells of itself stands in it as a command of the shell, for the program fills it in.
    private static string Manifest()
    {
        var until = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var count = FeatureSet.Names.Count;
        var manifest = new ModelManifest(
            "flat-20260101-aaaaaa", TinyModel.Family, until, until.AddYears(-1), until, ["EUR/USD"], FeatureSet.Names, new FeatureScaler([.. Enumerable.Repeat(0.0, count)], [.. Enumerable.Repeat(1.0, count)]), 0,
            "DATA", 99, "VERSION", new Dictionary<string, string>
            {
                ["fit.epochs"] = "EPOCHS", ["fit.threads"] = "THREADS", ["network.layers"] = "LAYERS", ["network.hidden"] = "HIDDEN", ["network.heads"] = "HEADS", ["network.location"] = "False",
            },
            [], new Dictionary<string, string> { [TinyModel.WeightsFile] = TinyModel.Sum("0.25") });
        return JsonSerializer.Serialize(manifest, ModelJson.Default.ModelManifest)
            .Replace("\"trained_until\": \"2001-01-01T00:00:00+00:00\"", "\"trained_until\": \"$(told validation_until)\"", StringComparison.Ordinal)
            .Replace("DATA", "$(told data_fingerprint)", StringComparison.Ordinal)
            .Replace("\"seed\": 99", "\"seed\": $(told seed)", StringComparison.Ordinal)
            .Replace("VERSION", "$(told code_version)", StringComparison.Ordinal)
            .Replace("EPOCHS", "$(told epochs)", StringComparison.Ordinal)
            .Replace("THREADS", "$(told threads)", StringComparison.Ordinal)
            .Replace("LAYERS", "$(told layers)", StringComparison.Ordinal)
            .Replace("HIDDEN", "$(told hidden)", StringComparison.Ordinal)
            .Replace("HEADS", "$(told heads)", StringComparison.Ordinal);
    }
}
