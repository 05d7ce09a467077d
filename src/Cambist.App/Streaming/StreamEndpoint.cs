using System.Net;
using System.Net.WebSockets;
using Cambist.App.Edge;
using Cambist.App.Edge.Limits;
using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Streaming;

/// <summary>Opens streams: looks at who asks, turns the request into a websocket, and keeps it until it ends.</summary>
internal sealed class StreamEndpoint(StreamHub hub, StreamDoor door, RateLimitsOptions limits, PageOrigins origins, StreamOptions options, StreamMeter meter, TimeProvider clock)
{
    /// <summary>Answers a request for what everyone may know.</summary>
    public Task AcceptAsync(HttpContext context, StreamSource source) => Refusal(context) is { } problem
        ? new ProblemResult(problem).ExecuteAsync(context)
        : AcceptAsync(context, source, login: null, subProtocol: null);

    /// <summary>Opens a stream, where there is room for one more.</summary>
    /// <param name="context">The request, which nothing else stands against.</param>
    /// <param name="source">What clients may follow.</param>
    /// <param name="login">Whose stream it is; null where it is everyone's.</param>
    /// <param name="subProtocol">What to answer with; null: nothing.</param>
    public async Task AcceptAsync(HttpContext context, StreamSource source, StreamLogin? login, string? subProtocol)
    {
        var address = limits.Spares(context) ? null : context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (!door.TryEnter(address))
        {
            await new ProblemResult(TooMany("There are as many streams open, of this address or in all, as the service allows.")).ExecuteAsync(context);
        }
        else
        {
            try
            {
                await ServeAsync(context, source, login, subProtocol);
            }
            finally
            {
                door.Leave(address);
            }
        }
    }

    /// <summary>Why a request opens no stream, whoever sends it; null where nothing stands against it.</summary>
    public Problem? Refusal(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            return Problems.Of(StatusCodes.Status426UpgradeRequired, "websocket_required", "A websocket is required", $"{context.Request.Path} is a websocket: connect with ws:// or wss://.");
        }

        return origins.Allows(context.Request)
            ? null
            : Problems.Of(StatusCodes.Status403Forbidden, "origin_refused", "The page may not open a stream", "Pages of this host and those named in Cors:Origins may open a stream.");
    }

    /// <summary>There is no room for one more.</summary>
    public static Problem TooMany(string detail) => Problems.Of(StatusCodes.Status429TooManyRequests, "too_many_streams", "Too many streams", detail);

    private async Task ServeAsync(HttpContext context, StreamSource source, StreamLogin? login, string? subProtocol)
    {
        // A socket whose other side is gone without a word is found by a ping that nobody answers.
        var ping = TimeSpan.FromSeconds(options.PingSeconds);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = subProtocol, KeepAliveInterval = ping, KeepAliveTimeout = ping });
        var client = new StreamClient(socket, hub.NextLane(), options, clock, meter, login);
        hub.Add(client);
        meter.Came();
        if (login is { IsIn: true })
        {
            hub.Personal.Join(login.Account, client, login.Welcome());
        }

        var conversation = new StreamConversation(socket, client, hub, source, options, clock).RunAsync();
        try
        {
            await await Task.WhenAny(conversation, client.LeftAsync());
            await client.ClosedAsync();
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException)
        {
            // The connection is gone, which is what streams end with. A send that still waits for it ends with it.
            if (!client.SentAsync().IsCompleted)
            {
                context.Abort();
            }
        }
        finally
        {
            hub.Remove(client);
            meter.Went();
            await client.SentAsync();
        }
    }
}
