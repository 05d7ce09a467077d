using System.Net;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Cambist.Client;

/// <summary>
/// Rates as they change, by the websocket <c>/ws/rates</c>. A connection that is lost or silent is made again, after a while that grows to half a minute; a gap in the numbers leads
/// to a new snapshot.
/// </summary>
/// <param name="service">The service's address: <c>http://127.0.0.1:5080</c>.</param>
/// <param name="pairs">Pairs such as <c>EUR/USD</c>.</param>
/// <param name="clock">What tells time; null: the system.</param>
public sealed class LiveRates(Uri service, IReadOnlyList<string> pairs, TimeProvider? clock = null)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // A connection that held this long was a good one.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Snapshots and updates, until the token is cancelled. The first message is a snapshot, and there is one after each new connection and each gap: it is the whole of what is known.</summary>
    /// <exception cref="CambistStreamException">The service refuses what is asked for; asking again would change nothing.</exception>
    public async IAsyncEnumerable<StreamMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var wait = First;
        while (true)
        {
            var began = _clock.GetTimestamp();
            using (var connection = await OpenAsync(cancellationToken))
            {
                while (connection is not null && await connection.NextAsync(cancellationToken) is { } message)
                {
                    if (message.Type is "snapshot" or "rate_update")
                    {
                        yield return message;
                    }
                }
            }

            wait = _clock.GetElapsedTime(began) >= Settled ? First : wait;
            // Not all clients of a service that comes back come back in the same moment.
            await Task.Delay(wait / 2 + wait / 2 * Random.Shared.NextDouble(), _clock, cancellationToken);
            wait = wait * 2 < Longest ? wait * 2 : Longest;
        }
    }

    // Null: it cannot be reached, or has no room.
    private async Task<LiveRatesConnection?> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        try
        {
            await socket.ConnectAsync(Address(), cancellationToken);
            var connection = new LiveRatesConnection(socket, pairs, _clock);
            await connection.SubscribeAsync(cancellationToken);
            return connection;
        }
        catch (WebSocketException) when (socket.HttpStatusCode is < HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        catch (WebSocketException)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            throw new CambistStreamException("handshake_refused", $"{Address()} answered with HTTP status {status} and opened no websocket.");
        }
    }

    private Uri Address() => new UriBuilder(new Uri(service, "/ws/rates")) { Scheme = service.Scheme is "https" or "wss" ? "wss" : "ws" }.Uri;
}

/// <summary>The service refuses a stream.</summary>
public sealed class CambistStreamException(string code, string message) : Exception($"{message} ({code})")
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}
