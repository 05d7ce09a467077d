using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Registry;

/// <summary>The commands over models. The program does not know the family of these tests, so to it no model is whole.</summary>
public sealed class ModelsCommandTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Models_are_listed_within_80_columns_with_who_serves_and_why()
    {
        Register("flat-20200101-3fa94c", "flat-20200101-9c1d00");

        var (plain, json) = (await RunAsync("models", "list"), (await RunAsync("models", "list", "--json")).Json());

        Assert.Equal(0, plain.ExitCode);
        Assert.All(plain.Out.Split('\n').Take(6), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.Contains("flat-20200101-3fa94c", plain.Out, StringComparison.Ordinal);
        Assert.Equal("baseline", json.GetProperty("serving").GetString());
        Assert.Contains("found 'flat'", json.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(["champion", "challenger"], json.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("stage").GetString()));
    }

    [Fact]
    public async Task A_model_is_shown_with_its_verdicts_its_history_and_its_card()
    {
        Register("flat-1");

        var (plain, json) = (await RunAsync("models", "show", "flat-1"), (await RunAsync("models", "show", "flat-1", "--json")).Json());

        Assert.Contains("# flat-1", plain.Out, StringComparison.Ordinal);
        Assert.Contains("promoted by operator", plain.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(["promoted", "registered"], json.GetProperty("history").EnumerateArray().Select(happened => happened.GetProperty("what").GetString()));
        Assert.True(json.GetProperty("history")[0].GetProperty("figures").GetProperty("gate").GetProperty("passed").GetBoolean());
        Assert.Equal(_data.File("models/flat-1"), json.GetProperty("folder").GetString());
    }

    [Theory]
    [InlineData(1, "model_not_found", "models", "show", "nope-1")]
    [InlineData(1, "model_not_found", "models", "promote", "nope-1", "--force")]
    [InlineData(1, "unknown_family", "models", "promote", "flat-2")]
    [InlineData(1, "gate_not_passed", "models", "promote", "flat-3")]
    [InlineData(1, "already_champion", "models", "promote", "flat-1")]
    [InlineData(1, "no_predecessor", "models", "rollback", "--reason", "worse")]
    [InlineData(1, "mlflow_failed", "models", "export", "flat-1")]
    [InlineData(2, "bad_usage", "models", "promote")]
    [InlineData(2, "bad_usage", "models", "promote", "flat-1", "--forse")]
    [InlineData(2, "bad_usage", "models", "demote", "flat-1")]
    public async Task What_cannot_be_done_is_a_problem_with_its_code_and_changes_nothing(int exit, string code, params string[] arguments)
    {
        Register("flat-1", "flat-2");
        Register(passed: null, "flat-3");

        var run = await RunAsync([.. arguments, "--json"]);

        Assert.Equal((exit, code), (run.ExitCode, run.Json().GetProperty("code").GetString()));
        using var store = SqliteStore.Open(_data.Path);
        Assert.Equal("flat-1", new ModelStore(store).Read().Champion!.Id);
    }

    [Fact]
    public async Task The_doctor_says_which_models_are_not_whole_and_who_serves()
    {
        Register("flat-1");

        var checks = (await RunAsync("doctor", "--json")).Json().GetProperty("checks").EnumerateArray().ToLookup(check => check.GetProperty("name").GetString());

        var model = checks["model"].Single();
        Assert.Equal("warning", model.GetProperty("status").GetString());
        Assert.StartsWith("the baseline serves", model.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("flat-1", model.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("off", checks["mlflow"].Single().GetProperty("status").GetString());
        Assert.Single(checks["forecasts"]);
    }

    [Fact]
    public async Task The_doctor_knows_every_documented_key_and_finds_misspelt_sections()
    {
        var run = await CommandLine.RunAsync(
            new Dictionary<string, string>
            {
                ["Forecasting__Models__ShippedFolder"] = "/no/model/was/shipped", ["Trainer__Layers"] = "2", ["Trainer__Hiden"] = "64", ["Forecasting__Fallbak__Window"] = "500", ["Forecasting__Models__KeepRetird"] = "3",
            },
            "doctor", "--json", "--data", _data.Path);

        var told = run.Json().GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("name").GetString() == "configuration" && check.GetProperty("status").GetString() == "warning");
        Assert.Equal(
            ["Did you mean Forecasting:Fallback?", "Did you mean Forecasting:Models:KeepRetired?", "Did you mean Trainer:Hidden?"],
            told.Select(check => check.GetProperty("mend").GetString()!.Split(" Known are ")[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task With_PostgreSQL_models_lie_in_the_folder_of_data_that_the_command_names()
    {
        using var postgres = new TestDatabase(Engine.Postgres);

        var run = await CommandLine.RunAsync("models", "list", "--database", postgres.Place, "--data", _data.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.NotEmpty(Directory.GetDirectories(_data.File("models"), "ensemble-*")); // The one that came with the program.
    }

    [Fact]
    public async Task With_PostgreSQL_the_service_keeps_models_in_the_folder_of_data_that_it_is_given()
    {
        using var postgres = new TestDatabase(Engine.Postgres);
        using var store = postgres.Open();

        await using var app = CambistHost.Build("http://127.0.0.1:0", store, new MarketFacts(MarketMode.Live), _ => { }, data: _data.Path);

        Assert.Equal(_data.File("models"), app.Services.GetRequiredService<ModelsOptions>().Folder);
    }

    // The first of them becomes champion where there is none.
    private void Register(params string[] ids) => Register(passed: true, ids);

    private void Register(bool? passed, params string[] ids)
    {
        using var store = SqliteStore.Open(_data.Path);
        using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<Database>(store).AddModels().AddModelFamily(TinyModel.Family, TinyModel.Load).BuildServiceProvider();
        var registry = services.GetRequiredService<ModelRegistry>();
        using var drafts = new TemporaryFolder();
        foreach (var id in ids)
        {
            registry.Register(TinyModel.Write(drafts.Path, id, passed), ModelOrigin.Trained, ModelActor.Gate, "a test");
        }

        if (registry.Store.Read().Champion is null)
        {
            registry.Promote(ids[0], ModelActor.Operator);
        }
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(new Dictionary<string, string> { ["Forecasting__Models__ShippedFolder"] = "/no/model/was/shipped" }, [.. arguments, "--data", _data.Path]);
}
