using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Registry;

/// <summary>
/// All models that there are: a folder of files and a row each, and a record of what happened to them. Files come first and the row last, so whatever breaks off in between leaves nothing,
/// or a whole folder that the next start brings to its end. Safe to use from any thread and process: who is first in a place stays there, who takes a folder away looks for its row once more
/// after that, and who wrote a row for the folder.
/// </summary>
public sealed class ModelRegistry(ModelStore store, ModelFiles files, ModelLoader loader, ModelsOptions options, TimeProvider clock, ILogger<ModelRegistry> log)
{
    /// <summary>The registry's tables.</summary>
    public ModelStore Store => store;

    /// <summary>Registers the model of a folder as a challenger, with the verdicts that its manifest brings. The folder is copied and may be deleted afterwards.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="origin">Where it comes from.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <exception cref="ModelFaultException">It is not whole, of an unknown family, cannot be loaded, is registered already, or cannot be stored. Then nothing has changed.</exception>
    public RegisteredModel Register(string folder, ModelOrigin origin, ModelActor actor, string reason)
    {
        var source = ModelFolder.Read(folder);
        var id = source.Manifest.Id;
        RefuseUnusable(source);
        if (store.Read().Find(id) is not null)
        {
            throw ModelFiles.Taken(id);
        }

        var note = new RegistrationNote(origin, actor, reason, ModelGate.Of(source.Manifest));
        var model = Add(files.Install(source, note), note);
        if (!files.Has(id))
        {
            // Somebody deleted a former model of the same id and had no row to see yet.
            files.Install(source, note, hasRow: true);
        }

        return model;
    }

    /// <summary>Keeps new verdicts on a model.</summary>
    /// <exception cref="ModelFaultException">There is no such model.</exception>
    public void RecordGates(string id, IReadOnlyList<ModelGate> gates, string reason) =>
        store.Gate(Find(store.Read(), id).Id, [.. gates.Select(gate => gate with { Model = id })], clock.GetUtcNow(), reason);

    /// <summary>Makes a model champion. The champion before it is retired, and kept to go back to.</summary>
    /// <param name="id">The model.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="isForced">Whether a model may be promoted that is retired, or has not passed its gate over all pairs. Even then it serves only pairs for which it passed.</param>
    /// <param name="reason">Why; null: by its gate.</param>
    /// <param name="account">Id of the account of an admin, for the audit trail; null: it was none.</param>
    /// <exception cref="ModelFaultException">It may not be, or cannot serve. Then nothing has changed.</exception>
    public RegisteredModel Promote(string id, ModelActor actor, bool isForced = false, string? reason = null, string? account = null)
    {
        var book = store.Read();
        var model = Find(book, id);
        if (model.Stage == ModelStage.Champion)
        {
            throw new ModelFaultException(ModelFault.AlreadyChampion, $"{id} is champion already.");
        }

        var gate = book.PooledGate(id);
        if (!isForced)
        {
            RefuseUnproven(model, gate);
        }

        RefuseUnusable(model);
        var figures = new JsonObject { ["gate"] = gate?.ToJson(), ["forced"] = isForced };
        var why = string.Join("; ", new[] { reason, gate is { Passed: true } ? $"passed its gate: {gate}" : "forced without a passed gate" }.Where(part => !string.IsNullOrWhiteSpace(part)));
        return Change(book.Champion?.Id, id, new ModelDoer(actor, account), why, figures, isRollback: false);
    }

    /// <summary>Makes the champion's predecessor champion again.</summary>
    /// <exception cref="ModelFaultException">There is none, or it cannot serve. Then nothing has changed.</exception>
    public RegisteredModel RollBack(ModelActor actor, string? reason = null)
    {
        var book = store.Read();
        var champion = book.Champion ?? throw new ModelFaultException(ModelFault.NoPredecessor, "There is no champion to roll back from; the baseline serves.");
        var former = champion.Predecessor is { } name ? book.Find(name) : null;
        if (former is null)
        {
            throw new ModelFaultException(ModelFault.NoPredecessor, $"{champion.Id} replaced no model that is still here: there is nothing to roll back to.");
        }

        RefuseUnusable(former);
        return Change(champion.Id, former.Id, new ModelDoer(actor), string.IsNullOrWhiteSpace(reason) ? $"rolled back from {champion.Id}" : $"rolled back from {champion.Id}: {reason}", new JsonObject { ["from"] = champion.Id }, isRollback: true);
    }

