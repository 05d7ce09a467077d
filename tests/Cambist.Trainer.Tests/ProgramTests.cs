using Cambist.TestKit;
using Cambist.Trainer.Trees;
using Xunit;

namespace Cambist.Trainer.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_run_started_again_ends_in_the_same_model()
    {
        Torch.Require();
        // Nothing judges, so the last weights are kept: every step counts.
        var job = TrainerProgram.SmallJob(_folder.Path);
        job = job with { Spans = job.Spans with { ValidationFrom = null, ValidationUntil = null }, Fit = job.Fit with { Epochs = 30 } };
        var path = TrainerProgram.Save(_folder.Path, job);
        var undisturbed = await TrainerProgram.RunAsync(TrainerProgram.Path, Cancel, "--job", path, "--out", _folder.File("one"));
        Assert.True(undisturbed.Code == 0, undisturbed.Error);

        using (var killed = TrainerProgram.Start(TrainerProgram.Path, "--job", path, "--out", _folder.File("two")))
        {
            for (var epochs = 0; epochs < 3;)
                epochs += (await killed.StandardOutput.ReadLineAsync(Cancel))!.Contains("\"event\":\"epoch\"", StringComparison.Ordinal) ? 1 : 0;
            killed.Kill();
            await killed.WaitForExitAsync(Cancel);
        }

        Assert.False(Directory.Exists(_folder.File("two")));
        var again = await TrainerProgram.RunAsync(TrainerProgram.Path, Cancel, "--job", path, "--out", _folder.File("two"));

        Assert.DoesNotContain("\"resumed_after_epoch\":0", again.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder.File("one"), "model.onnx")), File.ReadAllBytes(Path.Combine(_folder.File("two"), "model.onnx")));
    }

    [Fact]
    public async Task It_ends_with_the_program_that_holds_its_input()
    {
        Torch.Require();
        var job = TrainerProgram.SmallJob(_folder.Path);
        var path = TrainerProgram.Save(_folder.Path, job with { Fit = job.Fit with { Epochs = 10_000, Patience = 10_000 } });
        using var orphan = TrainerProgram.StartWithInput("--job", path, "--out", _folder.File("model"), "--while-stdin");
        await orphan.StandardInput.WriteLineAsync("this is passed over".AsMemory(), Cancel);
        await orphan.StandardInput.FlushAsync(Cancel);
        for (var epochs = 0; epochs < 2;)
            epochs += (await orphan.StandardOutput.ReadLineAsync(Cancel))!.Contains("\"event\":\"epoch\"", StringComparison.Ordinal) ? 1 : 0;

        orphan.StandardInput.Close();

        await orphan.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.NotEqual(0, orphan.ExitCode);
        Assert.False(Directory.Exists(_folder.File("model")));
        Assert.True(File.Exists(_folder.File("model.checkpoint")));
    }

    [Fact]
    public async Task By_hand_it_needs_no_input()
    {
        Torch.Require();
        var job = TrainerProgram.SmallJob(_folder.Path);
        var path = TrainerProgram.Save(_folder.Path, job with { Fit = job.Fit with { Epochs = 1 } });
        using var run = TrainerProgram.StartWithInput("--job", path, "--out", _folder.File("model"));
        run.StandardInput.Close();
        var output = run.StandardOutput.ReadToEndAsync(Cancel);

        await run.WaitForExitAsync(Cancel);

        Assert.Contains("\"event\":\"done\"", await output, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Where_libtorch_is_missing_the_program_says_what_to_do()
    {
        var program = WithoutLibtorch();
        var job = TrainerProgram.Save(_folder.Path, TrainerProgram.SmallJob(_folder.Path));

        var (code, output, error) = await TrainerProgram.RunAsync(program, Cancel, "--job", job, "--out", _folder.File("model"));

        Assert.Equal(3, code);
        Assert.StartsWith("libtorch does not load: ", error, StringComparison.Ordinal);
        Assert.Contains("What helps: ", error, StringComparison.Ordinal);
        Assert.Equal(error.Trim(), TrainerProgram.LastLine(output).Problem);
        Assert.False(Directory.Exists(Path.Combine(Path.GetDirectoryName(program)!, "cpu")));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trees_need_no_libtorch()
    {
        Assert.SkipUnless(LightGbm.WhyItDoesNotLoad() is null, LightGbm.WhyItDoesNotLoad() ?? "");
        var job = TrainerProgram.Save(_folder.Path, TrainerProgram.TreesJob(_folder.Path, 7));

        var (code, output, error) = await TrainerProgram.RunAsync(WithoutLibtorch(), Cancel, "--job", job, "--out", _folder.File("model"));

        Assert.True(code == 0, error);
        Assert.Equal("done", TrainerProgram.LastLine(output).Event);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_told_as_such_wherever_libraries_are()
    {
        var (code, _, error) = await TrainerProgram.RunAsync(WithoutLibtorch(), Cancel, "--job", _folder.File("none.json"), "--out", _folder.File("model"));

        Assert.Equal(2, code);
        Assert.Contains("none.json", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_expected_ends_in_a_line_that_says_where()
    {
        // No file can have this name, and the system says so in a way that no other name makes it say.
        var job = TrainerProgram.SmallJob(_folder.Path);
        var path = TrainerProgram.Save(_folder.Path, job with { Pairs = [new PairFile("EUR/USD", "a\0b")] });

        var (code, output, error) = await TrainerProgram.RunAsync(TrainerProgram.Path, Cancel, "--job", path, "--out", _folder.File("model"));

        Assert.Equal(1, code);
        Assert.Contains("ArgumentException", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        var line = TrainerProgram.LastLine(output);
        Assert.Equal("problem", line.Event);
        Assert.Contains(nameof(TrainingRun), line.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lightgbm_refuses_is_the_jobs_fault() => Assert.Equal(ExitCode.Job, ExitCode.Of(new LightGbmException("BoosterCreate", "no")));

    [Theory]
    [InlineData("", "job.json")]
    [InlineData("""{"pairs":[]}""", "features")]
    [InlineData("""{"surprise":1}""", "surprise")]
    public async Task A_job_that_cannot_be_read_is_refused(string text, string named)
    {
        Torch.Require();
        var job = _folder.File("job.json");
        await File.WriteAllTextAsync(job, text, Cancel);

        var (code, _, error) = await TrainerProgram.RunAsync(TrainerProgram.Path, Cancel, "--job", job, "--out", _folder.File("model"));

        Assert.Equal(2, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_model_cannot_be_stored_nothing_is_left_half_written()
    {
        Torch.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A limit on the size of files is set with a Linux shell.");
        var job = TrainerProgram.SmallJob(_folder.Path);
        var path = TrainerProgram.Save(_folder.Path, job with { Fit = job.Fit with { Epochs = 1 } });

        // No file may be longer than 4 KiB: what a full disk does, without filling one. The runtime itself wants no such file where it does not protect its code.
        var (code, _, error) = await TrainerProgram.RunAsync(
            "/bin/sh", Cancel, "-c", "trap '' XFSZ; ulimit -f 8; export DOTNET_EnableWriteXorExecute=0; exec \"$0\" --job \"$1\" --out \"$2\"", TrainerProgram.Path, path, _folder.File("model"));

        Assert.Equal(4, code);
        Assert.Contains("could not be written", error, StringComparison.Ordinal);
        Assert.Equal(["1.features", "2.features", "job.json"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_models_folder_is_never_written_twice()
    {
        Torch.Require();
        var path = TrainerProgram.Save(_folder.Path, TrainerProgram.SmallJob(_folder.Path));
        Directory.CreateDirectory(_folder.File("model"));

        var (code, _, error) = await TrainerProgram.RunAsync(TrainerProgram.Path, Cancel, "--job", path, "--out", _folder.File("model"));

        Assert.Equal(2, code);
        Assert.Contains("is there already", error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // The program with all of its libraries but those of libtorch.
    private string WithoutLibtorch()
    {
        var folder = _folder.File("program");
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetFileName(file);
            var isNative = Path.GetExtension(name) is ".so" or ".dylib" || file.Contains($"{Path.DirectorySeparatorChar}native{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
            if (isNative && !name.Contains("lightgbm", StringComparison.Ordinal) && !name.Contains("onnxruntime", StringComparison.Ordinal))
                continue;

            var copy = Path.Combine(folder, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return Path.Combine(folder, TrainerProgram.Name);
    }
}
