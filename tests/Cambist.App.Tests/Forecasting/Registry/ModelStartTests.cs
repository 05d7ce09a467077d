using System.Text.Json.Nodes;
using Cambist.App.Forecasting.Registry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Registry;

/// <summary>What a start finds: models that came with the program, and what broke off before.</summary>
public sealed class ModelStartTests : IDisposable
{
    private readonly ModelHouse _house = new(keepRetired: 0);

    public void Dispose() => _house.Dispose();

    [Fact]
    public void The_first_model_that_came_with_the_program_is_champion_at_once()
    {
        Ship("flat-1", daysLater: 0);
        Start();

        var champion = _house.Book.Champion!;
        Assert.Equal(("flat-1", ModelOrigin.Shipped), (champion.Id, champion.Origin));
        Assert.Equal(["promoted", "registered"], _house.Registry.Store.Events("flat-1").Select(happened => happened.What));
    }

    [Fact]
    public void One_that_has_not_passed_its_gate_stays_a_challenger()
    {
        TinyModel.Write(_house.Options.ShippedFolder, "flat-1", passed: false);
        Start();

        Assert.Equal(ModelStage.Challenger, Assert.Single(_house.Book.Models).Stage);
    }

    [Fact]
    public void A_newer_one_replaces_an_older_one_that_came_with_the_program()
    {
        Ship("flat-1", daysLater: 0);
        Start();
        Ship("flat-2", daysLater: 30);
        Start();

        Assert.Equal(("flat-2", "flat-1"), (_house.Book.Champion!.Id, _house.Book.Champion.Predecessor));
        Assert.Contains("newer", _house.Registry.Store.Events("flat-2")[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_one_is_a_challenger_where_the_champion_was_trained_here()
    {
        _house.Crown("flat-0");
        Ship("flat-1", daysLater: 30);
        Start();

        Assert.Equal("flat-0", _house.Book.Champion!.Id);
        Assert.Equal(ModelStage.Challenger, _house.Book.Find("flat-1")!.Stage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_first_start_that_was_killed_before_the_promotion_is_made_up_for_at_the_next(bool hadRow)
    {
        Ship("flat-1", daysLater: 0);
        RegisterAsKilled("flat-1", hadRow);
        Start();

        Assert.Equal(("flat-1", ModelOrigin.Shipped), (_house.Book.Champion!.Id, _house.Book.Champion.Origin));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void So_is_one_that_was_killed_before_a_newer_one_replaced_the_older(bool hadRow)
    {
        Ship("flat-1", daysLater: 0);
        Start();
        Ship("flat-2", daysLater: 30);
        RegisterAsKilled("flat-2", hadRow);
        Start();

        Assert.Equal("flat-2", _house.Book.Champion!.Id);
    }

    [Fact]
    public void What_an_operator_went_back_to_stays_champion()
    {
        Ship("flat-1", daysLater: 0);
        Start();
        _house.Crown("flat-9");
        Ship("flat-2", daysLater: 30);
        Start();
        _house.Registry.RollBack(ModelActor.Operator);
        Start();

        Assert.Equal(("flat-1", ModelStage.Challenger), (_house.Book.Champion!.Id, _house.Book.Find("flat-2")!.Stage));
    }

    [Fact]
    public void One_that_was_retired_is_not_promoted_by_a_start()
    {
        Ship("flat-1", daysLater: 0);
        RegisterAsKilled("flat-1", hadRow: true);
        _house.Registry.Retire("flat-1", ModelActor.Operator, "not wanted");
        Start();

        Assert.Null(_house.Book.Champion);
    }

    [Fact]
    public void One_that_was_retired_and_deleted_does_not_come_back()
    {
        Ship("flat-1", daysLater: 0);
        Start();
        _house.Crown("flat-2");
        _house.Crown("flat-3");
        Assert.Null(_house.Book.Find("flat-1"));
        Start();

        Assert.Null(_house.Book.Find("flat-1"));
    }

    [Fact]
    public void Its_files_are_brought_back_from_the_copy_beside_the_program()
    {
        Ship("flat-1", daysLater: 0);
        Start();
        Directory.Delete(_house.PathOf("flat-1"), recursive: true);
        Start();

        _house.Registry.Folder(_house.Book.Champion!);
    }

    [Fact]
    public void So_is_a_manifest_that_was_changed_though_every_file_is_whole()
    {
        Ship("flat-1", daysLater: 0);
        Start();
        TinyModel.Edit(_house.PathOf("flat-1"), json => json["lookback"] = 5);
        Start();

        _house.Registry.Folder(_house.Book.Champion!);
    }

    [Fact]
    public void A_broken_one_disturbs_neither_the_start_nor_the_others()
    {
        TinyModel.Write(_house.Options.ShippedFolder, "flat-1");
        File.WriteAllText(Path.Combine(_house.Options.ShippedFolder, "flat-1", TinyModel.WeightsFile), "changed");
        Ship("flat-2", daysLater: 1);
        Start();

        Assert.Equal(["flat-2"], _house.Book.Models.Select(model => model.Id));
    }

    [Fact]
    public void A_registration_that_broke_off_before_its_row_is_brought_to_its_end()
    {
        // The files are in their place and the process was killed before it wrote the row.
        var source = ModelFolder.Read(TinyModel.Write(_house.Drafts, "flat-1"));
        var note = new RegistrationNote(ModelOrigin.Trained, ModelActor.Gate, "trained tonight", ModelGate.Of(source.Manifest));
        _house.Service<ModelFiles>().Install(source, note);
        Start();

        var model = Assert.Single(_house.Book.Models);
        Assert.Equal((ModelStage.Challenger, ModelOrigin.Trained, true), (model.Stage, model.Origin, _house.Book.PooledGate("flat-1")!.Passed));
        Assert.StartsWith("trained tonight", _house.Registry.Store.Events("flat-1")[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registration_that_broke_off_while_it_copied_leaves_nothing()
    {
        var left = Directory.CreateDirectory(Path.Combine(_house.Options.Folder, ".incoming-flat-1-0f3c"));
        File.WriteAllText(Path.Combine(left.FullName, "model.json"), "{");
        left.LastWriteTimeUtc = ModelHouse.Now.UtcDateTime.AddHours(-2);
        var atWork = Directory.CreateDirectory(Path.Combine(_house.Options.Folder, ".incoming-flat-2-0f3c"));
        atWork.LastWriteTimeUtc = ModelHouse.Now.UtcDateTime.AddMinutes(-2);
        Start();

        Assert.Equal([".incoming-flat-2-0f3c"], Directory.GetDirectories(_house.Options.Folder).Select(Path.GetFileName));
        Assert.Empty(_house.Book.Models);
    }

    [Fact]
    public void A_deletion_that_broke_off_after_its_row_is_brought_to_its_end()
    {
        _house.Crown("flat-1");
        _house.Crown("flat-2");
        _house.Crown("flat-3");
        TinyModel.Write(_house.Options.Folder, "flat-1");
        Directory.SetLastWriteTimeUtc(_house.PathOf("flat-1"), ModelHouse.Now.UtcDateTime.AddHours(-2));
        Start();

        Assert.Null(_house.Book.Find("flat-1"));
        Assert.False(Directory.Exists(_house.PathOf("flat-1")));
    }

    [Fact]
    public void Files_of_a_deleted_model_that_is_being_brought_again_are_left_to_whoever_brings_it()
    {
        _house.Crown("flat-1");
        _house.Crown("flat-2");
        _house.Crown("flat-3");
        Assert.Null(_house.Book.Find("flat-1"));

        // Somebody has brought its files and is about to write the row.
        var source = ModelFolder.Read(TinyModel.Write(_house.Drafts, "flat-1"));
        _house.Service<ModelFiles>().Install(source, new RegistrationNote(ModelOrigin.Imported, ModelActor.Operator, "again", []));
        Directory.SetLastWriteTimeUtc(_house.PathOf("flat-1"), ModelHouse.Now.UtcDateTime);
        Start();

        Assert.Equal(source.Fingerprint, ModelFolder.Read(_house.PathOf("flat-1")).Fingerprint);
    }

    [Fact]
    public void A_strange_folder_among_the_models_is_left_alone()
    {
        Directory.CreateDirectory(_house.PathOf("flat-7"));
        File.WriteAllText(_house.PathOf("flat-7", "notes.txt"), "mine");
        Start();

        Assert.True(File.Exists(_house.PathOf("flat-7", "notes.txt")));
        Assert.Empty(_house.Book.Models);
    }

    public static TheoryData<Action<JsonObject>> StrangeManifests => new()
    {
        json => json["members"] = new JsonArray(new JsonObject { ["weight"] = 1 }),
        json => json["metrics"]!.AsArray().Single(metric => metric!["name"]!.GetValue<string>() == "gate.until")!["value"] = 1_645_747_200_000, // Milliseconds.
    };

    [Theory]
    [MemberData(nameof(StrangeManifests))]
    public void A_strange_manifest_among_the_models_keeps_nothing_from_starting(Action<JsonObject> change)
    {
        foreach (var below in new[] { _house.Options.Folder, _house.Options.ShippedFolder })
        {
            TinyModel.Edit(TinyModel.Write(below, "flat-7"), change);
        }

        Ship("flat-8", daysLater: 1);
        Start();

        Assert.Equal(["flat-8"], _house.Book.Models.Select(model => model.Id));
    }

    private void Ship(string id, int daysLater) => TinyModel.Write(_house.Options.ShippedFolder, id, createdAt: TinyModel.TrainedUntil.AddDays(2 + daysLater));

    // What a start has done of a model that came with the program when it is killed: the files alone, or the row too.
    private void RegisterAsKilled(string id, bool hadRow)
    {
        var source = ModelFolder.Read(Path.Combine(_house.Options.ShippedFolder, id));
        if (hadRow)
        {
            _house.Registry.Register(source.Path, ModelOrigin.Shipped, ModelActor.Gate, "came with the program");
        }
        else
        {
            _house.Service<ModelFiles>().Install(source, new RegistrationNote(ModelOrigin.Shipped, ModelActor.Gate, "came with the program", ModelGate.Of(source.Manifest)));
        }

        _house.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    // Each start is a process of its own.
    private void Start()
    {
        using var process = _house.Neighbour();
        process.GetRequiredService<ModelStart>().Once();
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
    }
}