    /// <summary>Gives a challenger up.</summary>
    /// <exception cref="ModelFaultException">There is no such challenger.</exception>
    public void Retire(string id, ModelActor actor, string reason)
    {
        if (!store.TryRetire(Find(store.Read(), id).Id, clock.GetUtcNow(), actor, reason))
        {
            throw new ModelFaultException(ModelFault.NotFound, $"{id} is no challenger.");
        }

        Prune();
    }

    /// <summary>Takes a model out of service, for a pair or for all, until <see cref="Recover"/>; the baseline serves instead. Where it is out of service already nothing changes.</summary>
    public bool FallBack(string id, string pair, string reason, JsonObject? figures = null)
    {
        var isNew = store.TryFallBack(new ModelFallback(id, pair, clock.GetUtcNow(), reason), figures);
        if (isNew)
        {
            log.LogWarning("{Model} does not serve {Pair} any more, the baseline does: {Reason}", id, Shown(pair), reason);
        }

        return isNew;
    }

    /// <summary>Puts a model back into service after <see cref="FallBack"/>.</summary>
    public bool Recover(string id, string pair, string reason, JsonObject? figures = null)
    {
        var was = store.TryRecover(id, pair, clock.GetUtcNow(), reason, figures);
        if (was)
        {
            log.LogInformation("{Model} serves {Pair} again: {Reason}", id, Shown(pair), reason);
        }

        return was;
    }

    /// <summary>Checks a registered model's files against what was registered.</summary>
    /// <exception cref="ModelFaultException">They are not whole.</exception>
    public ModelFolder Folder(RegisteredModel model)
    {
        var folder = ModelFolder.Read(files.PathOf(model.Id));
        return folder.Fingerprint == model.Fingerprint
            ? folder
            : throw new ModelFaultException(ModelFault.Changed, $"{model.Id} is not what was registered: a manifest of it was changed afterwards.");
    }

    /// <summary>Deletes retired models beyond the number that is kept, the longest retired first; never the one that the champion would go back to.</summary>
    internal void Prune()
    {
        var book = store.Read();
        var surplus = book.Models
            .Where(model => model.Stage == ModelStage.Retired && model.Id != book.Champion?.Predecessor)
            .OrderByDescending(model => model.RetiredAt)
            .Skip(options.KeepRetired);
        foreach (var model in surplus.Where(model => store.TryDelete(model.Id, clock.GetUtcNow(), $"more than {options.KeepRetired} retired models")))
        {
            TryRemove(model.Id);
        }
    }

    /// <summary>Brings folders and rows together again after whatever broke off: what is whole and has no row is registered, what was deleted goes.</summary>
    internal void Reconcile()
    {
        files.Sweep(clock.GetUtcNow());
        var book = store.Read();
        foreach (var id in files.Ids().Where(id => book.Find(id) is null).ToList())
        {
            if (!store.EverHad(id))
            {
                Adopt(id);
            }
            else if (files.IsAbandoned(id, clock.GetUtcNow()))
            {
                // A younger one may be of somebody who brings the model again, and has not written its row yet.
                log.LogInformation("The folder of the model {Model}, which was deleted, is removed", id);
                TryRemove(id);
            }
        }
    }

    /// <summary>Brings back the folder of a registered model from a copy of the same files.</summary>
    internal void Restore(RegisteredModel model, ModelFolder copy)
    {
        if (copy.Fingerprint == model.Fingerprint)
        {
            files.Install(copy, new RegistrationNote(model.Origin, ModelActor.Gate, "restored", ModelGate.Of(copy.Manifest)), hasRow: true);
            log.LogWarning("The files of the model {Model} were not whole and are brought back from the copy that came with the program", model.Id);
        }
    }

