using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cambist.App.Forecasting.Registry.Mlflow;

/// <summary>Tells a model to an MLflow server: a run with its facts and files, a version of the registered model, and the aliases of its stage.</summary>
internal sealed class MlflowExporter(MlflowServer server, MlflowOptions options, TimeProvider clock)
{
    private const int Attempts = 3;
    private const int LooksForReady = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly string[] Aliases = ["champion", "challenger"];

    /// <summary>Makes the run and the version of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">Its files.</param>
    /// <param name="began">Told the run's id as soon as there is one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MlflowFaultException">It could not be done; the run is marked as failed where there is one.</exception>
    public async Task<(string Run, string Version)> PublishAsync(RegisteredModel model, ModelFolder folder, Action<string> began, CancellationToken cancellationToken)
    {
        var experiment = await ExperimentAsync(cancellationToken);
        var run = await RunAsync(experiment, folder, cancellationToken);
        var id = run.Needed("run_id", "runs/create");
        began(id);
        try
        {
            await LogAsync(id, folder, cancellationToken);
            var artifacts = run.Needed("artifact_uri", "runs/create").TrimEnd('/');
            foreach (var file in folder.Files.Append(ModelFolder.CardFile).Distinct().Where(file => File.Exists(Path.Combine(folder.Path, file))))
            {
                await server.PutAsync(artifacts, $"model/{file}", Path.Combine(folder.Path, file), cancellationToken);
            }

            return (id, await VersionAsync(model, id, $"{artifacts}/model", cancellationToken));
        }
        catch
        {
            // Whatever broke: a run that nobody ends is shown as running for ever.
            await TryEndAsync(id, "FAILED");
            throw;
        }
    }

    /// <summary>Brings tags and aliases of a version to what the registry says now, and ends its run.</summary>
    /// <exception cref="MlflowFaultException">It could not be done.</exception>
    public async Task SettleAsync(RegisteredModel model, ModelGate? gate, string run, string version, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in MlflowFacts.VersionTags(model, gate))
        {
            await server.SetAsync("model-versions/set-tag", new JsonObject { ["name"] = options.ModelName, ["version"] = version, ["key"] = key, ["value"] = value }, cancellationToken);
        }

        foreach (var alias in Aliases)
        {
            var now = await AliasedAsync(alias, cancellationToken);
            if (alias == ModelStore.Word(model.Stage) && now != version)
            {
                await server.SetAsync("registered-models/alias", new JsonObject { ["name"] = options.ModelName, ["alias"] = alias, ["version"] = version }, cancellationToken);
            }
            else if (alias != ModelStore.Word(model.Stage) && now == version)
            {
                await server.SetAsync("registered-models/alias", new JsonObject { ["name"] = options.ModelName, ["alias"] = alias }, cancellationToken, HttpMethod.Delete);
            }
        }

