using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cambist.TestKit;

/// <summary>A request that a stand-in received.</summary>
/// <param name="Address">Path and query, as sent.</param>
/// <param name="Authorization">The header of that name; empty where there was none.</param>
public sealed record StandInRequest(string Address, string Authorization)
{
    /// <summary>All headers, by name in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Its method, in capitals.</summary>
    public string Method { get; init; } = "";

    /// <summary>What was sent with it; empty where nothing was.</summary>
    public string Body { get; init; } = "";
}

/// <summary>A web server on loopback that stands in for an outside service: what it says at each path can be changed while it runs.</summary>
public sealed class StandInServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<StandInRequest> _requests = new();
    private readonly WebApplication _app;

    private StandInServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            var request = new StandInRequest($"{context.Request.Path}{context.Request.QueryString}", context.Request.Headers.Authorization.ToString())
            {
                Method = context.Request.Method,
                Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                Body = await body.ReadToEndAsync(context.RequestAborted),
            };
            _requests.Enqueue(request);
            context.Items[typeof(StandInRequest)] = request;
            await (_answers.TryGetValue(context.Request.Path, out var answer) ? answer(context) : NotFound(context));
        });
    }

    /// <summary>An address on which nothing listens: port 9 discards, where anyone runs it at all.</summary>
    public static Uri Unreachable { get; } = new("http://127.0.0.1:9");

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<StandInRequest> Requests => [.. _requests];

    /// <summary>Starts a server that answers 404 to everything.</summary>
    public static async Task<StandInServer> StartAsync()
    {
        var server = new StandInServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers a path with a fixed body from now on.</summary>
    public void Answers(string path, string body, int status = StatusCodes.Status200OK, string contentType = "application/json") =>
        Answers(path, _ => body, status, contentType);

    /// <summary>Answers a path with a body that follows from the request's query.</summary>
    public void Answers(string path, Func<IQueryCollection, string> body, int status = StatusCodes.Status200OK, string contentType = "application/json") =>
        _answers[path] = context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(body(context.Request.Query), context.RequestAborted);
        };

    /// <summary>Answers a path with a status and a body of JSON that follow from the whole request.</summary>
    public void Answers(string path, Func<StandInRequest, (int Status, string Body)> answer) => _answers[path] = context =>
    {
        var (status, body) = answer((StandInRequest)context.Items[typeof(StandInRequest)]!);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>Answers a path with a fixed body, but not before a task has ended.</summary>
    public void AnswersWhen(string path, Task ready, string body) => _answers[path] = async context =>
    {
        await ready.WaitAsync(context.RequestAborted);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>Takes requests at a path and never answers them.</summary>
    public void Hangs(string path) => _answers[path] = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <summary>Answers a path with a status, a body and headers.</summary>
    public void Refuses(string path, int status, string body = "", params (string Name, string Value)[] headers) => _answers[path] = context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return context.Response.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>Sends the beginning of an answer and resets the connection.</summary>
    /// <param name="path">Where.</param>
    /// <param name="beginning">What is sent.</param>
    /// <param name="declaredLength">The length that the head promises; null: none, the body comes in chunks.</param>
    public void BreaksOff(string path, string beginning, long? declaredLength) => _answers[path] = async context =>
    {
        context.Response.ContentLength = declaredLength;
        await context.Response.WriteAsync(beginning, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    };

    /// <summary>Answers with this many letters, in chunks or with the length in the head.</summary>
    public void Floods(string path, int letters, bool isDeclared) => _answers[path] = async context =>
    {
        context.Response.ContentLength = isDeclared ? letters : null;
        var chunk = new string(' ', 1 << 16);
        for (var sent = 0; sent < letters; sent += chunk.Length)
        {
            await context.Response.WriteAsync(chunk[..Math.Min(chunk.Length, letters - sent)], context.RequestAborted);
        }
    };

    /// <summary>Takes requests at a path and stops in the middle: before the head where there is no beginning, else in the body.</summary>
    /// <returns>Completes when it was asked and has stopped.</returns>
    public Task Stalls(string path, string? beginning)
    {
        var stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers[path] = async context =>
        {
            if (beginning is not null)
            {
                await context.Response.WriteAsync(beginning, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            stalled.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        return stalled.Task;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