    private void Adopt(string id)
    {
        try
        {
            var folder = ModelFolder.Read(files.PathOf(id));
            RefuseUnusable(folder);
            var note = files.NoteOf(id) ?? new RegistrationNote(ModelOrigin.Imported, ModelActor.Operator, "found in the folder of models", ModelGate.Of(folder.Manifest));
            if (folder.Manifest.Id != id)
            {
                throw new ModelFaultException(ModelFault.Incomplete, $"a folder {folder.Manifest.Id} was expected for the model of that id, found {id}.");
            }

            Add(folder, note with { Reason = $"{note.Reason} (registration brought to its end at a start)" });
            log.LogWarning("The model {Model} was not registered to the end; it is now, as a challenger", id);
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or DbException))
        {
            // It is left alone: somebody may have put it there, and whatever is in it disturbs nobody.
            log.LogWarning("The folder {Model} among the models has no row and cannot be registered: {Fault}", id, fault.Message);
        }
    }

    private RegisteredModel Add(ModelFolder folder, RegistrationNote note)
    {
        var manifest = folder.Manifest;
        var model = new RegisteredModel(
            manifest.Id, manifest.Family, ModelStage.Challenger, note.Origin, manifest.CreatedAt, manifest.TrainedUntil, clock.GetUtcNow(), PromotedAt: null, RetiredAt: null, Predecessor: null, folder.Fingerprint);
        // Another process may have found the folder before we wrote the row: then it is registered all the same.
        if (!store.TryAdd(model, note) && store.Read().Find(model.Id)?.Fingerprint != model.Fingerprint)
        {
            throw ModelFiles.Taken(model.Id);
        }

        log.LogInformation("The model {Model} is registered as a challenger: {Reason}", model.Id, note.Reason);
        return store.Read().Find(model.Id) ?? model;
    }

    private RegisteredModel Change(string? former, string id, ModelDoer doer, string reason, JsonObject figures, bool isRollback)
    {
        if (!store.TryPromote(id, former, clock.GetUtcNow(), doer, reason, figures, isRollback))
        {
            throw new ModelFaultException(ModelFault.AlreadyChampion, $"Somebody else changed the champion meanwhile: {former ?? "none"} was expected, found {store.Read().Champion?.Id ?? "none"}. Look again.");
        }

        log.LogInformation("The model {Model} is champion: {Reason}", id, reason);
        Prune();
        return Find(store.Read(), id);
    }

    private void RefuseUnusable(RegisteredModel model) => RefuseUnusable(Folder(model));

    private void RefuseUnusable(ModelFolder folder) => (loader.Load(folder.Path, folder.Manifest) as IDisposable)?.Dispose();

    private static void RefuseUnproven(RegisteredModel model, ModelGate? gate)
    {
        if (model.Stage == ModelStage.Retired)
        {
            throw new ModelFaultException(ModelFault.GateNotPassed, $"{model.Id} is retired: a challenger was expected. Force it, or roll back where it was the last champion.");
        }

        if (gate is not { Passed: true })
        {
            throw new ModelFaultException(
                ModelFault.GateNotPassed, $"{model.Id} has {(gate is null ? "not been through its gate" : $"not passed its gate ({gate})")}: a passed one was expected. It can be forced, and is then recorded so.");
        }
    }

    private void TryRemove(string id)
    {
        try
        {
            files.Remove(id, isStillUnwanted: () => store.Read().Find(id) is null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The folder of the deleted model {Model} cannot be removed now: {Fault}", id, fault.GetType().Name);
        }
    }

    private static RegisteredModel Find(ModelBook book, string id) => book.Find(id) ?? throw new ModelFaultException(ModelFault.NotFound, $"There is no model '{(id.Length > 100 ? id[..100] + "…" : id)}'.");

    private static string Shown(string pair) => pair == ModelGate.AllPairs ? "any pair" : pair;
}
