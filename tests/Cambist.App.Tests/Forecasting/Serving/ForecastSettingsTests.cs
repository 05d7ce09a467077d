using Cambist.App.Forecasting.Record;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Forecasting.Training;
using Cambist.App.Storage;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Serving;

public sealed class ForecastSettingsTests
{
    [Theory]
    [InlineData("Forecasting:Serving:MostPairs", "15")]
    [InlineData("Forecasting:Serving:MostPairs", "many")]
    [InlineData("Forecasting:Record:Horizons:0", "25")]
    [InlineData("Forecasting:Record:KeepDays", "0")]
    [InlineData("Forecasting:Record:KeepRowsDays", "3")]
    [InlineData("Forecasting:Record:MostChallengers", "-1")]
    [InlineData("Forecasting:Fallback:CoverageError", "0")]
    [InlineData("Forecasting:Fallback:SkillFloor", "0.01")]
    [InlineData("Forecasting:Fallback:MinForecasts", "501")]
    [InlineData("Forecasting:Training:Enabled", "perhaps")]
    [InlineData("Forecasting:Training:At", "2 am")]
    [InlineData("Forecasting:Training:TimeZone", "Mars/Base")]
    [InlineData("Trainer:ExecutablePath", "/nowhere/trainer")]
    [InlineData("Trainer:Layers", "9")]
    [InlineData("Trainer:Hidden", "0")]
    [InlineData("Trainer:Heads", "-4")]
    [InlineData("Trainer:Mean", "perhaps")]
    public void A_value_that_is_not_allowed_is_named_by_its_key(string key, string value)
    {
        var fault = Assert.Throws<WrongSettingException>(() => Read(new() { [key] = value }));

        // What cannot be converted is named by its section, and the message names the key; a least number that does not fit into its window is named by the window.
        Assert.StartsWith(key.Split(':')[0], fault.Key, StringComparison.Ordinal);
        Assert.Contains(key is "Forecasting:Fallback:MinForecasts" ? "Forecasting:Fallback:Window" : key.Replace(":0", "", StringComparison.Ordinal), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_told_holds_and_the_rest_is_as_documented()
    {
        var services = Read(new()
        {
            ["Forecasting:Serving:MostPairs"] = "32", ["Forecasting:Record:Horizons:0"] = "24", ["Forecasting:Record:Horizons:1"] = "2", ["Forecasting:Training:At"] = "03:30", ["Forecasting:Training:TimeZone"] = "Europe/Berlin",
        });

        Assert.Equal(32, services.GetRequiredService<ForecastingOptions>().MostPairs);
        Assert.Equal([2, 24], services.GetRequiredService<RecordOptions>().RecordedHours);
        Assert.Equal([1, 4, 12, 24], new RecordOptions().RecordedHours);
        Assert.Equal((400, 60), (services.GetRequiredService<RecordOptions>().KeepDays, services.GetRequiredService<RecordOptions>().KeepRowsDays));
        var fallback = services.GetRequiredService<FallbackOptions>();
        Assert.Equal((0.08, -0.03, 500, 250), (fallback.CoverageError, fallback.SkillFloor, fallback.Window, fallback.MinForecasts));
        var training = services.GetRequiredService<TrainingOptions>();
        Assert.Equal((null, new TimeOnly(3, 30), "Europe/Berlin"), (training.Enabled, training.At, training.Zone.Id));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("false", false)]
    public void Challengers_are_promoted_by_the_program_unless_told_otherwise(string? told, bool isOn)
    {
        using var folder = new TemporaryFolder();
        using var store = SqliteStore.Open(folder.Path);

        Assert.Equal(isOn, ModelsOptions.Read(Configuration(new() { ["Forecasting:Models:AutoPromote"] = told }), store).AutoPromote);
        Assert.Throws<WrongSettingException>(() => ModelsOptions.Read(Configuration(new() { ["Forecasting:Models:AutoPromote"] = "maybe" }), store));
    }

    private static ServiceProvider Read(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddForecastSettings(Configuration(settings)).AddTrainingSettings(Configuration(settings)).BuildServiceProvider();

    private static IConfigurationRoot Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
