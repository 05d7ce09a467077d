using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cambist.App.Edge;

/// <summary>
/// Which pages may ask where no form's token is looked at: to open a stream, or to use the tools of assistants. A browser lets any page open a websocket to any host and sends its cookies along, so the server must look at <c>Origin</c> (RFC 6455,
/// section 10.2; cross-site websocket hijacking). A program that is no browser sends none.
/// </summary>
internal sealed class PageOrigins(CorsSettings settings)
{
    /// <summary>Whether a request comes from a page of this host, from an allowed one, or from no page.</summary>
    public bool Allows(HttpRequest request) => request.Headers[HeaderNames.Origin] switch
    {
        [] => true,
        [{ } origin] => IsOwn(origin, request) || settings.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase),
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
