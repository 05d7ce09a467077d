using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Polly;
using Polly.Retry;

namespace Cambist.App.Forecasting.Registry.Mlflow;

/// <summary>
/// An MLflow server over its REST interface 2.0. What may be done twice is asked again with growing pauses, as the reference client does (408, 429, 500, 502, 503, 504); what may not is asked
/// again only where it was surely not taken. Every way to fail becomes an <see cref="MlflowFaultException"/>.
/// </summary>
internal sealed class MlflowServer(HttpClient http, MlflowOptions options, TimeProvider clock)
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan PatienceForFiles = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private const int MostOfAnAnswer = 200;

    private readonly ResiliencePipeline _twice = PipelineOf(clock, fault => fault.Outcome != MlflowOutcome.Refused);
    private readonly ResiliencePipeline _once = PipelineOf(clock, fault => fault.Outcome == MlflowOutcome.NotTaken);
    private readonly string _root = options.BaseUrl!.AbsoluteUri.TrimEnd('/');

    /// <summary>Reads.</summary>
    /// <param name="call">The call after <c>/api/2.0/mlflow/</c>, with its query.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<JsonElement> GetAsync(string call, CancellationToken cancellationToken) => CallAsync(HttpMethod.Get, call, body: null, _twice, cancellationToken);

    /// <summary>Writes what may be written twice.</summary>
    public Task<JsonElement> SetAsync(string call, JsonObject body, CancellationToken cancellationToken, HttpMethod? method = null) => CallAsync(method ?? HttpMethod.Post, call, body, _twice, cancellationToken);

    /// <summary>Writes what must not be written twice.</summary>
    public Task<JsonElement> AddAsync(string call, JsonObject body, CancellationToken cancellationToken) => CallAsync(HttpMethod.Post, call, body, _once, cancellationToken);

    /// <summary>Uploads a file below an artifact address.</summary>
    /// <exception cref="MlflowFaultException">The server has no proxy for artifacts, or did not take it.</exception>
    public async Task PutAsync(string artifactUri, string name, string file, CancellationToken cancellationToken)
    {
        var address = ArtifactAddress(artifactUri, name);
        await _twice.ExecuteAsync(
            async cancel =>
            {
                await using var content = File.OpenRead(file);
                using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StreamContent(content) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(name.EndsWith(".json", StringComparison.Ordinal) ? "application/json" : name.EndsWith(".md", StringComparison.Ordinal) ? "text/markdown" : "application/octet-stream");
                request.Content.Headers.ContentLength = content.Length;
                await SendAsync(request, PatienceForFiles, cancel);
            },
            cancellationToken);
    }

    // mlflow-artifacts:/7/RUN/artifacts is proxied by the same server, mlflow-artifacts://host:port/… by another.
    internal Uri ArtifactAddress(string artifactUri, string name)
    {
        if (!Uri.TryCreate(artifactUri, UriKind.Absolute, out var uri) || uri.Scheme != "mlflow-artifacts")
        {
            throw new MlflowFaultException(
                MlflowOutcome.Refused,
                $"Its artifacts are at {(uri is { IsAbsoluteUri: true } ? uri.Scheme + ":" : "an address that is none")}, which only the storage's own protocol reaches: mlflow-artifacts: was expected. Start it with --serve-artifacts and an experiment of its own.");
        }

        var path = string.Join('/', $"{Uri.UnescapeDataString(uri.AbsolutePath).Trim('/')}/{name}".Split('/').Select(Uri.EscapeDataString));
        var root = uri.Authority.Length > 0 ? $"{options.BaseUrl!.Scheme}://{uri.Authority}" : _root;
        return new Uri($"{root}/api/2.0/mlflow-artifacts/artifacts/{path}");
    }

    private async Task<JsonElement> CallAsync(HttpMethod method, string call, JsonObject? body, ResiliencePipeline pipeline, CancellationToken cancellationToken)
    {
        var json = body?.ToJsonString();
        return await pipeline.ExecuteAsync(
            async cancel =>
            {
                using var request = new HttpRequestMessage(method, $"{_root}/api/2.0/mlflow/{call}");
                if (json is not null)
                {
                    request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                }

                var answer = await SendAsync(request, Patience, cancel);
                return Parse(answer) ?? throw new MlflowFaultException(MlflowOutcome.Unknown, $"It answered {Name(call)} with something that is no JSON: {Short(answer)}");
            },
            cancellationToken);
    }

    private async Task<string> SendAsync(HttpRequestMessage request, TimeSpan patience, CancellationToken cancellationToken)
    {
        Authorize(request);
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            var answer = await response.Content.ReadAsStringAsync(either.Token);
            return response.IsSuccessStatusCode ? answer : throw Fault(response, answer, Name(request.RequestUri!.AbsolutePath));
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MlflowFaultException(MlflowOutcome.Unknown, $"No answer from {options.Place} within {patience.TotalSeconds:0} s.", inner: fault);
        }
        catch (HttpRequestException fault)
        {
            var neverArrived = fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            throw new MlflowFaultException(neverArrived ? MlflowOutcome.NotTaken : MlflowOutcome.Unknown, $"{options.Place} cannot be reached: {(fault.InnerException ?? fault).Message.TrimEnd('.')}.", inner: fault);
        }
    }

    // A server that names another host for its artifacts does not get our secret sent there.
    private void Authorize(HttpRequestMessage request)
    {
        if (request.RequestUri!.Authority != options.BaseUrl!.Authority)
        {
            return;
        }

        request.Headers.Authorization = options switch
        {
            { Token: { Length: > 0 } token } => new AuthenticationHeaderValue("Bearer", token),
            { Username: { Length: > 0 } user } => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}"))),
            _ => null,
        };
    }

    private static MlflowFaultException Fault(HttpResponseMessage response, string answer, string call)
    {
        var status = response.StatusCode;
        // Guards and proxies answer with text or a page; only what can be read is the server's own word.
        var told = Parse(answer) is { ValueKind: JsonValueKind.Object } body ? body : default;
        var code = told.Text("error_code");
        var words = told.Text("message") ?? status switch
        {
            HttpStatusCode.Forbidden when !answer.StartsWith('<') => $"{Short(answer)} Where its guard of host names says so, add this address to --allowed-hosts of the server",
            HttpStatusCode.Unauthorized => "it wants a token, or a user name and a password",
            >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest => $"it points elsewhere; {MlflowOptions.Section}:BaseUrl is the address itself",
            _ => Short(answer),
        };
        return new MlflowFaultException(
            MlflowFaultException.Of(status), $"{call} was answered with HTTP {(int)status}{(code is null ? "" : $" {code}")}: {Short(words)}", status, code, response.Headers.RetryAfter?.Delta);
    }

    private static ResiliencePipeline PipelineOf(TimeProvider clock, Func<MlflowFaultException, bool> isWorthIt) => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 3,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = LongestPause,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception is MlflowFaultException fault && isWorthIt(fault) && !(fault.RetryAfter > LongestPause)),
            DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Exception is MlflowFaultException { RetryAfter: { } wanted } && wanted > TimeSpan.Zero ? wanted : (TimeSpan?)null),
        })
        .Build();

    private static JsonElement? Parse(string answer)
    {
        try
        {
            return JsonElement.Parse(answer.Length == 0 ? "{}" : answer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Name(string call) => call.Split('?')[0].Split("/mlflow/")[^1];

    private static string Short(string text) => text.ReplaceLineEndings(" ").Trim() is var line && line.Length > MostOfAnAnswer ? line[..MostOfAnAnswer] + "…" : line;
}

/// <summary>Reads answers in which empty and default values are left out.</summary>
internal static class MlflowMembers
{
    /// <summary>A text; null where it is absent. Numbers are told as text or as numbers, by the gateway.</summary>
    public static string? Text(this JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
        : null;

    /// <summary>An object inside; an undefined one where it is absent.</summary>
    public static JsonElement Inside(this JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The entries of a list; none where it is absent.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement element, string name) => element.Inside(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>A text that must be there.</summary>
    /// <exception cref="MlflowFaultException">It is not.</exception>
    public static string Needed(this JsonElement element, string name, string call) =>
        element.Text(name) ?? throw new MlflowFaultException(MlflowOutcome.Unknown, $"Its answer to {call} lacks '{name}'.");
}
