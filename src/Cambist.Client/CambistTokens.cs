using System.Net.Http.Json;

namespace Cambist.Client;

/// <summary>
/// The tokens of somebody who is logged in, for one <see cref="CambistClient"/> or several. They are refreshed when the access token has run out. A refresh token works once, and showing it again ends the
/// session: however many requests find the access token run out, one refresh is sent, and all wait for it.
/// </summary>
/// <param name="tokens">Those that a log-in gave earlier; null: nobody is logged in.</param>
public sealed class CambistTokens(TokenAnswer? tokens = null)
{
    private readonly Lock _lock = new();
    private TokenAnswer? _current = tokens;
    private Task? _refresh;

    /// <summary>The tokens; null: nobody is logged in.</summary>
    public TokenAnswer? Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>Told with each new pair of tokens, and with null when nobody is logged in any more: for who stores them. The ones before are good for nothing then.</summary>
    public event Action<TokenAnswer?>? Changed;

    internal void Set(TokenAnswer? tokens)
    {
        lock (_lock)
        {
            _current = tokens;
        }

        Changed?.Invoke(tokens);
    }

    /// <summary>Sees to it that there are other tokens than those that were refused.</summary>
    /// <exception cref="CambistProblemException">The refresh token is refused: the session is over.</exception>
    internal Task RefreshAsync(HttpClient http, TokenAnswer refused, CancellationToken cancellationToken)
    {
        Task refresh;
        lock (_lock)
        {
            if (_current != refused)
            {
                return Task.CompletedTask; // Somebody else has refreshed them, or logged out.
            }

            // Nobody who gives up waiting breaks it off: an answer that nobody read would cost the session.
            refresh = _refresh ??= Task.Run(() => SendAsync(http, refused), CancellationToken.None);
        }

        return refresh.WaitAsync(cancellationToken);
    }

    private async Task SendAsync(HttpClient http, TokenAnswer used)
    {
        try
        {
            using var response = await http.PostAsJsonAsync(new Uri("api/v1/auth/refresh", UriKind.Relative), new RefreshRequest(used.RefreshToken), CambistJson.Wire.RefreshRequest);
            var next = await CambistCalls.ReadAsync(response, CambistJson.Wire.TokenAnswer, CancellationToken.None);
            Done(next);
        }
        catch (CambistProblemException fault) when (fault.Problem.Code == "refresh_token_refused")
        {
            Done(next: null);
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _refresh = null;
            }
        }

        // Only where nobody logged in or out meanwhile.
        void Done(TokenAnswer? next)
        {
            lock (_lock)
            {
                if (_current != used)
                {
                    return;
                }

                _current = next;
            }

            Changed?.Invoke(next);
        }
    }
}