        await EndAsync(run, "FINISHED", cancellationToken);
    }

    /// <summary>Ends a run; what goes wrong with that is left, for something else went wrong before.</summary>
    public async Task TryEndAsync(string run, string status)
    {
        using var limit = new CancellationTokenSource(MlflowServer.Patience, clock);
        try
        {
            await EndAsync(run, status, limit.Token);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The fault that led here is the one that is told.
        }
    }

    private Task<JsonElement> EndAsync(string run, string status, CancellationToken cancellationToken) =>
        server.SetAsync("runs/update", new JsonObject { ["run_id"] = run, ["status"] = status, ["end_time"] = clock.GetUtcNow().ToUnixTimeMilliseconds() }, cancellationToken);

    private async Task<string> ExperimentAsync(CancellationToken cancellationToken)
    {
        if (await FindExperimentAsync(cancellationToken) is not { } found)
        {
            try
            {
                var made = await server.SetAsync("experiments/create", new JsonObject { ["name"] = options.ExperimentName }, cancellationToken);
                return made.Needed("experiment_id", "experiments/create");
            }
            catch (MlflowFaultException fault) when (fault.IsThere)
            {
                // Somebody else made it meanwhile, or our own first attempt whose answer was lost.
                found = await FindExperimentAsync(cancellationToken)
                    ?? throw new MlflowFaultException(MlflowOutcome.Refused, $"The experiment '{options.ExperimentName}' is there and is not found: {fault.Message}", inner: fault);
            }
        }

        var id = found.Needed("experiment_id", "experiments/get-by-name");
        if (found.Text("lifecycle_stage") == "deleted")
        {
            await server.SetAsync("experiments/restore", new JsonObject { ["experiment_id"] = id }, cancellationToken);
        }

        return id;
    }

    private async Task<JsonElement?> FindExperimentAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await server.GetAsync($"experiments/get-by-name?experiment_name={Uri.EscapeDataString(options.ExperimentName)}", cancellationToken)).Inside("experiment");
        }
        catch (MlflowFaultException fault) when (fault.IsMissing)
        {
            return null;
        }
    }

    private Task<JsonElement> RunAsync(string experiment, ModelFolder folder, CancellationToken cancellationToken)
    {
        var mark = Guid.NewGuid().ToString("N");
        return OnceAsync(
            async () => (await server.AddAsync(
                "runs/create",
                new JsonObject
                {
                    ["experiment_id"] = experiment,
                    ["run_name"] = folder.Manifest.Id,
                    ["start_time"] = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                    ["tags"] = MlflowFacts.RunTags(folder.Manifest, mark),
                },
                cancellationToken)).Inside("run").Inside("info"),
            async () => (await server.SetAsync(
                "runs/search",
                new JsonObject { ["experiment_ids"] = new JsonArray(experiment), ["filter"] = $"tags.cambist_export = '{mark}'", ["max_results"] = 1 },
                cancellationToken)).List("runs").Select(run => (JsonElement?)run.Inside("info")).FirstOrDefault(),
            cancellationToken);
    }

    private async Task LogAsync(string run, ModelFolder folder, CancellationToken cancellationToken)
    {
        foreach (var parameters in MlflowFacts.Parameters(folder.Manifest))
        {
            // The same value again is no change, so this may be sent twice.
            await server.SetAsync("runs/log-batch", new JsonObject { ["run_id"] = run, ["params"] = parameters }, cancellationToken);
        }

        foreach (var metrics in MlflowFacts.Metrics(folder.Manifest))
        {
            // A batch may be taken in part before it breaks: only what is not there is sent again, for the same metric twice would be two points.
            var there = new HashSet<string>();
            await OnceAsync(
                () => server.AddAsync(
                    "runs/log-batch",
                    new JsonObject { ["run_id"] = run, ["metrics"] = new JsonArray([.. metrics.Where(metric => !there.Contains(metric.Key)).Select(metric => metric.Metric.DeepClone())]) },
                    cancellationToken),
                async () =>
                {
                    var told = (await server.GetAsync($"runs/get?run_id={Uri.EscapeDataString(run)}", cancellationToken)).Inside("run").Inside("data");
                    there.UnionWith(told.List("metrics").Select(metric => metric.Text("key")).OfType<string>());
                    return metrics.All(metric => there.Contains(metric.Key)) ? told : null;
                },
                cancellationToken);
        }
    }

    private async Task<string> VersionAsync(RegisteredModel model, string run, string source, CancellationToken cancellationToken)
    {
        try
        {
            await server.SetAsync("registered-models/create", new JsonObject { ["name"] = options.ModelName, ["description"] = "Volatility models of Cambist." }, cancellationToken);
        }
        catch (MlflowFaultException fault) when (fault.IsThere)
        {
            // As it should be from the second model on.
        }

        var version = await OnceAsync(
            async () => (await server.AddAsync(
                "model-versions/create", new JsonObject { ["name"] = options.ModelName, ["source"] = source, ["run_id"] = run, ["description"] = model.Id }, cancellationToken)).Inside("model_version"),
            async () => (await server.GetAsync(
                $"model-versions/search?filter={Uri.EscapeDataString($"name='{options.ModelName}' and run_id='{run}'")}&max_results=1", cancellationToken))
                .List("model_versions").Select(found => (JsonElement?)found).FirstOrDefault(),
            cancellationToken);
        var number = version.Needed("version", "model-versions/create");
        for (var look = 0; version.Text("status") == "PENDING_REGISTRATION"; look++)
        {
            if (look == LooksForReady)
            {
                throw new MlflowFaultException(MlflowOutcome.Unknown, $"Version {number} is still being registered there after {LooksForReady} looks.");
            }

            await Task.Delay(Pause, clock, cancellationToken);
            version = (await server.GetAsync($"model-versions/get?name={Uri.EscapeDataString(options.ModelName)}&version={number}", cancellationToken)).Inside("model_version");
        }

        return version.Text("status") == "FAILED_REGISTRATION"
            ? throw new MlflowFaultException(MlflowOutcome.Refused, $"Version {number} could not be registered there: {version.Text("status_message") ?? "no reason given"}.")
            : number;
    }

    private async Task<string?> AliasedAsync(string alias, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await server.GetAsync($"registered-models/alias?name={Uri.EscapeDataString(options.ModelName)}&alias={alias}", cancellationToken);
            return answer.Inside("model_version").Text("version");
        }
        catch (MlflowFaultException fault) when (fault.IsMissing || fault.Code == "INVALID_PARAMETER_VALUE")
        {
            return null; // Stores on SQL answer 400 to an alias that is not set, others 404.
        }
    }

    /// <summary>Writes something that must be there once: where the answer was lost it first looks whether it is there.</summary>
    private async Task<JsonElement> OnceAsync(Func<Task<JsonElement>> write, Func<Task<JsonElement?>> look, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (MlflowFaultException fault) when (fault.Outcome == MlflowOutcome.Unknown && attempt < Attempts)
            {
                await Task.Delay(fault.RetryAfter ?? Pause * attempt, clock, cancellationToken);
                if (await look() is { } found)
                {
                    return found;
                }
            }
        }
    }
}
