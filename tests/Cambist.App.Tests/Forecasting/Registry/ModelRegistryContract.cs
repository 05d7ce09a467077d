using Cambist.App.Audit;
using System.Text.Json.Nodes;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Registry;

public sealed class SqliteModelRegistryTests() : ModelRegistryContract(Engine.Sqlite);

public sealed class PostgresModelRegistryTests() : ModelRegistryContract(Engine.Postgres);

/// <summary>What the registry of models does on every engine.</summary>
public abstract class ModelRegistryContract : IDisposable
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    private readonly ModelHouse house;

    protected ModelRegistryContract(Engine engine) => house = new ModelHouse(engine, keepRetired: 2);

    public void Dispose()
    {
        house.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_registered_model_is_a_challenger_with_its_verdicts_and_its_own_copy_of_the_files()
    {
        var model = house.Register("flat-1", pairs: [("EURUSD", true), ("USDJPY", false)]);
        Directory.Delete(house.Drafts, recursive: true);

        Assert.Equal(
            new RegisteredModel("flat-1", "flat", ModelStage.Challenger, ModelOrigin.Trained, TinyModel.TrainedUntil.AddDays(2), TinyModel.TrainedUntil, ModelHouse.Now, null, null, null, model.Fingerprint), model);
        Assert.Equal(["*", "EURUSD", "USDJPY"], house.Book.Gates.Select(gate => gate.Pair).Order());
        var pooled = house.Book.PooledGate("flat-1")!;
        Assert.Equal((true, 0.0131, 0.002, 11_204L), (pooled.Passed, pooled.CrpsSkill, pooled.PValue!.Value, pooled.Count));
        Assert.Equal([4], pooled.MeanHorizons);
        Assert.Equal((new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2022, 2, 25, 0, 0, 0, TimeSpan.Zero)), (pooled.MeasuredFrom, pooled.MeasuredUntil));
        Assert.Equal(["card.md", "model.json", "registration.json", "weights.txt"], Directory.GetFiles(house.PathOf("flat-1")).Select(Path.GetFileName).Order());
        Assert.Equal(model.Fingerprint, house.Registry.Folder(model).Fingerprint);
    }

    [Fact]
    public void A_challenger_that_passed_its_gate_is_promoted_and_the_champion_before_it_is_kept()
    {
        house.Crown("flat-1");
        var second = house.Crown("flat-2");

        Assert.Equal((ModelStage.Champion, "flat-1"), (second.Stage, second.Predecessor));
        Assert.Equal(ModelStage.Retired, house.Book.Find("flat-1")!.Stage);
        Assert.Equal(["promoted", "registered"], house.Registry.Store.Events("flat-2").Select(happened => happened.What));
        Assert.Equal(["retired", "promoted", "registered"], house.Registry.Store.Events("flat-1").Select(happened => happened.What));
        var promoted = house.Registry.Store.Events("flat-2")[0];
        Assert.Equal(0.0131, JsonNode.Parse(promoted.Figures!)!["gate"]!["crps_skill"]!.GetValue<double>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public void Without_a_passed_gate_only_force_promotes_and_that_is_recorded(bool? passed)
    {
        house.Register("flat-1", passed);

        var refused = Assert.Throws<ModelFaultException>(() => house.Registry.Promote("flat-1", ModelActor.Gate));
        Assert.Equal(("gate_not_passed", null), (refused.Code, house.Book.Champion));

        house.Registry.Promote("flat-1", ModelActor.Operator, isForced: true, "for a trial");
        var promoted = house.Registry.Store.Events("flat-1")[0];
        Assert.Equal(("promoted", ModelActor.Operator), (promoted.What, promoted.Actor));
        Assert.StartsWith("for a trial; forced", promoted.Reason, StringComparison.Ordinal);
        Assert.True(JsonNode.Parse(promoted.Figures!)!["forced"]!.GetValue<bool>());
    }

    [Fact]
    public void A_new_verdict_opens_the_gate()
    {
        house.Register("flat-1", passed: null);

        house.Registry.RecordGates("flat-1", [new ModelGate("", ModelGate.AllPairs, true, [1, 24], 0.004, null, 500, ModelHouse.Now.AddDays(-30), ModelHouse.Now)], "a month beside the champion");

        Assert.Equal(ModelStage.Champion, house.Registry.Promote("flat-1", ModelActor.Gate).Stage);
        Assert.Equal([1, 24], house.Book.PooledGate("flat-1")!.MeanHorizons);
        Assert.Null(house.Book.PooledGate("flat-1")!.PValue);
    }

    [Fact]
    public void Rolling_back_brings_the_previous_champion_back_and_again_the_one_before()
    {
        house.Crown("flat-1");
        house.Crown("flat-2");
        house.Crown("flat-3");

        Assert.Equal("flat-2", house.Registry.RollBack(ModelActor.Operator, "worse live").Id);
        Assert.Equal(("rolled-back", "worse live"), house.Registry.Store.Events("flat-3") is [var newest, ..] ? (newest.What, newest.Reason.Split(": ")[^1]) : default);
        Assert.Equal("flat-1", house.Registry.RollBack(ModelActor.Operator).Id);
        Assert.Equal("no_predecessor", Assert.Throws<ModelFaultException>(() => house.Registry.RollBack(ModelActor.Operator)).Code);
        Assert.Equal("flat-1", house.Book.Champion!.Id);
    }

    [Fact]
    public void Retired_models_beyond_the_number_that_is_kept_go_but_never_the_predecessor_or_a_challenger()
    {
        house.Register("flat-0");
        foreach (var id in new[] { "flat-1", "flat-2", "flat-3", "flat-4", "flat-5" })
        {
            house.Crown(id);
        }

        // Champion 5, predecessor 4, and of the other retired ones the two that retired last.
        Assert.Equal(["flat-0", "flat-2", "flat-3", "flat-4", "flat-5"], house.Book.Models.Select(model => model.Id).Order());
        Assert.Equal(["flat-0", "flat-2", "flat-3", "flat-4", "flat-5"], Directory.GetDirectories(house.Options.Folder).Select(Path.GetFileName).Order());
        Assert.Equal("deleted", house.Registry.Store.Events("flat-1")[0].What);
        Assert.DoesNotContain(house.Book.Gates, gate => gate.Model == "flat-1");
    }

    [Fact]
    public void The_database_itself_refuses_a_second_champion()
    {
        house.Crown("flat-1");
        house.Register("flat-2");

        using var connection = house.Database.Connect();
        Assert.ThrowsAny<System.Data.Common.DbException>(() => connection.Execute("UPDATE model SET stage = 'champion' WHERE id = 'flat-2';"));
    }

    [Theory]
    [InlineData("UPDATE model_event SET reason = 'another';")]
    [InlineData("DELETE FROM model_event;")]
    public void What_happened_cannot_be_rewritten(string sql)
    {
        house.Register("flat-1");

        using var connection = house.Database.Connect();
        Assert.ThrowsAny<System.Data.Common.DbException>(() => connection.Execute(sql));
    }

    [Fact]
    public void What_a_person_did_stands_in_the_audit_trail_and_what_the_program_did_by_itself_does_not()
    {
        house.Register("flat-1");
        house.Registry.Promote("flat-1", ModelActor.Operator, reason: "looks good");
        house.Register("flat-2");
        house.Registry.Promote("flat-2", ModelActor.Gate);

        var trail = new AuditTrail(house.Database);
        var told = Assert.Single(trail.Read(0, 10));
        Assert.Equal(("model.promoted", "operator", "flat-1"), (told.Kind, told.Actor, told.Subject));
        Assert.Contains("looks good", told.Details, StringComparison.Ordinal);
        Assert.Null(trail.Verify(remembered: null, TestContext.Current.CancellationToken).Fault);
    }

    [Fact]
    public async Task Of_two_promotions_at_the_same_time_one_at_most_replaces_the_champion_that_it_saw()
    {
        house.Crown("flat-1");
        house.Register("flat-2");
        house.Register("flat-3");

        var stop = TestContext.Current.CancellationToken;
        await Task.WhenAll(new[] { "flat-2", "flat-3" }.Select(id => Task.Run(
            () =>
            {
                try
                {
                    house.Registry.Promote(id, ModelActor.Operator);
                }
                catch (ModelFaultException fault) when (fault.Kind == ModelFault.AlreadyChampion)
                {
                    // It saw a champion that was not there any more.
                }
            },
            stop)));

        Assert.Single(house.Book.Models, model => model.Stage == ModelStage.Champion);
        Assert.NotEqual("flat-1", house.Book.Champion!.Id);
    }

    [Fact]
    public void Another_node_sees_a_change_within_seconds()
    {
        house.Crown("flat-1", weights: "0.25");
        using var neighbour = house.Neighbour();
        var serving = neighbour.GetRequiredService<ServingModels>();
        Assert.Equal("flat-1", serving.For(EurUsd).Model!.Row.Id);

        house.Register("flat-2", weights: "0.5");
        house.Registry.Promote("flat-2", ModelActor.Operator);
        Assert.Equal("flat-2", house.Serving.For(EurUsd).Model!.Row.Id);
        house.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(0.5f, Assert.IsType<TinyModel>(serving.For(EurUsd).Model!.Volatility).LogScale);
    }

    [Fact]
    public void Of_two_processes_that_bring_different_models_of_one_id_the_first_keeps_its_files()
    {
        using var neighbour = house.Neighbour();
        RegisteredModel? first = null;
        // We have seen that there is no such model, and are copying; the neighbour is faster.
        using var ours = house.Neighbour(path =>
        {
            first ??= neighbour.GetRequiredService<ModelRegistry>().Register(TinyModel.Write(house.Drafts, "flat-1"), ModelOrigin.Trained, ModelActor.Gate, "the neighbour");
            return File.Create(path);
        });
        var later = TinyModel.Write(Path.Combine(house.Drafts, "later"), "flat-1", createdAt: TinyModel.TrainedUntil.AddDays(9));

        var fault = Assert.Throws<ModelFaultException>(() => ours.GetRequiredService<ModelRegistry>().Register(later, ModelOrigin.Trained, ModelActor.Gate, "we"));

        Assert.Equal(("already_registered", first!.Fingerprint), (fault.Code, house.Registry.Folder(Assert.Single(house.Book.Models)).Fingerprint));
        Assert.Equal(["flat-1"], Directory.GetDirectories(house.Options.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Two_processes_that_bring_the_same_model_both_have_it()
    {
        var draft = TinyModel.Write(house.Drafts, "flat-1");
        using var neighbour = house.Neighbour();
        RegisteredModel? first = null;
        using var ours = house.Neighbour(path =>
        {
            first ??= neighbour.GetRequiredService<ModelRegistry>().Register(draft, ModelOrigin.Trained, ModelActor.Gate, "the neighbour");
            return File.Create(path);
        });

        var second = ours.GetRequiredService<ModelRegistry>().Register(draft, ModelOrigin.Trained, ModelActor.Gate, "we");

        Assert.Equal(first, second);
        Assert.Equal(["flat-1"], Directory.GetDirectories(house.Options.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_damaged_folder_in_its_place_gives_way_and_a_whole_one_never_does()
    {
        var files = house.Service<ModelFiles>();
        var (one, other) = (ModelFolder.Read(TinyModel.Write(house.Drafts, "flat-1")), ModelFolder.Read(TinyModel.Write(Path.Combine(house.Drafts, "other"), "flat-1", weights: "0.5")));
        var note = new RegistrationNote(ModelOrigin.Trained, ModelActor.Gate, "", []);
        files.Install(one, note);

        Assert.Equal("already_registered", Assert.Throws<ModelFaultException>(() => files.Install(other, note)).Code);
        Assert.Equal(one.Fingerprint, ModelFolder.Read(house.PathOf("flat-1")).Fingerprint);
        File.WriteAllText(house.PathOf("flat-1", TinyModel.WeightsFile), "0.9");
        files.Install(other, note);
        Assert.Equal(other.Fingerprint, ModelFolder.Read(house.PathOf("flat-1")).Fingerprint);
        Assert.Equal(["flat-1"], Directory.GetDirectories(house.Options.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_whose_row_was_written_while_it_was_taken_away_goes_back(bool isWanted)
    {
        house.Register("flat-1");

        house.Service<ModelFiles>().Remove("flat-1", isStillUnwanted: () => !isWanted);

        Assert.Equal(isWanted, Directory.Exists(house.PathOf("flat-1")));
    }

    [Fact]
    public void A_model_out_of_service_is_not_asked_until_it_recovers()
    {
        house.Crown("flat-1");

        Assert.True(house.Registry.FallBack("flat-1", "EURUSD", "coverage of 80 % was 61 % over a week", new JsonObject { ["coverage"] = 0.61 }));
        Assert.False(house.Registry.FallBack("flat-1", "EURUSD", "again"));
        var (without, inverse, other) = (house.Serving.For(EurUsd), house.Serving.For(EurUsd.Inverse), house.Serving.For(CurrencyPair.Parse("USD/JPY")));

        Assert.Contains("61 %", without.Why, StringComparison.Ordinal);
        Assert.Equal((null, null, "flat-1"), (without.Model?.Row.Id, inverse.Model?.Row.Id, other.Model?.Row.Id));
        Assert.True(house.Registry.Recover("flat-1", "EURUSD", "80 % over two weeks"));
        Assert.NotNull(house.Serving.For(EurUsd).Model);
        Assert.Equal(["recovered", "fell-back", "promoted"], house.Registry.Store.Events("flat-1", most: 3).Select(happened => happened.What));
        Assert.Equal("EURUSD", JsonNode.Parse(house.Registry.Store.Events("flat-1")[1].Figures!)!["pair"]!.GetValue<string>());
    }
}
