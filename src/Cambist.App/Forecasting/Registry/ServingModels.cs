using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting.Models;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Registry;

/// <summary>A registered model in memory.</summary>
/// <param name="Row">What the registry says of it.</param>
/// <param name="Manifest">What it says of itself.</param>
/// <param name="Volatility">The model. It stays usable as long as somebody holds it, whatever becomes of its files.</param>
public sealed record LoadedModel(RegisteredModel Row, ModelManifest Manifest, IVolatilityModel Volatility)
{
    /// <summary>The family of its forecasts. Its mean counts at the horizons at which it was proven, before it was registered, on the very pair.</summary>
    public LearnedFamily Family()
    {
        var proven = ModelGate.Of(Manifest).Where(gate => gate.Pair != ModelGate.AllPairs && gate.MeanHorizons.Count > 0).ToDictionary(gate => gate.Pair, gate => gate.MeanHorizons);
        return new LearnedFamily(Manifest.Id, Volatility, Manifest.TrainedUntil, pair => proven.GetValueOrDefault(pair.Symbol) ?? []);
    }
}

/// <summary>Who serves a pair.</summary>
/// <param name="Model">The champion; null: the baseline serves.</param>
/// <param name="Gate">The passed verdict by which it serves, of the pair or over all pairs; null where the baseline serves.</param>
/// <param name="Why">Why, in a sentence without its full stop.</param>
public sealed record ServingModel(LoadedModel? Model, ModelGate? Gate, string Why);

/// <summary>
/// Which models forecast now. What the tables say is kept in memory and looked at again every two seconds, at once where this process changed them; a model is loaded
/// when it is first needed. A champion that is not whole does not serve, and the baseline does until it is mended. A model that was retired or deleted is let go here; what it holds of
/// other memory is freed by its finalizer once nobody who was handed it needs it any more, for only they know when that is. Safe to use from any thread.
/// </summary>
public sealed class ServingModels(ModelRegistry registry, ModelStart start, ModelLoader loader, TimeProvider clock, ILogger<ServingModels> log)
{
    private static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(2);

    // A folder may be mended by hand, without an event.
    private static readonly TimeSpan TriesAgain = TimeSpan.FromMinutes(1);

    private readonly Lock _refreshing = new();
    private volatile State? _state;

    /// <summary>Who serves a pair: the champion where it passed its gate for the pair or, for a pair that nobody measured, over all pairs; else the baseline.</summary>
    public ServingModel For(CurrencyPair pair)
    {
        var state = Refreshed();
        if (state.Book.Champion is not { } champion)
        {
            return new ServingModel(null, null, state.Fault ?? "no model is champion");
        }

        // The other way round a pair is the same market.
        var (symbol, inverse) = (pair.Symbol, pair.Inverse.Symbol);
        var gate = GateOf(symbol) ?? GateOf(inverse) ?? state.Book.PooledGate(champion.Id);
        if (state.Book.Fallbacks.FirstOrDefault(fallback => fallback.Model == champion.Id && (fallback.Pair == ModelGate.AllPairs || fallback.Pair == symbol || fallback.Pair == inverse)) is { } out_)
        {
            return new ServingModel(null, null, $"{champion.Id} is out of service since {out_.Since:yyyy-MM-dd HH:mm} UTC: {out_.Reason}");
        }

        if (gate is not { Passed: true })
        {
            return new ServingModel(null, null, gate is null ? $"{champion.Id} has not been through its gate" : $"{champion.Id} has not passed its gate for {Named(gate, pair)} ({gate})");
        }

        var (loaded, fault) = Load(state, champion);
        return loaded is null
            ? new ServingModel(null, null, $"{champion.Id} cannot serve: {fault}")
            : new ServingModel(loaded, gate, $"{champion.Id} passed its gate for {Named(gate, pair)} ({gate})");

        ModelGate? GateOf(string name) => state.Book.Gates.FirstOrDefault(gate => gate.Model == champion.Id && gate.Pair == name);
    }

    /// <summary>The champion in memory, whatever pairs it serves; null where there is none or it is not whole.</summary>
    public LoadedModel? Champion()
    {
        var state = Refreshed();
        return state.Book.Champion is { } champion ? Load(state, champion).Model : null;
    }

    /// <summary>The newest challengers that can forecast beside the champion, the newest first; no more of them are loaded. One that is not whole is left out, and said in the log.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<LoadedModel> Challengers(int most)
    {
        var state = Refreshed();
        return [.. state.Book.Challengers.Select(model => Load(state, model).Model).OfType<LoadedModel>().Take(most)];
    }

    /// <summary>Any registered model in memory, as for an evaluation.</summary>
    /// <exception cref="ModelFaultException">There is none of this id, or it is not whole.</exception>
    public LoadedModel Load(string id)
    {
        var state = Refreshed();
        var model = state.Book.Find(id) ?? throw new ModelFaultException(ModelFault.NotFound, $"There is no model '{id}'.");
        var (loaded, _) = Load(state, model);
        return loaded ?? Read(model);
    }

