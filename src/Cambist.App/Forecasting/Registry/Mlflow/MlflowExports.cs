using System.Data.Common;
using Cambist.App.Storage;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Registry.Mlflow;

/// <summary>What an MLflow server was told of a model.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Event">Number of the newest event of it that the server was told, or that it was tried for.</param>
/// <param name="At">When.</param>
/// <param name="Run">Id of the run there; null where there is none.</param>
/// <param name="Version">Version there; null where there is none.</param>
/// <param name="Fault">What went wrong; null where nothing did.</param>
public sealed record MlflowExportState(string Model, long Event, DateTimeOffset At, string? Run, string? Version, string? Fault);

/// <summary>
/// Which models an MLflow server knows, and telling it of the others. A change is tried once; what went wrong stays with the model, and is tried again when it changes again or somebody asks.
/// Of several processes one takes a change. Nothing that serves waits for it.
/// </summary>
public sealed class MlflowExports(Database database, ModelRegistry registry, MlflowOptions options, IHttpClientFactory clients, TimeProvider clock, ILogger<MlflowExports> log)
{
    internal const string Client = "mlflow";
    private const string Begun = "It was begun and did not come to its end.";

    /// <summary>What the server was told of every model.</summary>
    public IReadOnlyList<MlflowExportState> All()
    {
        using var connection = database.Connect();
        return connection.Rows(
            "SELECT model, event, at, run, version, fault FROM model_export ORDER BY event;",
            row => new MlflowExportState(
                row.GetString(0), row.GetInt64(1), database.InstantAt(row, 2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5)));
    }

    /// <summary>What the server was told of a model; null where it was told nothing.</summary>
    public MlflowExportState? Of(string model) => All().FirstOrDefault(export => export.Model == model);

    /// <summary>Tells the server what has changed since it was last told. What goes wrong is kept with the model and said in the log.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (!options.Enabled)
        {
            return;
        }

        foreach (var (model, number) in Due())
        {
            if (registry.Store.Read().Find(model) is { } found && TryClaim(model, number))
            {
                await TryTellAsync(found, cancellationToken);
            }
        }
    }

    /// <summary>Tells the server of a model now.</summary>
    /// <exception cref="ModelFaultException">There is no such model, or its files are not whole.</exception>
    /// <exception cref="MlflowFaultException">The server did not take it, or there is none.</exception>
    public async Task<MlflowExportState> ExportAsync(string id, CancellationToken cancellationToken)
    {
        if (!options.Enabled)
        {
            throw new MlflowFaultException(MlflowOutcome.Refused, $"No MLflow server is configured: {MlflowOptions.Section}:Enabled and {MlflowOptions.Section}:BaseUrl name one.");
        }

        var book = registry.Store.Read();
        var model = book.Find(id) ?? throw new ModelFaultException(ModelFault.NotFound, $"There is no model '{id}'.");
        TryClaim(id, Math.Max(book.Revision, 1));
        await TellAsync(model, cancellationToken);
        return Of(id)!;
    }

    private async Task TryTellAsync(RegisteredModel model, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(model, cancellationToken);
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or DbException) && !cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("MLflow at {Place} was not told of the model {Model}, which serves as before: {Fault}", options.Place, model.Id, fault.Message);
        }
    }

    private async Task TellAsync(RegisteredModel model, CancellationToken cancellationToken)
    {
        var before = Of(model.Id);
        var (run, version) = (before?.Run, before?.Version);
        try
        {
            using var http = clients.CreateClient(Client);
            var exporter = new MlflowExporter(new MlflowServer(http, options, clock), options, clock);
            if (run is null || version is null)
            {
                if (run is not null)
                {
                    await exporter.TryEndAsync(run, "FAILED"); // Left by an attempt that was killed.
                }

                (run, version) = await exporter.PublishAsync(model, registry.Folder(model), begun => Keep(model.Id, run = begun, version: null, Begun), cancellationToken);
                Keep(model.Id, run, version, Begun);
            }

            await exporter.SettleAsync(model, registry.Store.Read().PooledGate(model.Id), run, version, cancellationToken);
            Keep(model.Id, run, version, fault: null);
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or DbException) && !cancellationToken.IsCancellationRequested)
        {
            var told = Told(model.Id, fault);
            // A server that does not know the version any more is told from the beginning next time; so is one whose run has failed.
            var isGone = version is null || told is MlflowFaultException { IsMissing: true };
            Keep(model.Id, isGone ? null : run, isGone ? null : version, told.Message);
            if (ReferenceEquals(told, fault))
            {
                throw;
            }

            throw told;
        }
    }

    // What a fault is to whoever reads it. Messages of others may name paths, or what a header holds.
    private static Exception Told(string id, Exception fault) => fault switch
    {
        MlflowFaultException or ModelFaultException => fault,
        IOException or UnauthorizedAccessException => new ModelFaultException(ModelFault.Missing, $"A file of {id} cannot be read ({fault.GetType().Name}).", fault),
        _ => new MlflowFaultException(MlflowOutcome.Unknown, $"{id} cannot be told ({fault.GetType().Name}).", inner: fault),
    };

    private IReadOnlyList<(string Model, long Event)> Due()
    {
        using var connection = database.Connect();
        return connection.Rows(
            """
            SELECT happened.model, max(happened.id) FROM model_event AS happened LEFT JOIN model_export AS told ON told.model = happened.model
            WHERE happened.what IN ('registered', 'promoted', 'retired', 'rolled-back') AND (told.event IS NULL OR told.event < happened.id)
            GROUP BY happened.model ORDER BY min(happened.id);
            """,
            row => (row.GetString(0), row.GetInt64(1)));
    }

    private bool TryClaim(string model, long number)
    {
        using var connection = database.Connect();
        return connection.Execute(
            """
            INSERT INTO model_export (model, event, at, fault) VALUES (@model, @event, @at, @fault)
            ON CONFLICT (model) DO UPDATE SET event = excluded.event, at = excluded.at, fault = excluded.fault WHERE model_export.event < excluded.event;
            """,
            ("model", model),
            ("event", number),
            ("at", database.Stored(clock.GetUtcNow())),
            ("fault", Begun)) > 0;
    }

    private void Keep(string model, string? run, string? version, string? fault)
    {
        using var connection = database.Connect();
        connection.Execute(
            "UPDATE model_export SET at = @at, run = @run, version = @version, fault = @fault WHERE model = @model;",
            ("at", database.Stored(clock.GetUtcNow())),
            ("run", run),
            ("version", version),
            ("fault", fault),
            ("model", model));
    }
}
