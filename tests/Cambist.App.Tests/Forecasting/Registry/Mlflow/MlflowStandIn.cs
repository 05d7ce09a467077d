using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Tests.Forecasting.Registry.Mlflow;

/// <summary>How a request goes wrong, once.</summary>
/// <param name="Status">What is answered; 0: nothing, ever.</param>
/// <param name="IsDone">Whether what was asked for is done all the same.</param>
internal sealed record Mishap(int Status, bool IsDone);

/// <summary>
/// An MLflow server in memory, of a documented shape (REST 2.0): experiments, runs, batches with their limits, artifacts, registered models, versions and aliases. Empty lists and default values are left
/// out of its answers, writes with nothing to say answer {}, and a wrong Host is answered with text.
/// </summary>
internal sealed partial class MlflowStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _one = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Mishap?>> _mishaps = new();

    private MlflowStandIn()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Experiments by id.</summary>
    public Dictionary<string, JsonObject> Experiments { get; } = [];

    /// <summary>Runs by id: info, params, metrics and tags.</summary>
    public Dictionary<string, Run> Runs { get; } = [];

    /// <summary>What was uploaded, by path.</summary>
    public Dictionary<string, byte[]> Artifacts { get; } = [];

    /// <summary>Versions of the registered model, in order; null while there is no such model.</summary>
    public List<JsonObject>? Versions { get; private set; }

    public Dictionary<string, string> Aliases { get; } = [];

    /// <summary>Every Authorization header that came.</summary>
    public ConcurrentBag<string> Authorizations { get; } = [];

    /// <summary>Path of each request, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Released once for each request that is left without an answer.</summary>
    public SemaphoreSlim Stalled { get; } = new(0);

    /// <summary>Host headers that are let in; null: any.</summary>
    public string? AllowedHost { get; set; }

    public string ArtifactScheme { get; set; } = "mlflow-artifacts:";

    public static async Task<MlflowStandIn> StartAsync()
    {
        var server = new MlflowStandIn();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The next requests of a call go wrong, but for those that are null.</summary>
    public void GoesWrong(string call, params Mishap?[] mishaps) => _mishaps[call] = new ConcurrentQueue<Mishap?>(mishaps);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Stalled.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Asked.Enqueue($"{context.Request.Method} {path}");
        Authorizations.Add(context.Request.Headers.Authorization.ToString());
        if (AllowedHost is { } allowed && context.Request.Host.Value != allowed)
        {
            await TellAsync(context, 403, "Invalid Host header - possible DNS rebinding attack detected", "text/plain");
            return;
        }

        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var call = path.Split("/api/2.0/mlflow/")[^1];
        var mishap = _mishaps.TryGetValue(path.Contains("/mlflow-artifacts/", StringComparison.Ordinal) ? "artifacts" : call, out var queue) && queue.TryDequeue(out var next) ? next : null;
        var (status, body) = mishap is { IsDone: false } ? (0, null) : Do(context.Request, call, bytes.ToArray());
        if (mishap is { Status: 0 })
        {
            Stalled.Release();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        await (mishap is not null
            ? TellAsync(context, mishap.Status, "<html>Bad gateway</html>", "text/html")
            : TellAsync(context, status, body!.ToJsonString(), "application/json"));
    }

    private static Task TellAsync(HttpContext context, int status, string body, string type)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    private (int Status, JsonObject Body) Do(HttpRequest request, string call, byte[] bytes)
    {
        lock (_one)
        {
            try
            {
                if (call.StartsWith("/api/2.0/mlflow-artifacts/artifacts/", StringComparison.Ordinal))
                {
                    return (200, Put(request, call["/api/2.0/mlflow-artifacts/artifacts/".Length..], bytes));
                }

                var body = bytes.Length > 0 ? JsonNode.Parse(bytes)!.AsObject() : [];
                if (request.Method == "POST" && request.ContentType != "application/json")
                {
                    throw new Refusal(415, "BAD_REQUEST", "Expected application/json");
                }

                return (200, Call(request, call, body));
            }
            catch (Refusal refusal)
            {
                return (refusal.Status, new JsonObject { ["error_code"] = refusal.Code, ["message"] = refusal.Message });
            }
        }
    }

    private JsonObject Call(HttpRequest request, string call, JsonObject body) => (request.Method, call) switch
    {
        ("GET", "experiments/get-by-name") => new JsonObject { ["experiment"] = ByName(request.Query["experiment_name"].ToString())?.DeepClone() ?? throw Missing("experiment") },
        ("POST", "experiments/create") => CreateExperiment(Text(body, "name")),
        ("POST", "experiments/restore") => Restore(Text(body, "experiment_id")),
        ("POST", "runs/create") => CreateRun(body),
        ("POST", "runs/update") => UpdateRun(body),
        ("POST", "runs/log-batch") => LogBatch(body),
        ("GET", "runs/get") => new JsonObject { ["run"] = Find(request.Query["run_id"].ToString()).ToJson() },
        ("POST", "runs/search") => SearchRuns(body),
        ("POST", "registered-models/create") => CreateModel(),
        ("POST", "model-versions/create") => CreateVersion(body),
        ("GET", "model-versions/search") => SearchVersions(request.Query["filter"].ToString()),
        ("GET", "model-versions/get") => new JsonObject { ["model_version"] = Version(request.Query["version"].ToString()).DeepClone() },
        ("POST", "model-versions/set-tag") => Tag(body),
        ("GET", "registered-models/alias") => new JsonObject
        {
            ["model_version"] = Version(Aliases.GetValueOrDefault(request.Query["alias"].ToString())
                ?? throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Registered model alias not found.")).DeepClone(),
        },
        ("POST", "registered-models/alias") => Alias(Text(body, "alias"), Version(Text(body, "version"))),
        ("DELETE", "registered-models/alias") => Aliases.Remove(Text(body, "alias")) ? [] : throw Missing("alias"),
        _ => throw new Refusal(404, "ENDPOINT_NOT_FOUND", $"No such call {request.Method} {call}"),
    };

    private JsonObject? ByName(string name) => Experiments.Values.FirstOrDefault(one => Text(one, "name") == name);

    private JsonObject CreateExperiment(string name)
    {
        if (ByName(name) is not null)
        {
            throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", $"Experiment '{name}' already exists.");
        }

        var id = $"{Experiments.Count + 7}";
        Experiments[id] = new JsonObject { ["experiment_id"] = id, ["name"] = name, ["lifecycle_stage"] = "active" };
        return new JsonObject { ["experiment_id"] = id };
    }

    private JsonObject Restore(string id)
    {
        (Experiments.GetValueOrDefault(id) ?? throw Missing("experiment"))["lifecycle_stage"] = "active";
        return [];
    }

    private JsonObject CreateRun(JsonObject body)
    {
        var experiment = Text(body, "experiment_id");
        if (Experiments.GetValueOrDefault(experiment) is not { } found || Text(found, "lifecycle_stage") != "active")
        {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "The experiment must be in the 'active' state.");
        }

        var id = Guid.NewGuid().ToString("N");
        var run = new Run(new JsonObject
        {
            ["run_id"] = id, ["run_name"] = Text(body, "run_name"), ["experiment_id"] = experiment, ["status"] = "RUNNING", ["artifact_uri"] = $"{ArtifactScheme}/{experiment}/{id}/artifacts",
        });
        Runs[id] = run;
        Each(body, "tags", (key, value) => run.Tags[key] = value);
        return new JsonObject { ["run"] = run.ToJson() };
    }

    private JsonObject UpdateRun(JsonObject body)
    {
        var run = Find(Text(body, "run_id"));
        run.Info["status"] = Text(body, "status");
        return new JsonObject { ["run_info"] = run.Info.DeepClone() };
    }

    private JsonObject LogBatch(JsonObject body)
    {
        var run = Find(Text(body, "run_id"));
        var (metrics, parameters, tags) = (Count(body, "metrics"), Count(body, "params"), Count(body, "tags"));
        if (metrics > 1000 || parameters > 100 || tags > 100 || metrics + parameters + tags > 1000)
        {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "A batch logging request can contain at most 1000 metrics.");
        }

        Each(body, "params", (key, value) =>
        {
            if (!run.Params.TryAdd(key, value) && run.Params[key] != value)
            {
                throw new Refusal(400, "INVALID_PARAMETER_VALUE", $"Changing param values is not allowed. Param with key='{key}' was already logged.");
            }
        });
        Each(body, "tags", (key, value) => run.Tags[key] = value);
        foreach (var metric in body["metrics"]?.AsArray() ?? [])
        {
            run.Metrics.Add((Key(Text(metric!.AsObject(), "key")), metric["value"]!.GetValue<double>(), metric["step"]!.GetValue<int>(), metric["timestamp"]!.GetValue<long>()));
        }

        return [];
    }

    private JsonObject SearchRuns(JsonObject body)
    {
        var (key, value) = Filter().Match(Text(body, "filter")) is { Success: true } match ? (match.Groups["key"].Value, match.Groups["value"].Value) : throw new Refusal(400, "INVALID_PARAMETER_VALUE", "filter");
        var found = Runs.Values.Where(run => run.Tags.GetValueOrDefault(key.Replace("tags.", "", StringComparison.Ordinal)) == value).Select(run => (JsonNode)run.ToJson()).ToArray();
        return found.Length == 0 ? [] : new JsonObject { ["runs"] = new JsonArray(found) };
    }

    private JsonObject CreateModel()
    {
        Versions = Versions is null ? [] : throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", "Registered Model already exists.");
        return [];
    }

    private JsonObject CreateVersion(JsonObject body)
    {
        var run = Find(Text(body, "run_id"));
        if (Text(body, "source") != $"{Text(run.Info, "artifact_uri")}/model")
        {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Invalid model version source");
        }

        var version = new JsonObject
        {
            ["name"] = Text(body, "name"), ["version"] = $"{(Versions ?? throw Missing("model")).Count + 1}", ["run_id"] = Text(body, "run_id"), ["description"] = Text(body, "description"), ["status"] = "READY",
        };
        Versions.Add(version);
        return new JsonObject { ["model_version"] = version.DeepClone() };
    }

    private JsonObject SearchVersions(string filter)
    {
        var run = filter.Split("run_id='")[1].TrimEnd('\'');
        var found = (Versions ?? []).Where(version => Text(version, "run_id") == run).Select(version => version.DeepClone()).ToArray();
        return found.Length == 0 ? [] : new JsonObject { ["model_versions"] = new JsonArray(found) };
    }

    private JsonObject Tag(JsonObject body)
    {
        Version(Text(body, "version"))[$"tag:{Text(body, "key")}"] = Text(body, "value");
        return [];
    }

    private JsonObject Alias(string alias, JsonObject version)
    {
        Aliases[alias] = Text(version, "version");
        return [];
    }

    private JsonObject Put(HttpRequest request, string path, byte[] bytes)
    {
        if (request.Method != "PUT" || request.ContentLength is null || path.Split('/').Contains(".."))
        {
            throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Invalid path");
        }

        Artifacts[path] = bytes;
        return [];
    }

    private Run Find(string id) => Runs.GetValueOrDefault(id) ?? throw Missing("run");

    private JsonObject Version(string number) => Versions?.FirstOrDefault(version => Text(version, "version") == number) ?? throw Missing("version");

    private static int Count(JsonObject body, string list) => body[list]?.AsArray().Count ?? 0;

    private static void Each(JsonObject body, string list, Action<string, string> take)
    {
        foreach (var pair in body[list]?.AsArray() ?? [])
        {
            var value = Text(pair!.AsObject(), "value");
            take(Key(Text(pair!.AsObject(), "key")), value.Length <= 500 ? value : throw new Refusal(400, "INVALID_PARAMETER_VALUE", "The value is too long"));
        }
    }

    private static string Key(string key) => key.Length <= 250 && Allowed().IsMatch(key) && !key.Contains("..", StringComparison.Ordinal) && key[0] != '/' ? key : throw new Refusal(400, "INVALID_PARAMETER_VALUE", $"Invalid key {key}");

    private static string Text(JsonObject body, string name) => body[name]?.GetValue<string>() ?? throw new Refusal(400, "INVALID_PARAMETER_VALUE", $"Missing value for required parameter '{name}'");

    private static Refusal Missing(string what) => new(404, "RESOURCE_DOES_NOT_EXIST", $"No such {what}");

    [GeneratedRegex(@"^tags\.(?<key>\w+) = '(?<value>[^']+)'$")]
    private static partial Regex Filter();

    [GeneratedRegex(@"^[A-Za-z0-9_\-. /:]+$")]
    private static partial Regex Allowed();

    private sealed class Refusal(int status, string code, string message) : Exception(message)
    {
        public int Status => status;

        public string Code => code;
    }

    /// <summary>A run.</summary>
    internal sealed record Run(JsonObject Info)
    {
        public Dictionary<string, string> Params { get; } = [];

        public Dictionary<string, string> Tags { get; } = [];

        public List<(string Key, double Value, int Step, long Timestamp)> Metrics { get; } = [];

        public string Status => Info["status"]!.GetValue<string>();

        public JsonObject ToJson()
        {
            var data = new JsonObject();
            if (Metrics.Count > 0)
            {
                data["metrics"] = new JsonArray([.. Metrics.DistinctBy(metric => metric.Key).Select(metric => (JsonNode)new JsonObject { ["key"] = metric.Key, ["value"] = metric.Value })]);
            }

            return new JsonObject { ["info"] = Info.DeepClone(), ["data"] = data };
        }
    }
}
