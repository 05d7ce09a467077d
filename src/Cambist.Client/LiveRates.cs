using System.Net;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Cambist.Client;

/// <summary>
/// Rates as they change, by the websocket <c>/ws/rates</c>, or with what concerns one account by <c>/ws/{user_id}</c>. A connection that is lost or silent is made again, after a while that grows to half a minute; a gap in the numbers leads
/// to a new snapshot.
/// </summary>
/// <param name="service">The service's address: <c>http://127.0.0.1:5080</c>.</param>
/// <param name="pairs">Pairs such as <c>EUR/USD</c>; of an account's stream there may be none.</param>
/// <param name="clock">What tells time; null: the system.</param>
public sealed class LiveRates(Uri service, IReadOnlyList<string> pairs, TimeProvider? clock = null)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // A connection that held this long was a good one.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private bool _wasRefused;

    /// <summary>Whose stream it is; null: everyone's.</summary>
    public StreamAccount? Account { get; init; }

    /// <summary>
    /// Snapshots and updates, until the token is cancelled. The first message is a snapshot, and there is one after each new connection and each gap: it is the whole of what is known. Of an
    /// account's stream <c>authenticated</c> comes before it with each new connection, and personal messages come between; those of the time without a connection are lost.
    /// </summary>
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
                    if (message.IsAfterGap || message.Type is "snapshot" or "rate_update" or "rate_stale" or "authenticated" or "recommendation_change" or "goal_progress" or "alert")
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

    // Null: it cannot be reached, has no room, or a token has ended on the way.
    private async Task<LiveRatesConnection?> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(20);
        socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        if (Account is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {await Account.Token(cancellationToken)}");
        }

        try
        {
            await socket.ConnectAsync(Address(), cancellationToken);
            var connection = new LiveRatesConnection(socket, pairs, Account, _clock);
            await connection.SubscribeAsync(cancellationToken);
            _wasRefused = false;
            return connection;
        }
        catch (WebSocketException) when (socket.HttpStatusCode == HttpStatusCode.Unauthorized && Account is not null && !_wasRefused)
        {
            _wasRefused = true;
            socket.Dispose();
            return null;
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

    private Uri Address() => new UriBuilder(new Uri(service, Account is null ? "/ws/rates" : $"/ws/{Uri.EscapeDataString(Account.Id)}")) { Scheme = service.Scheme is "https" or "wss" ? "wss" : "ws" }.Uri;
}

/// <summary>The service refuses a stream.</summary>
public sealed class CambistStreamException(string code, string message) : Exception($"{message} ({code})")
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}
