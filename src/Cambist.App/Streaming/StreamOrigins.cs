using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Net.Http.Headers;

namespace Cambist.App.Streaming;

/// <summary>
/// Which pages may open a stream. A browser lets any page open a websocket to any host and sends its cookies along, so the server must look at <c>Origin</c> (RFC 6455,
/// section 10.2; cross-site websocket hijacking). A program that is no browser sends none.
/// </summary>
internal sealed class StreamOrigins(IReadOnlyCollection<string> allowed)
{
    /// <summary>Reads <c>Cors:Origins</c>: a list, or origins separated by commas or blanks.</summary>
    public static StreamOrigins Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Cors:Origins");
        return new StreamOrigins(section.Value is { } words
            ? words.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(child => child.Value ?? "")]);
    }

    /// <summary>Whether a request comes from a page of this host, from an allowed one, or from no page.</summary>
    public bool Allows(HttpRequest request) => request.Headers[HeaderNames.Origin] switch
    {
        [] => true,
        [{ } origin] => IsOwn(origin, request) || allowed.Any(other => string.Equals(other.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    /// <summary>Whether a request comes from a page of this host; not where it comes from no page.</summary>
    public static bool IsOwn(HttpRequest request) => request.Headers[HeaderNames.Origin] is [{ } origin] && IsOwn(origin, request);

    // The scheme is left out: behind a proxy the service may not know that it is reached by https.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Scheme is "http" or "https"
        && string.Equals(page.Authority, Without(request.Host, page.IsDefaultPort), StringComparison.OrdinalIgnoreCase);

    private static string Without(HostString host, bool isDefaultPort) => isDefaultPort && host.Port is 80 or 443 ? host.Host : host.Value ?? "";
}
