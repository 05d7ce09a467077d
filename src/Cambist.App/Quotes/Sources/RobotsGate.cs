using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Cambist.App.Rates.Sources;

namespace Cambist.App.Quotes.Sources;

/// <summary>
/// Whether robots.txt lets Cambist ask for an address. Each host's is read once a day. A host without one allows everything; one that cannot be reached, is broken or turns us away
/// allows nothing, and is looked at again after a while.
/// </summary>
internal sealed class RobotsGate(HttpClient http, TimeProvider clock)
{
    private const string Robot = "Cambist";

    // RFC 9309 wants at least 500 KiB to be read, and what follows may be left.
    private const int Longest = 500 * 1024;

    private static readonly TimeSpan HoldsFor = TimeSpan.FromDays(1);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (RobotsRules Rules, DateTimeOffset Until)> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the address may be asked for.</summary>
    /// <param name="address">An absolute address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> AllowsAsync(Uri address, CancellationToken cancellationToken) =>
        (await RulesAsync(address, cancellationToken)).Rules.Allow(address.PathAndQuery);

    /// <summary>Throws where a source's next question is not allowed.</summary>
    /// <param name="source">The client that the question is asked with.</param>
    /// <param name="question">Its address, relative to the client's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SourceFaultException">It is not allowed, or that cannot be known for now.</exception>
    public Task RefuseDisallowedAsync(HttpClient source, string question, CancellationToken cancellationToken) =>
        RefuseDisallowedAsync(new Uri(source.BaseAddress!, SourceHttp.AddressOf(source.BaseAddress, question)), cancellationToken);

    /// <summary>Throws where an address is not allowed.</summary>
    /// <param name="address">An absolute address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SourceFaultException">It is not allowed, or that cannot be known for now.</exception>
    public async Task RefuseDisallowedAsync(Uri address, CancellationToken cancellationToken)
    {
        var (rules, until) = await RulesAsync(address, cancellationToken);
        if (rules == RobotsRules.Everything)
        {
            throw new SourceFaultException(SourceFault.Unavailable, "Its robots.txt cannot be read, so it is not asked.", until - clock.GetUtcNow());
        }

        if (!rules.Allow(address.PathAndQuery))
        {
            throw new SourceFaultException(SourceFault.NotInPlan, "Its robots.txt does not allow the question.");
        }
    }

    private async Task<(RobotsRules Rules, DateTimeOffset Until)> RulesAsync(Uri address, CancellationToken cancellationToken)
    {
        var host = address.GetLeftPart(UriPartial.Authority);
        if (!_hosts.TryGetValue(host, out var known) || clock.GetUtcNow() >= known.Until)
        {
            var rules = await ReadAsync(new Uri($"{host}/robots.txt"), cancellationToken);
            known = (rules, clock.GetUtcNow() + (rules == RobotsRules.Everything ? LookAgainAfter : HoldsFor));
            _hosts[host] = known;
        }

        return known;
    }

    private async Task<RobotsRules> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.StatusCode switch
            {
                >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => RobotsRules.Of(await TextAsync(response, limit.Token), Robot),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests => RobotsRules.Everything,
                >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => RobotsRules.None,
                _ => RobotsRules.Everything,
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return RobotsRules.Everything;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return RobotsRules.Everything;
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var text = new byte[Longest];
        var length = await body.ReadAtLeastAsync(text, Longest, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(text, 0, length);
    }
}
