using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Registry.Mlflow;
using Cambist.App.Storage;
using Cambist.Domain.Forecasting.Models;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Registry;

public sealed class ModelSettingsTests
{
    [Theory]
    [InlineData("Forecasting:Models:KeepRetired", "many")]
    [InlineData("Forecasting:Models:KeepRetired", "-1")]
    [InlineData("Forecasting:Mlflow:Enabled", "perhaps")]
    [InlineData("Forecasting:Mlflow:ModelName", "fx/1")]
    [InlineData("Forecasting:Mlflow:ExperimentName", "it's")]
    [InlineData("Forecasting:Mlflow:Username", "ann")]
    [InlineData("Forecasting:Mlflow:Token", "s3cret\nX-Other: 1")]
    [InlineData("Forecasting:Mlflow:Token", "s3cret\u00e9")]
    public void A_value_that_is_not_allowed_is_named_by_its_key_and_no_secret_is_told(string key, string value)
    {
        var fault = Assert.Throws<WrongSettingException>(() => Add(new() { [key] = value }));

        Assert.StartsWith("Forecasting:", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("mlflow:5000")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://ann:s3cret@127.0.0.1:5000")]
    public void An_export_that_is_on_needs_an_address_without_secrets(string? address)
    {
        var fault = Assert.Throws<WrongSettingException>(() => Add(new() { ["Forecasting:Mlflow:Enabled"] = "true", ["Forecasting:Mlflow:BaseUrl"] = address }));

        Assert.Equal("Forecasting:Mlflow:BaseUrl", fault.Key);
        Assert.DoesNotContain("s3cret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_line_break_that_a_files_token_ends_with_is_no_part_of_it() =>
        Assert.Equal("s3cret", MlflowOptions.Read(Configuration(new() { ["Forecasting:Mlflow:Token"] = " s3cret\r\n" })).Token);

    [Fact]
    public void Models_lie_beside_the_database_unless_told_otherwise()
    {
        using var folder = new TemporaryFolder();
        using var store = SqliteStore.Open(folder.Path);

        Assert.Equal((folder.File("models"), 10), ModelsOptions.Default(store) is var options ? (options.Folder, options.KeepRetired) : default);
        Assert.Equal(Path.GetFullPath("/srv/models"), ModelsOptions.Read(Configuration(new() { ["Forecasting:Models:Folder"] = "/srv/models" }), store).Folder);
    }

    [Fact]
    public void A_family_has_a_name_of_its_own() => Assert.Throws<InvalidOperationException>(() =>
        new ModelLoader([new FamilyLoader("flat", TinyModel.Load), new FamilyLoader("flat", TinyModel.Load)]));

    [Fact]
    public void A_card_says_what_a_model_is_what_it_scored_and_how_to_make_it_again()
    {
        using var folder = new TemporaryFolder();
        var manifest = ModelFolder.Read(TinyModel.Write(folder.Path, "flat-1", pairs: [("EURUSD", true)])).Manifest with { Settings = new Dictionary<string, string> { ["a|b"] = "1\n2" } };

        var card = ModelCard.Of(manifest, ModelGate.Of(manifest)).Split('\n');

        Assert.Equal("# flat-1", card[0]);
        Assert.Contains("| crps_skill | 24 h | 0.009 |", card);
        Assert.Contains("| EURUSD | yes | 1.31 % | 0.002 | 11204 | 2021-01-01 | 2022-02-25 | 4 h |", card);
        Assert.Contains(@"| a\|b | 1 2 |", card);
        Assert.Contains("- pairs: EURUSD, USDJPY", card);
        Assert.Contains("cambist train --pairs EURUSD USDJPY --until 2020-01-01T00:00:00Z --seed 7", card);
        Assert.DoesNotContain(card, line => line.StartsWith("| gate.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cards_commands_ask_for_the_settings_that_the_model_was_trained_with()
    {
        using var folder = new TemporaryFolder();
        var manifest = ModelFolder.Read(TinyModel.Write(folder.Path, "flat-1")).Manifest with
        {
            TrainedUntil = new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(-1),
            Settings = new Dictionary<string, string>
            {
                ["fit.epochs"] = "3", ["fit.threads"] = "1", ["network.layers"] = "2", ["network.hidden"] = "32", ["network.heads"] = "8", ["network.location"] = "True",
            },
        };

        var card = ModelCard.Of(manifest, []).Split('\n');

        Assert.Contains(
            "Trainer__Layers=2 Trainer__Hidden=32 Trainer__Heads=8 Trainer__Mean=True cambist train --pairs EURUSD USDJPY --until 2020-12-31T23:59:59.9999999Z --seed 7 --epochs 3 --threads 1", card);
    }

    [Fact]
    public void No_p_of_a_card_is_nothing()
    {
        using var folder = new TemporaryFolder();
        var written = ModelFolder.Read(TinyModel.Write(folder.Path, "flat-1")).Manifest;
        var manifest = written with { Metrics = [.. written.Metrics, new ModelMetric("p_value_against_baseline", 1, 4.4e-6), new ModelMetric("p_value_against_baseline", 4, 0)] };

        var card = ModelCard.Of(manifest, [.. ModelGate.Of(manifest).Select(gate => gate with { PValue = 0.00002 })]).Split('\n');

        Assert.Contains("| p_value_against_baseline | 1 h | < 0.0001 |", card);
        Assert.Contains("| p_value_against_baseline | 4 h | < 0.0001 |", card);
        Assert.Contains("| all | yes | 1.31 % | < 0.0001 | 11204 | 2021-01-01 | 2022-02-25 | 4 h |", card);
    }

    [Fact]
    public void A_verdict_without_its_span_is_none()
    {
        using var folder = new TemporaryFolder();
        var manifest = ModelFolder.Read(TinyModel.Write(folder.Path, "flat-1")).Manifest;

        Assert.Single(ModelGate.Of(manifest));
        Assert.Empty(ModelGate.Of(manifest with { Metrics = [.. manifest.Metrics.Where(metric => metric.Name != "gate.until")] }));
        Assert.Empty(ModelGate.Of(manifest with { Metrics = [new ModelMetric("gate", null, 1), new ModelMetric("a.b.c.d", 1, 1)] }));
    }

    private static void Add(Dictionary<string, string?> settings)
    {
        using var folder = new TemporaryFolder();
        using var store = SqliteStore.Open(folder.Path);
        new ServiceCollection().AddModelSettings(Configuration(settings), store);
    }

    private static IConfigurationRoot Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