    /// <summary>What keeps a model from forecasting; null where nothing does. The champion is loaded, as it serves; the files of another are looked at, and it may still turn out that no model can be made of them.</summary>
    public string? FaultOf(RegisteredModel model) => model.Stage == ModelStage.Champion ? Load(Refreshed(), model).Fault : LookAt(Refreshed(), model).Fault;

    /// <summary>What a registered model says of itself, without loading it; null where its files are not whole.</summary>
    public ModelManifest? ManifestOf(string id)
    {
        var state = Refreshed();
        return state.Book.Find(id) is { } model ? LookAt(state, model).Manifest : null;
    }

    private State Refreshed()
    {
        var (state, now, changes) = (_state, clock.GetUtcNow(), registry.Store.Changes);
        if (state is not null && state.Changes == changes && now - state.LookedAt < LooksAgain && now >= state.LookedAt)
        {
            return state;
        }

        lock (_refreshing)
        {
            // Somebody else may have looked while we waited.
            return ReferenceEquals(_state, state) ? _state = Look(state, now) : _state!;
        }
    }

    private State Look(State? state, DateTimeOffset now)
    {
        try
        {
            start.Once();
            var changes = registry.Store.Changes;
            return state is { Fault: null } && registry.Store.Revision() == state.Book.Revision
                ? state with { LookedAt = now, Changes = changes }
                : Next(state, registry.Store.Read(), now, changes);
        }
        catch (Exception fault) when (Database.IsFault(fault))
        {
            log.LogError("The registry of models cannot be read, what was known last goes on: {Fault}", fault.Message);
            return state is not null ? state with { LookedAt = now } : new State(new ModelBook(0, [], [], []), now, Changes: 0, "the registry of models cannot be read", []);
        }
    }

    // What is loaded goes on being used: a file is never changed under its name, and the fingerprint tells whether the row means the same model.
    private static State Next(State? before, ModelBook book, DateTimeOffset now, int changes)
    {
        if (before is null)
        {
            return new State(book, now, changes, Fault: null, []);
        }

        lock (before.Attempts)
        {
            return new State(book, now, changes, Fault: null, before.Attempts.Where(attempt => attempt.Value.Model is not null && IsKept(attempt.Key, attempt.Value)).ToDictionary());
        }

        bool IsKept(string id, Attempt attempt) => book.Find(id) is { Stage: not ModelStage.Retired } model && model.Fingerprint == attempt.Fingerprint;
    }

    private (LoadedModel? Model, string? Fault) Load(State state, RegisteredModel model)
    {
        // One at a time: a second caller would only read the same file again.
        lock (state.Attempts)
        {
            var now = clock.GetUtcNow();
            if (Known(state, model, now) is { } before && (before.Model is not null || before.Fault is not null))
            {
                return (before.Model is null ? null : before.Model with { Row = model }, before.Fault);
            }

            var attempt = Try(model, now, () =>
            {
                var loaded = Read(model);
                return new Attempt(model.Fingerprint, now, loaded.Manifest, loaded, Fault: null);
            });
            if (model.Stage != ModelStage.Retired)
            {
                state.Attempts[model.Id] = attempt; // A retired one is for whoever asks for it, as an evaluation does.
            }

            return (attempt.Model, attempt.Fault);
        }
    }

    private Attempt LookAt(State state, RegisteredModel model)
    {
        lock (state.Attempts)
        {
            var now = clock.GetUtcNow();
            return Known(state, model, now) ?? (state.Attempts[model.Id] = Try(model, now, () =>
            {
                var manifest = registry.Folder(model).Manifest;
                loader.RefuseUnknown(manifest);
                return new Attempt(model.Fingerprint, now, manifest, Model: null, Fault: null);
            }));
        }
    }

    // What was found out of a model, where that still holds.
    private static Attempt? Known(State state, RegisteredModel model, DateTimeOffset now) =>
        state.Attempts.TryGetValue(model.Id, out var before) && before.Fingerprint == model.Fingerprint && (before.Model is not null || now - before.At < TriesAgain) ? before : null;

    private Attempt Try(RegisteredModel model, DateTimeOffset now, Func<Attempt> attempt)
    {
        try
        {
            return attempt();
        }
        catch (ModelFaultException fault)
        {
            log.LogError("The model {Model} ({Stage}) cannot be used: {Fault}", model.Id, ModelStore.Word(model.Stage), fault.Message);
            return new Attempt(model.Fingerprint, now, Manifest: null, Model: null, fault.Message.TrimEnd('.'));
        }
    }

    private LoadedModel Read(RegisteredModel model)
    {
        var folder = registry.Folder(model);
        return new LoadedModel(model, folder.Manifest, loader.Load(folder.Path, folder.Manifest));
    }

    private static string Named(ModelGate gate, CurrencyPair pair) => gate.Pair == ModelGate.AllPairs ? $"all pairs together, {pair} itself was not measured" : pair.ToString();

    private sealed record State(ModelBook Book, DateTimeOffset LookedAt, int Changes, string? Fault, Dictionary<string, Attempt> Attempts);

    // Without a model and without a fault its files alone were looked at.
    private sealed record Attempt(string Fingerprint, DateTimeOffset At, ModelManifest? Manifest, LoadedModel? Model, string? Fault);
}
