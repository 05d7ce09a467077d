using Cambist.App.Rates;
using Cambist.App.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Registry;

/// <summary>
/// What is done once before models are first used: broken-off registrations are brought to their end, and the models that came with the program are registered. The first
/// champion ever, or a newer one than a champion that came with the program too, is one of them where it has passed its gate; else it becomes a challenger.
/// </summary>
public sealed class ModelStart(ModelRegistry registry, ModelsOptions options, ILogger<ModelStart> log, MarketFacts? market = null) : IHostedService
{
    private readonly Lock _starting = new();
    private bool _isDone;

    /// <summary>Does it, the first time that it is called. What cannot be done is said in the log, and disturbs nobody.</summary>
    public void Once()
    {
        lock (_starting)
        {
            if (_isDone)
            {
                return;
            }

            _isDone = true;
            try
            {
                registry.Reconcile();
                Ship();
            }
            catch (Exception fault) when (Database.IsFault(fault) || fault is IOException or UnauthorizedAccessException)
            {
                log.LogError("Models cannot be looked after at the start: {Fault}", fault.Message);
            }
        }
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.Run(Once, cancellationToken);

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Ship()
    {
        // No verdict was measured on a simulated market: there the baseline serves.
        var folders = market?.Mode != MarketMode.Simulated && Directory.Exists(options.ShippedFolder) ? Directory.EnumerateDirectories(options.ShippedFolder) : [];
        var readable = new List<ModelFolder>();
        foreach (var folder in folders.Order(StringComparer.Ordinal))
        {
            Try(Path.GetFileName(folder), () => readable.Add(ModelFolder.Read(folder)));
        }

        foreach (var shipped in readable.OrderBy(folder => folder.Manifest.CreatedAt))
        {
            Try(shipped.Manifest.Id, () => Take(shipped));
        }
    }

    private void Take(ModelFolder shipped)
    {
        var id = shipped.Manifest.Id;
        if (registry.Store.Read().Find(id) is { } known)
        {
            Mend(known, shipped);
        }
        else if (registry.Store.EverHad(id))
        {
            return; // Retired long ago and deleted: it does not come back.
        }
        else
        {
            registry.Register(shipped.Path, ModelOrigin.Shipped, ModelActor.Gate, "came with the program");
            if (registry.Store.Read().PooledGate(id) is not { Passed: true })
            {
                log.LogWarning("The model {Model} that came with the program has not passed its gate and stays a challenger", id);
            }
        }

        PromoteWhereItShould(id);
    }

    // A start that was killed after it registered the model, or before its row, is made up for here.
    private void PromoteWhereItShould(string id)
    {
        var book = registry.Store.Read();
        if (book.Find(id) is not { Stage: ModelStage.Challenger, Origin: ModelOrigin.Shipped } model || book.PooledGate(id) is not { Passed: true })
        {
            return;
        }

        if (!registry.Store.EverPromoted())
        {
            registry.Promote(id, ModelActor.Gate, reason: "the first model, it came with the program");
        }
        else if (book.Champion is { Origin: ModelOrigin.Shipped } older && older.CreatedAt < model.CreatedAt && older.PromotedAt <= model.RegisteredAt)
        {
            // Where the older one became champion later, somebody has gone back to it.
            registry.Promote(id, ModelActor.Gate, reason: "a newer one came with the program");
        }
    }

    private void Mend(RegisteredModel known, ModelFolder shipped)
    {
        try
        {
            registry.Folder(known);
        }
        catch (ModelFaultException)
        {
            registry.Restore(known, shipped);
        }
    }

    private void Try(string name, Action step)
    {
        try
        {
            step();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !Database.IsFault(fault))
        {
            log.LogError("The model {Model} that came with the program cannot be used: {Fault}", name, fault.Message);
        }
    }
}
