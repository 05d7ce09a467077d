using System.Text.Json;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

[Collection(ImportedHistoryTests.Name)]
public sealed class TrainTests(ImportedHistory history)
{
    [Fact]
    public async Task A_run_on_two_pairs_and_one_epoch_makes_a_challenger_that_forecasts()
    {
        using var data = new TemporaryFolder();
        Copy(history.Data, data.Path);

        var trained = await CommandLine.RunAsync("train", "--pairs", "EURUSD", "GBPUSD", "--epochs", "1", "--threads", "1", "--seed", "7", "--json", "--data", data.Path);

        Assert.SkipWhen(trained.Error.Contains("libtorch", StringComparison.OrdinalIgnoreCase) && trained.ExitCode == 1, $"needs libtorch: {trained.Error}");
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
        Assert.Equal(1, again.ExitCode);
        Assert.Contains(id, again.Out, StringComparison.Ordinal); // The same seed on the same history is the same model, which is there already.
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

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
