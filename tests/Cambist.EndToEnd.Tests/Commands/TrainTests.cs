using System.Diagnostics;
using System.Text.Json;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

[Collection(ImportedHistoryTests.Name)]
public sealed class TrainTests(ImportedHistory history) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_on_two_pairs_and_one_epoch_makes_a_challenger_that_forecasts()
    {
        using var data = new TemporaryFolder();
        Copy(history.Data, data.Path);

        var trained = await CommandLine.RunAsync("train", "--pairs", "EURUSD", "GBPUSD", "--epochs", "1", "--threads", "1", "--seed", "7", "--json", "--data", data.Path);

        Assert.SkipWhen(LacksLibtorch(trained), $"needs libtorch: {trained.Out}");
        Assert.True(trained.ExitCode == 0, trained.Error + trained.Out);
        var model = trained.Json();
        var id = model.GetProperty("id").GetString()!;
        Assert.Equal(("ensemble", "challenger"), (model.GetProperty("family").GetString(), model.GetProperty("stage").GetString()));
        Assert.Equal(JsonValueKind.Null, model.GetProperty("fault").ValueKind);
        Assert.NotEmpty(model.GetProperty("gates").EnumerateArray());

        var evaluated = await CommandLine.RunAsync(
            "evaluate", "forecasts", "--pair", "USDJPY", "--from", "2026-02-09", "--to", "2026-02-13", "--model", id, "--data", data.Path);
        Assert.Equal(0, evaluated.ExitCode);
        Assert.Equal(1 + 20 * 24, evaluated.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var again = await CommandLine.RunAsync("train", "--pairs", "EURUSD", "GBPUSD", "--epochs", "1", "--threads", "1", "--seed", "7", "--json", "--data", data.Path);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(id, again.Json().GetProperty("id").GetString()); // The same seed on the same history is the same model, which is there already.
        Assert.StartsWith("Nothing new: ", again.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(data.File("training")));
    }

    [Fact]
    public async Task Where_libtorch_does_not_load_the_trainers_words_are_told()
    {
        var trainer = Script("echo 'libtorch does not load: no such file. What helps: a build.' >&2; exit 3");
        using var data = new TemporaryFolder();
        Copy(history.Data, data.Path);

        var told = await CommandLine.RunAsync(trainer, "train", "--pairs", "EURUSD", "GBPUSD", "--json", "--data", data.Path);

        Assert.True(LacksLibtorch(told), told.Out + told.Error);
        Assert.Equal("training_failed", told.Json().GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_training_that_is_killed_takes_its_trainer_along()
    {
        // Its input ends with the program that holds the other end, however that ends.
        var trainer = Script($"""[ "$5" = --while-stdin ] || exit 2; echo $$ > '{_folder.File("begun")}'; cat; echo ended > '{_folder.File("ended")}'""");
        using var data = new TemporaryFolder();
        Copy(history.Data, data.Path);
        await using var training = CommandLine.Start(trainer, "train", "--pairs", "EURUSD", "GBPUSD", "--json", "--data", data.Path);
        await WrittenAsync(_folder.File("begun"));
        Assert.False(File.Exists(_folder.File("ended")));

        await training.SignalAsync("KILL");

        await WrittenAsync(_folder.File("ended"));
    }

    [Theory]
    [InlineData("--pairs", "CHFJPY", "history_not_found")]
    [InlineData("--until", "2024-05-01", "history_too_short")]
    [InlineData("--pairs", "EUREUR", "unknown_pair")]
    [InlineData("--until", "soon", "invalid_deadline")]
    public async Task What_cannot_be_trained_is_told(string option, string value, string code)
    {
        var told = await CommandLine.RunAsync("train", option, value, "--json", "--data", history.Data);

        Assert.NotEqual(0, told.ExitCode);
        Assert.Equal(code, told.Json().GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_trainer_that_is_not_there_is_told_with_the_remedy()
    {
        var told = await CommandLine.RunAsync(new Dictionary<string, string> { ["Trainer__ExecutablePath"] = "/nowhere/cambist-trainer" }, "train", "--json", "--data", history.Data);

        Assert.Equal(2, told.ExitCode);
        Assert.Equal("wrong_setting", told.Json().GetProperty("code").GetString());
    }

    // With --json a problem is on standard output.
    private static bool LacksLibtorch(CommandResult told) => told.ExitCode == 1 && told.Out.Contains("libtorch does not load", StringComparison.Ordinal);

    private Dictionary<string, string> Script(string commands)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        var path = _folder.File("trainer");
        File.WriteAllText(path, $"#!/bin/sh\n{commands}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new Dictionary<string, string> { ["Trainer__ExecutablePath"] = path };
    }

    private static async Task WrittenAsync(string file)
    {
        var patience = Stopwatch.StartNew();
        while (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), $"{Path.GetFileName(file)} was not written.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
