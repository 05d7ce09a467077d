using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cambist.TestKit;

/// <summary>A web server on loopback that stands in for an outside service: what it says at each path can be changed while it runs.</summary>
public sealed class StandInServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private StandInServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(context => _answers.TryGetValue(context.Request.Path, out var answer) ? answer(context) : NotFound(context));
    }

    /// <summary>An address on which nothing listens: port 9 discards, where anyone runs it at all.</summary>
    public static Uri Unreachable { get; } = new("http://127.0.0.1:9");

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.Single());

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

    /// <summary>Takes requests at a path and never answers them.</summary>
    public void Hangs(string path) => _answers[path] = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
