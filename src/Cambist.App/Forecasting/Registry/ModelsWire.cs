using System.Text.Json;
using Cambist.Client;

namespace Cambist.App.Forecasting.Registry;

/// <summary>Tells of models as the wire has it: no path of the machine.</summary>
public sealed class ModelsWire(ModelRegistry registry, ServingModels serving, ModelStart start, TimeProvider clock)
{
    private const string Baseline = "baseline";

    /// <summary>All models.</summary>
    public ModelList All()
    {
        start.Once();
        var book = registry.Store.Read();
        var fault = book.Champion is { } champion ? FaultOf(champion, book) : null;
        var serves = book.Champion is not null && fault is null;
        return new ModelList(
            serves ? book.Champion!.Id : Baseline,
            serves ? null : book.Champion is { } broken ? $"{broken.Id} cannot serve: {fault}" : "no model is champion",
            [.. book.Models.OrderBy(model => model.Stage != ModelStage.Champion).Select(model => Summary(model, book))],
            clock.GetUtcNow());
    }

    /// <summary>One model; null where there is none of this id.</summary>
    public ModelSummary? Find(string id)
    {
        start.Once();
        var book = registry.Store.Read();
        return book.Find(id) is { } model ? Summary(model, book) : null;
    }

    /// <summary>What happened to a model, the newest first.</summary>
    public IReadOnlyList<ModelHistoryEntry> History(string id) =>
        [.. registry.Store.Events(id).Select(happened => new ModelHistoryEntry(
            happened.At, happened.What, ModelStore.Word(happened.Actor), happened.Reason, happened.Figures is { } figures ? JsonElement.Parse(figures) : null))];

    private ModelSummary Summary(RegisteredModel model, ModelBook book) => new()
    {
        Id = model.Id,
        Family = model.Family,
        Stage = ModelStore.Word(model.Stage),
        Origin = ModelStore.Word(model.Origin),
        TrainedUntil = model.TrainedUntil,
        CreatedAt = model.CreatedAt,
        RegisteredAt = model.RegisteredAt,
        PromotedAt = model.PromotedAt,
        Fault = model.Stage == ModelStage.Retired ? null : serving.FaultOf(model),
        Gates = [.. book.Gates.Where(gate => gate.Model == model.Id).Select(gate => new ModelVerdict(
            Pair(gate.Pair), gate.Passed, gate.MeanHorizons, gate.CrpsSkill, gate.PValue, gate.Count, gate.MeasuredFrom, gate.MeasuredUntil))],
        OutOfService = [.. book.Fallbacks.Where(fallback => fallback.Model == model.Id).Select(fallback => new ModelOutage(Pair(fallback.Pair), fallback.Since, fallback.Reason))],
    };

    private string? FaultOf(RegisteredModel champion, ModelBook book) =>
        serving.FaultOf(champion) ?? book.Fallbacks.FirstOrDefault(fallback => fallback.Model == champion.Id && fallback.Pair == ModelGate.AllPairs)?.Reason;

    private static string? Pair(string pair) => pair == ModelGate.AllPairs ? null : pair;
}
