using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.TestKit;

/// <summary>A websocket server on loopback that stands in for an outside feed: what it says on each connection is the test's to decide.</summary>
public sealed class StandInFeed : IAsyncDisposable
{
    /// <summary>The ids of all feeds.</summary>
    public static readonly IReadOnlyList<string> Ids = ["kraken", "twelvedata"];

    private readonly Channel<StandInConnection> _connections = Channel.CreateUnbounded<StandInConnection>();
    private readonly WebApplication _app;
    private volatile int _refusal;
    private int _attempts;

    private StandInFeed()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging();
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(AcceptAsync);
    }

    /// <summary>An address on which nothing listens.</summary>
    public static Uri Unreachable { get; } = new UriBuilder(StandInServer.Unreachable) { Scheme = "ws" }.Uri;

    /// <summary>Where it listens.</summary>
    public Uri Address => new UriBuilder(_app.Urls.Single()) { Scheme = "ws" }.Uri;

    /// <summary>Handshakes so far, refused ones included.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>Starts a server that takes every connection and says nothing.</summary>
    public static async Task<StandInFeed> StartAsync()
    {
        var server = new StandInFeed();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers every handshake with this HTTP status from now on; 0 takes connections again.</summary>
    public void Refuses(int status) => _refusal = status;

    /// <summary>Waits for the next connection.</summary>
    public ValueTask<StandInConnection> NextAsync(CancellationToken cancellationToken) => _connections.Reader.ReadAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        while (_connections.Reader.TryRead(out var connection))
        {
            connection.Abort();
        }

        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        Interlocked.Increment(ref _attempts);
        if (_refusal is not 0 || !context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = _refusal is 0 ? StatusCodes.Status426UpgradeRequired : _refusal;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new StandInConnection(socket, context);
        await _connections.Writer.WriteAsync(connection, context.RequestAborted);
        await connection.Ended;
    }
}
