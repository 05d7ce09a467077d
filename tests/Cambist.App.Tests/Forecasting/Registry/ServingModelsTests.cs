using System.Runtime.CompilerServices;
using Cambist.App.Forecasting.Registry;
using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Registry;

public sealed class ServingModelsTests : IDisposable
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");

    private readonly ModelHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public void Without_a_champion_the_baseline_serves()
    {
        _house.Register("flat-1");

        Assert.Equal(new ServingModel(null, null, "no model is champion"), _house.Serving.For(EurUsd));
        Assert.Equal("flat-1", Assert.Single(_house.Serving.Challengers(3)).Row.Id);
    }

    [Fact]
    public void The_champion_serves_a_pair_either_way_round_by_the_verdict_on_it()
    {
        _house.Crown("flat-1", pairs: [("EURUSD", true), ("USDJPY", false)]);

        var (good, inverse, bad) = (_house.Serving.For(EurUsd), _house.Serving.For(EurUsd.Inverse), _house.Serving.For(UsdJpy));

        Assert.Equal(("flat-1", "EURUSD"), (good.Model!.Row.Id, good.Gate!.Pair));
        Assert.Same(good.Model.Volatility, inverse.Model!.Volatility);
        Assert.Equal((null, null), (bad.Model, bad.Gate));
        Assert.Equal("flat-1 has not passed its gate for USD/JPY (CRPS 0.20 % worse than the baseline, p = 0.6, 11,204 forecasts)", bad.Why);
    }

    [Theory]
    [InlineData(true, "flat-1")]
    [InlineData(false, null)]
    [InlineData(null, null)]
    public void A_pair_that_nobody_measured_is_served_by_the_verdict_over_all_pairs(bool? pooled, string? serves)
    {
        _house.Crown("flat-1", pooled, pairs: [("EURUSD", true)]);

        Assert.Equal(serves, _house.Serving.For(UsdJpy).Model?.Row.Id);
        Assert.Equal("flat-1", _house.Serving.For(EurUsd).Model?.Row.Id);
    }

    [Fact]
    public void A_mean_counts_only_at_horizons_proven_for_the_pair_itself()
    {
        _house.Crown("flat-1", pairs: [("EURUSD", true)]);

        var family = _house.Serving.For(EurUsd).Model!.Family();

        Assert.Equal([4], family.MeanHours(EurUsd));
        Assert.Empty(family.MeanHours(EurUsd.Inverse)); // A model need not expect the opposite of the opposite.
        Assert.Empty(family.MeanHours(UsdJpy)); // Passed over all pairs alone.
    }

    [Theory]
    [InlineData("weights.txt", "0.9", "weights.txt is not the file that was trained")]
    [InlineData("weights.txt", null, "weights.txt is missing")]
    [InlineData("model.json", "{", "model.json cannot be read")]
    [InlineData("model.json", null, "a file model.json, there is none")]
    public void A_champion_that_is_not_whole_does_not_serve_until_it_is_mended(string file, string? content, string told)
    {
        _house.Crown("flat-1");
        var path = _house.PathOf("flat-1", file);
        var before = File.ReadAllText(path);
        Spoil(path, content);

        var broken = _house.Serving.For(EurUsd);
        Assert.Null(broken.Model);
        Assert.Contains(told, broken.Why, StringComparison.Ordinal);
        Assert.DoesNotContain(_house.Options.Folder, broken.Why, StringComparison.Ordinal);

        File.WriteAllText(path, before);
        Assert.Null(_house.Serving.For(EurUsd).Model);
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("flat-1", _house.Serving.For(EurUsd).Model?.Row.Id);
    }

    [Fact]
    public void A_manifest_that_was_changed_after_registration_is_told_though_every_file_is_whole()
    {
        _house.Crown("flat-1");
        TinyModel.Edit(_house.PathOf("flat-1"), json => json["lookback"] = 5);

        Assert.Contains("not what was registered", _house.Serving.For(EurUsd).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_loaded_serves_on_when_the_files_go_and_when_the_database_does()
    {
        _house.Crown("flat-1");
        var loaded = _house.Serving.For(EurUsd).Model!.Volatility;
        Directory.Delete(_house.PathOf("flat-1"), recursive: true);
        using (var connection = _house.Database.Connect())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "ALTER TABLE model_event RENAME TO gone;";
            command.ExecuteNonQuery();
        }

        _house.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Same(loaded, _house.Serving.For(EurUsd).Model!.Volatility);
    }

    [Fact]
    public void A_challenger_that_is_not_whole_is_left_out()
    {
        _house.Register("flat-1");
        _house.Register("flat-2");
        File.Delete(_house.PathOf("flat-2", TinyModel.WeightsFile));

        Assert.Equal(["flat-1"], _house.Serving.Challengers(3).Select(model => model.Row.Id));
        Assert.Throws<ModelFaultException>(() => _house.Serving.Load("flat-2"));
        Assert.Equal("not_found", Assert.Throws<ModelFaultException>(() => _house.Serving.Load("flat-3")).Code);
    }

    [Fact]
    public void No_more_challengers_are_loaded_than_are_asked_for()
    {
        foreach (var id in new[] { "flat-1", "flat-2", "flat-3" })
        {
            _house.Register(id);
        }

        Assert.Equal(["flat-1", "flat-2"], _house.Serving.Challengers(2).Select(model => model.Row.Id));
        Directory.Delete(_house.Options.Folder, recursive: true);

        // What is in memory goes on without its files.
        Assert.Equal(["flat-1", "flat-2"], _house.Serving.Challengers(3).Select(model => model.Row.Id));
    }

    [Fact]
    public void One_that_is_not_whole_takes_no_other_challengers_seat()
    {
        _house.Register("flat-1");
        _house.Register("flat-2");
        File.Delete(_house.PathOf("flat-1", TinyModel.WeightsFile));

        Assert.Equal(["flat-2"], _house.Serving.Challengers(1).Select(model => model.Row.Id));
    }

    [Fact]
    public void Telling_of_models_loads_none_but_the_champion()
    {
        _house.Crown("flat-1");
        _house.Register("flat-2");

        Assert.All(_house.Service<ModelsWire>().All().Models, model => Assert.Null(model.Fault));
        Assert.Equal("flat-2", _house.Serving.ManifestOf("flat-2")!.Id);
        Directory.Delete(_house.Options.Folder, recursive: true);

        Assert.NotNull(_house.Serving.Champion());
        Assert.Empty(_house.Serving.Challengers(1));
    }

    [Fact]
    public void A_challenger_whose_files_are_damaged_is_told_so_without_being_loaded()
    {
        _house.Register("flat-1");
        File.WriteAllText(_house.PathOf("flat-1", TinyModel.WeightsFile), "0.9");

        Assert.Contains("not the file that was trained", Assert.Single(_house.Service<ModelsWire>().All().Models).Fault, StringComparison.Ordinal);
        Assert.Null(_house.Serving.ManifestOf("flat-1"));
    }

    [Fact]
    public void A_model_that_was_retired_is_freed_once_nobody_holds_it()
    {
        _house.Crown("flat-1");
        _house.Register("flat-2");
        var (champion, challenger) = (InMemory("flat-1"), InMemory("flat-2"));

        _house.Registry.Retire("flat-2", ModelActor.Operator, "not wanted");
        Assert.NotNull(_house.Serving.Champion());
        Collect();

        Assert.Equal((true, false), (champion.IsAlive, challenger.IsAlive));
    }

    // A frame of its own, or the caller's would hold the model.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference InMemory(string id) => new(_house.Serving.Load(id).Volatility);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static void Spoil(string path, string? content)
    {
        if (content is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllText(path, content);
        }
    }
}
